"""`kimbilio duplicates` as scripts see it: both people's codes, score and reasons, for those who may."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kimbilio.config.tests.test_command_line import PASSPHRASE, PASSWORD, PROGRAMME, kimbilio
from kimbilio.identity.tests.line_list import LINE_LIST, expected_pairs

# Enters people into a home as an import does, in a process of its own: two who are one, or a whole line list.
ENTER = """
import sys
from pathlib import Path
from kimbilio.config.opening import open_with_passphrase, set_up_django
set_up_django()
from kimbilio.config.environment import environment
open_with_passphrase(environment().home, sys.argv[1])
from kimbilio.accounts.queries import actor_named, site_named
from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
from kimbilio.identity.choices import NumberKind
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import ConsentManner, Sex
by = actor_named("asha")
site = site_named(by.organisation_id, "Karuri")

def enter(known):
    new = [NewClient(AboutClient(sex=Sex(one.sex or "not_stated")), ConsentManner.EARLIER_BOOKS) for one in known.values()]
    clients = register_clients(by=by, site=site, people=new)
    record_many(by=by, site=site, people=[
        WhoTheyAre(
            client,
            Details(one.first, one.middle, one.last, "", one.birth_date.isoformat() if one.birth_date else ""),
            [PhoneDetails(phone) for phone in one.phones],
            [(NumberKind.OLD_CODE, code)] if code else [],
        )
        for client, (code, one) in zip(clients, known.items())
    ])

if sys.argv[2:] == ["line list"]:
    from kimbilio.identity.tests.line_list import known_by_code
    enter(known_by_code())
else:
    from kimbilio.identity.rules import Known
    phone = frozenset({"+254712345678"})
    enter({"KSS-0048": Known(first="Zawadi", last="Mkamburi", phones=phone, sex="male")})
    enter({"": Known(first="Zawadhi", last="Mkamburi", phones=phone, sex="male"), "KSS-2": Known(first="Amina", last="Said")})
"""  # noqa: E501  # a script


def home_with(folder: Path, *people: str) -> Path:
    """Make a home with a manager, a peer educator and some people."""
    home = folder / "home"
    told = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
    assert kimbilio(home, "init", *PROGRAMME, "--admin", "asha", **told).returncode == 0
    assert kimbilio(home, "user", "add", "kamau", "--role", "peer_educator", **told).returncode == 0
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KIMBILIO_")}
    done = subprocess.run(
        [sys.executable, "-c", ENTER, PASSPHRASE, *people],
        env=clean | {"KIMBILIO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one person was entered twice."""
    return home_with(tmp_path_factory.mktemp("homes"))


def duplicates(home: Path, *, by: str = "asha", site: str = "Karuri") -> list[dict[str, Any]]:
    done = kimbilio(home, "duplicates", "--site", site, "--by", by, "--json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_pair_is_told_by_its_codes_score_and_reasons_as_one_json_document(home: Path) -> None:
    (pair,) = duplicates(home)
    assert pair["codes"][0] == "KSS-0048"
    assert len(pair["codes"][1]) == 7
    assert pair["reasons"] == ["name_alike", "same_phone"]
    assert pair["score"] == 0.7


def test_people_read_words_and_no_name(home: Path) -> None:
    done = kimbilio(home, "duplicates", "--site", "karuri", "--by", "asha", COLUMNS="120")
    assert done.returncode == 0
    assert all(words in done.stdout for words in ("KSS-0048", "Perhaps", "Same phone", "Name sounds alike"))
    assert "Mkamburi" not in done.stdout + done.stderr


def test_it_is_refused_in_one_sentence_to_who_may_not_join_people(home: Path) -> None:
    refused = kimbilio(home, "duplicates", "--site", "Karuri", "--by", "kamau", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "role does not allow" in refused.stderr
    for site, by in (("Elsewhere", "asha"), ("Karuri", "nobody")):
        refused = kimbilio(home, "duplicates", "--site", site, "--by", by)
        assert (refused.returncode, refused.stdout) == (1, "")
    assert kimbilio(home, "duplicates", "--site", "Karuri").returncode == 2
    assert kimbilio(home, "duplicates", "--by", "asha").returncode == 2


def test_the_audit_holds_after_it(home: Path) -> None:
    duplicates(home)
    assert json.loads(kimbilio(home, "audit", "verify", "--json").stdout)["ok"] is True


@pytest.mark.skipif(not LINE_LIST.exists(), reason="the registers are not here")
def test_of_a_line_list_hardly_a_pair_is_missed_and_few_others_are_offered(tmp_path: Path) -> None:
    home = home_with(tmp_path, "line list")
    before = os.times()
    found = duplicates(home)
    after = os.times()
    offered = {tuple(pair["codes"]) for pair in found}
    assert len(offered & expected_pairs()) >= 35
    assert len(offered - expected_pairs()) <= 5 * 3350 / 1000
    assert [pair["score"] for pair in found] == sorted((pair["score"] for pair in found), reverse=True)
    # Of processor time, since the machine may have other work; starting Python and opening the home are in it.
    assert (after.children_user + after.children_system) - (before.children_user + before.children_system) < 5

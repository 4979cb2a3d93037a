"""`kimbilio report month`: the figures as scripts rely on them, for those who may, each time written down."""

import json
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.config.command_line.commands import parser
from kimbilio.config.command_line.report import run_report
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.reports.actions import confirm_close, propose_close
from kimbilio.reports.tests.a_month import JUNE, officer_at, write_small_june
from kimbilio.visits.models import Visit

pytestmark = pytest.mark.django_db
FIELDS = ["code", "title", "value", "of", "split"]
# The codes that exist from the first report: whole and by sex.
CONTRACT = """
visits.people visits.visits supplies.needles supplies.needles_returned supplies.condoms supplies.lubricants
supplies.naloxone_kits support.people support.peer_counselling referrals.hiv referrals.tb legal.people
mat.ever_inducted mat.inducted mat.active mat.missing_1_2 mat.missing_3_4 mat.missing_5_plus community.participants
""".split()


@pytest.fixture
def officer(programme):
    write_small_june(programme)
    return officer_at(programme.site, programme.other_site)


def asked(by: Any, *arguments: str) -> None:
    """Run the command in the home of the tests, which is open already."""
    run_report(parser().parse_args(["report", "month", "2025-06", "--by", by.username, *arguments]))


def figures(capsys: Any, by: Any, *arguments: str) -> dict[str, Any]:
    asked(by, "--json", *arguments)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [list(one) for one in found] == [FIELDS] * len(found)
    return {json.dumps([one["code"], one["split"]], sort_keys=True): one for one in found}


def key(code: str, **split: str) -> str:
    return json.dumps([code, split], sort_keys=True)


def test_every_code_of_the_contract_is_there_whole_and_by_sex(capsys, officer):
    found = figures(capsys, officer)
    for code in CONTRACT:
        for split in ({}, {"sex": "male"}, {"sex": "female"}):
            assert key(code, **split) in found, (code, split)
    assert found[key("support.people", week="2025-W22")]["value"] == 2
    assert found[key("community.participants", activity="clean_up")]["value"] == 52
    assert found[key("community.participants", activity="clean_up", sex="female")]["value"] == 5


def test_a_figure_has_its_english_title_its_value_and_out_of_what(capsys, officer):
    from django.utils import translation

    with translation.override("sw"):
        found = figures(capsys, officer)
    assert found[key("visits.new_people")] == {
        "code": "visits.new_people",
        "title": "New people",
        "value": 2,
        "of": 3,
        "split": {},
    }
    assert found[key("supplies.needles")]["of"] is None


def test_a_site_filters_and_without_it_all_of_ones_sites_are_counted(capsys, officer, programme):
    whole = figures(capsys, officer)
    there = figures(capsys, officer, "--site", "thika")
    assert (whole[key("visits.people")]["value"], there[key("visits.people")]["value"]) == (3, 0)
    assert whole[key("visits.people", site="Karuri")]["value"] == 3
    of_one = figures(capsys, officer_at(programme.other_site))
    assert of_one[key("visits.people")]["value"] == 0


def test_of_a_closed_month_the_frozen_figures_are_printed(capsys, officer, programme):
    close = propose_close(by=officer, month=JUNE, site=programme.site)
    confirm_close(by=officer_at(programme.site), close=close)
    Visit.objects.update(voided_at=timezone.now())
    found = figures(capsys, officer, "--site", "Karuri")
    assert found[key("visits.visits")]["value"] == 4


def test_people_get_a_table_and_files_only_their_owner_reads(capsys, officer, tmp_path):
    asked(officer)
    assert "People who came" in capsys.readouterr().out
    for kind, begins in (("csv", b"code,"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = tmp_path / f"june.{kind}"
        asked(officer, f"--{kind}", str(file))
        assert file.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["june.csv", "june.pdf", "june.xlsx"]


def test_each_time_is_written_down_at_each_site(capsys, officer, programme):
    figures(capsys, officer)
    told = AuditEvent.objects.filter(event="reports.taken_along")
    assert {one.site_id for one in told} == {programme.site.pk, programme.other_site.pk}
    assert {json.dumps(one.detail, sort_keys=True) for one in told} == {'{"as": "json", "month": "2025-06"}'}


def test_others_and_other_places_are_refused(capsys, officer, programme):
    for role in (Role.DESK_OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(Refused):
            asked(officer_at(programme.site, role=role), "--json")
    with pytest.raises(NotHere):
        asked(officer, "--json", "--site", "Malindi")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("month", ["2025-6", "2025-13", "June", "2025-06-01"])
def test_what_is_no_month_is_wrong_usage(month, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["report", "month", month, "--by", "somebody"])
    assert ended.value.code == 2

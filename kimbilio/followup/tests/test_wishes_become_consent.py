"""What was said of calls, visits and the clinic becomes consent, and can be taken back whole, on both databases."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kimbilio.followup.tests.wishes_of_before import SAID
from tests.own_postgresql import database_of_this_run

ANSWER = {"yes": "given", "no": "withdrawn"}
PURPOSES = ("phone_contact", "home_visit", "share_with_clinic")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Any]:
    """Give a database of its own where the suite runs on PostgreSQL; by its name the suite knows that this asks."""
    with database_of_this_run() as server:
        yield server


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("before")
    known = {"DJANGO_SETTINGS_MODULE": "kimbilio.config.settings", "KIMBILIO_HOME": str(home)}
    known |= {"KIMBILIO_DATABASE_URL": postgresql.get_uri()} if postgresql else {}
    done = subprocess.run(
        [sys.executable, "-m", "kimbilio.followup.tests.wishes_of_before"],
        env=os.environ | known,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_yes_is_given_a_no_withdrawn_and_ask_first_nothing(told: dict[str, Any]) -> None:
    for said, answers in zip(SAID, told["consents"], strict=True):
        expected = {
            purpose: ANSWER[wish] for purpose, wish in zip(PURPOSES, said, strict=True) if wish in ANSWER
        }
        assert {purpose: answer for purpose, answer, _version in answers} == expected
        assert {version for _purpose, _answer, version in answers} <= {"2026-11"}


def test_taken_back_everything_stands_as_it_did(told: dict[str, Any]) -> None:
    assert [tuple(wish) for wish in told["back"]] == list(SAID)

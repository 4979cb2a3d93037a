"""`kimbilio follow-up`: the list with the codes and numbers that books know people by, for those who may."""

import argparse
import json
from datetime import date
from typing import Any

import pytest

from kimbilio.accounts.models import Staff
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.config.command_line.commands import parser
from kimbilio.config.command_line.follow_up import run_follow_up
from kimbilio.config.command_line.saying import Failed
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking
from kimbilio.identity.actions import add_outside_number
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.choices import StepKind
from kimbilio.people.rules import is_card_code
from tests.programme import Programme, staff_with

pytestmark = pytest.mark.django_db
FIELDS = ["code", "mat_number", "days_missed", "step", "last_dose", "unknown_days", "assigned_to"]


@pytest.fixture
def looking(programme: Programme) -> Looking:
    looking = make_looking(programme, ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA", "PPPPPPPP"])
    for kind, number in ((NumberKind.OLD_CODE, "KSS-0002"), (NumberKind.MAT_NUMBER, "MAT/7")):
        add_outside_number(by=looking.liaison, client=looking.people[2], kind=kind, number=number)
    looking.gives(2)
    return looking


def listed(looking: Looking, capsys: Any, *arguments: str, by: str = "") -> list[dict[str, Any]]:
    asked = ["follow-up", "--json", "--by", by or looking.liaison.username, *arguments]
    args = parser().parse_args(asked)
    inside(args)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def inside(args: argparse.Namespace) -> None:
    """Run the command in the home of the tests, which is open already."""
    run_follow_up(args)


def test_each_line_has_the_fields_that_scripts_rely_on(looking: Looking, capsys: Any) -> None:
    found = listed(looking, capsys)
    assert [list(one) for one in found] == [FIELDS] * 3
    assert found[0] == {
        "code": "KSS-0002",
        "mat_number": "MAT/7",
        "days_missed": 6,
        "step": "5+",
        "last_dose": days_ago(7).isoformat(),
        "unknown_days": 1,
        "assigned_to": "A colleague",
    }
    assert is_card_code(found[1]["code"])
    assert (found[1]["mat_number"], found[1]["assigned_to"]) == (None, None)


def test_the_list_is_as_at_a_day(looking: Looking, capsys: Any) -> None:
    found = listed(looking, capsys, "--as-at", days_ago(6).isoformat())
    assert [(one["days_missed"], one["step"]) for one in found] == [(1, "1-2")]


def test_whoever_is_out_of_touch_without_a_missed_day_says_so(looking: Looking, capsys: Any) -> None:
    looking.place.claim(3, StepKind.OUT_OF_TOUCH, days_ago(0))
    assert listed(looking, capsys)[-1]["step"] == "out_of_touch"


def test_a_worker_gets_their_own_people_and_every_list_is_written_down(looking: Looking, capsys: Any) -> None:
    assert [one["code"] for one in listed(looking, capsys, by=looking.peer.username)] == ["KSS-0002"]
    entry = AuditEvent.objects.get(event="followup.listed")
    assert (entry.actor_id, entry.detail) == (looking.peer.staff_id, {"rows": 1})


def test_a_person_at_a_terminal_gets_a_table(looking: Looking, capsys: Any) -> None:
    inside(parser().parse_args(["follow-up", "--by", looking.liaison.username, "--site", "karuri"]))
    assert "KSS-0002" in capsys.readouterr().out


def test_others_are_refused(looking: Looking, programme: Programme) -> None:
    reader: Staff = staff_with(Role.REPORT_READER, programme.site)
    for arguments in ([], ["--site", "Karuri"]):
        with pytest.raises(Refused):
            inside(parser().parse_args(["follow-up", "--by", reader.username, *arguments]))
    with pytest.raises(NotHere):
        inside(parser().parse_args(["follow-up", "--by", looking.liaison.username, "--site", "Thika"]))
    later = ["--as-at", date.max.isoformat()]
    with pytest.raises(Failed):
        inside(parser().parse_args(["follow-up", "--by", looking.liaison.username, *later]))

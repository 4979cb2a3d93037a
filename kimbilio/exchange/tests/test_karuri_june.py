"""The month's report on the registers taken in: every figure is the clerk's, before and after cards are joined."""

import json
from datetime import date
from typing import Any

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.tests.door import Door
from kimbilio.exchange.tests.reading import REGISTERS, with_registers
from kimbilio.identity.queries import outside_codes
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.reports.queries import month_figures, records_behind
from tests.programme import Programme

MONTH, JUNE = REGISTERS / "karuri-2025-06", date(2025, 6, 1)
SUMS = {
    "visits.visits": "visits",
    "supplies.needles": "needles_given",
    "supplies.needles_returned": "needles_returned",
    "supplies.condoms": "condoms",
    "supplies.lubricants": "lubricants",
    "supplies.naloxone_kits": "naloxone",
    "referrals.hiv": "hiv_referral_ticks",
    "referrals.tb": "tb_referral_ticks",
    "support.peer_counselling": "peer_counselling_ticks",
}
BANDS = {"mat.missing_1_2": "1-2", "mat.missing_3_4": "3-4", "mat.missing_5_plus": "5+"}

pytestmark = with_registers


class June:
    """The figures of the report, to be asked for."""

    def __init__(self, door: Door) -> None:
        figures = month_figures(door.by, JUNE, door.site)
        self.values = {(one.code, *sorted(one.split.items())): one.value for one in figures}

    def value(self, code: str, **split: str) -> int:
        return self.values[(code, *sorted(split.items()))]

    def people(self) -> dict[str, int]:
        """Visitors, as the clerk writes them down."""
        sexes = {"men": "male", "women": "female"}
        whole = {"people": self.value("visits.people")}
        return whole | {name: self.value("visits.people", sex=sex) for name, sex in sexes.items()}

    def weeks(self) -> dict[str, int]:
        """People in psychosocial support, by ISO week."""
        return {
            part[1].removeprefix("2025-W"): value
            for (code, *split), value in self.values.items()
            for part in split
            if code == "support.people" and part[0] == "week"
        }


def test_every_figure_of_june_is_the_clerks_before_and_after_joining(programme: Programme) -> None:
    door, clerk = Door(programme), json.loads((MONTH / "expected.json").read_text("utf-8"))
    for kind, name in (
        (Kind.LINE_LIST, "line-list.xlsx"),
        (Kind.ATTENDANCE, "mat-attendance.xlsx"),
        (Kind.REGISTER, "safe-space-register.xlsx"),
        (Kind.EVENTS, "community-events.csv"),
    ):
        door.takes_in(GivenBook(kind, name, (MONTH / name).read_bytes()))
    june, register = June(door), clerk["register"]
    assert june.people() == register["as_imported"]
    assert june.value("supplies.needles_people") == register["needles_people_as_imported"]
    assert june.value("supplies.condoms_people") == register["condoms_people_as_imported"]
    _the_rest_is_the_clerks(june, clerk)
    _join(door, clerk["line_list"]["duplicate_pairs"])
    june = June(door)
    after = dict(register["after_merging_duplicates"])
    after.pop("people_with_two_cards")
    assert june.people() == after
    _the_rest_is_the_clerks(june, clerk)
    _each_opens(door, june)


def _the_rest_is_the_clerks(june: June, clerk: Any) -> None:
    register, totals = clerk["register"], clerk["register"]["totals"]
    assert {code: june.value(code) for code in SUMS} == {code: totals[name] for code, name in SUMS.items()}
    assert june.value("support.people") == register["psychosocial_people"]
    assert june.weeks() == register["psychosocial_people_by_iso_week"]
    assert june.value("legal.people") == register["legal_aid_people"]
    assert june.value("mat.ever_inducted") == clerk["line_list"]["ever_inducted"]
    assert june.value("mat.inducted") == clerk["attendance"]["inducted_in_month"]
    missing = clerk["attendance"]["missing_at_month_end"]
    assert {band: june.value(code) for code, band in BANDS.items()} == missing
    for name, (men, women) in clerk["events"].items():
        activity = name.lower().replace(" ", "_")
        heads = {"male": men, "female": women}
        for sex, count in heads.items():
            assert june.value("community.participants", activity=activity, sex=sex) == count
        assert june.value("community.participants", activity=activity) == men + women


def _join(door: Door, pairs: list[tuple[str, str]]) -> None:
    clients = {client.pk: client for client in Client.objects.all()}
    by_code = {code: clients[pk] for pk, code in outside_codes(door.by.organisation_id, clients).items()}
    for one, other in pairs:
        merge_clients(by=door.by, client=by_code[other], into=by_code[one])


def _each_opens(door: Door, june: June) -> None:
    """Every whole number of the month opens to records that are as many, or add up to it."""
    for (code, *split), value in june.values.items():
        if not split:
            assert records_behind(door.by, code, JUNE, door.site, {}).value == value, code

"""Every number of the report the slow, obvious way: over plain rows, one by one. Shares no counting with the product.

A history is what was told (`told.py`); ORACLES says for each indicator which of it counts, and whether people count
or amounts are added up. A part of a number is the same, of those rows only of which the part is true.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kimbilio.reports.tests.told import Came, Held, Met, Person, Told

JUNE, JUNE_ENDS = date(2025, 6, 1), date(2025, 6, 30)


@dataclass(frozen=True)
class Row:
    """Something to count: whose, where, when, how much, and what else is known of it."""

    person: int | None
    site: str
    day: date
    amount: int
    known: Mapping[str, str] = field(default_factory=dict)


Rows = Callable[[Told], Iterator[Row]]


def standing_visits(told: Told) -> Iterator[Came]:
    """The visits of June that count."""
    return (one for one in told.visits if not one.voided and JUNE <= one.day <= JUNE_ENDS)


def visits(told: Told) -> Iterator[Row]:
    return (Row(told.stands(one.card), one.site, one.day, 1) for one in standing_visits(told))


def known_earlier(told: Told, person: int) -> bool:
    """Whether somebody came or was met before June, under any of their cards."""
    cards = [card for card in range(len(told.people)) if told.stands(card) == person]
    came = any(one.card in cards and one.day < JUNE and not one.voided for one in told.visits)
    met = [told.people[card].first_contact for card in cards]
    return came or any(day is not None and day < JUNE for day in met)


def visits_of(*, known: bool) -> Rows:
    """Visits of people who were known earlier, or who were not."""
    return lambda told: (row for row in visits(told) if known_earlier(told, row.person) == known)


def given(kind: str) -> Rows:
    """What was given of a supply."""

    def rows(told: Told) -> Iterator[Row]:
        for one in standing_visits(told):
            if kind in one.supplies:
                yield Row(told.stands(one.card), one.site, one.day, one.supplies[kind])

    return rows


def returned(told: Told) -> Iterator[Row]:
    """Needles brought back."""
    for one in standing_visits(told):
        yield Row(told.stands(one.card), one.site, one.day, one.returned)


def done(service: str) -> Rows:
    """Visits with a tick."""

    def rows(told: Told) -> Iterator[Row]:
        for one in standing_visits(told):
            if service in one.services:
                yield Row(told.stands(one.card), one.site, one.day, 1)

    return rows


def standing_sessions(told: Told) -> Iterator[Met]:
    """The sessions of June that count."""
    return (one for one in told.sessions if not one.voided and JUNE <= one.day <= JUNE_ENDS)


def on_sheets(told: Told, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Who stands on the sheets of sessions of these kinds; of all, for none named."""
    for one in standing_sessions(told):
        for card in one.cards - one.struck:
            if not kinds or one.kind in kinds:
                yield Row(told.stands(card), one.site, one.day, 1)


def supported(told: Told) -> Iterator[Row]:
    """Psychosocial support at visits and in groups."""
    yield from done("psychosocial")(told)
    yield from on_sheets(told, ("psychosocial", "cbt", "peer_support"))


def sessions(told: Told) -> Iterator[Row]:
    return (Row(None, one.site, one.day, 1) for one in standing_sessions(told))


def guests(told: Told) -> Iterator[Row]:
    """Guests by sex."""
    for one in standing_sessions(told):
        yield Row(None, one.site, one.day, one.men, {"sex": "male"})
        yield Row(None, one.site, one.day, one.women, {"sex": "female"})


def taken(kind: str) -> Rows:
    """What was taken without a name, of one supply; '' for needles brought back."""

    def rows(told: Told) -> Iterator[Row]:
        for one in told.anonymous:
            if not one.voided and JUNE <= one.day <= JUNE_ENDS:
                if not kind:
                    yield Row(None, one.site, one.day, one.returned)
                elif kind == one.kind:
                    yield Row(None, one.site, one.day, one.pieces)

    return rows


def standing_events(told: Told) -> Iterator[Held]:
    """The events of June that count."""
    return (one for one in told.events if not one.voided and JUNE <= one.day <= JUNE_ENDS)


def heads(told: Told) -> Iterator[Row]:
    """Heads at events."""
    for one in standing_events(told):
        for sex, count in (("male", one.men), ("female", one.women), ("not_stated", one.unsorted)):
            yield Row(None, one.site, one.day, count, {"sex": sex, "activity": one.activity})


def events(told: Told) -> Iterator[Row]:
    for one in standing_events(told):
        yield Row(None, one.site, one.day, 1, {"activity": one.activity})


def said(*kinds: str, books: bool) -> Rows:
    """Steps of these kinds; `books`: those that earlier books tell of count too."""

    def rows(told: Told) -> Iterator[Row]:
        for one in told.steps:
            if one.voided or one.kind not in kinds or not JUNE <= one.day <= JUNE_ENDS:
                continue
            if books or not one.from_books:
                yield Row(told.stands(one.card), told.people[one.card].site, one.day, 1)

    return rows


LEAVING = ("completed", "transferred", "stopped_by_choice", "stopped_by_clinic")
BY_LIST = "as the clinic's lists say: test_mat_against_oracle.py"
# For each indicator: which rows, and whether 'people' are counted or an 'amount' is added up.
ORACLES: dict[str, tuple[Rows, str] | str] = {
    "visits.people": (visits, "people"),
    "visits.visits": (visits, "amount"),
    "visits.new_people": (visits_of(known=False), "people"),
    "visits.returning_people": (visits_of(known=True), "people"),
    "supplies.needles": (given("needles"), "amount"),
    "supplies.needles_returned": (returned, "amount"),
    "supplies.condoms": (given("condoms"), "amount"),
    "supplies.lubricants": (given("lubricants"), "amount"),
    "supplies.naloxone_kits": (given("naloxone"), "amount"),
    "supplies.needles_people": (given("needles"), "people"),
    "supplies.condoms_people": (given("condoms"), "people"),
    "supplies.lubricants_people": (given("lubricants"), "people"),
    "supplies.naloxone_people": (given("naloxone"), "people"),
    "supplies.anonymous_needles": (taken("needles"), "amount"),
    "supplies.anonymous_needles_returned": (taken(""), "amount"),
    "supplies.anonymous_condoms": (taken("condoms"), "amount"),
    "supplies.anonymous_lubricants": (taken("lubricants"), "amount"),
    "supplies.anonymous_naloxone_kits": (taken("naloxone"), "amount"),
    "support.people": (supported, "people"),
    "support.peer_counselling": (done("peer_counselling"), "amount"),
    "support.sessions": (sessions, "amount"),
    "support.session_people": (lambda told: on_sheets(told, ()), "people"),
    "support.guests": (guests, "amount"),
    "referrals.hiv": (done("hiv_referral"), "amount"),
    "referrals.tb": (done("tb_referral"), "amount"),
    "legal.people": (done("legal_aid"), "people"),
    "mat.ever_inducted": BY_LIST,
    "mat.inducted": (said("inducted", books=True), "people"),
    "mat.re_inducted": (said("re_inducted", books=False), "people"),
    "mat.active": BY_LIST,
    "mat.missing_1_2": BY_LIST,
    "mat.missing_3_4": BY_LIST,
    "mat.missing_5_plus": BY_LIST,
    "mat.out_of_touch": BY_LIST,
    "mat.returned": BY_LIST,
    "mat.waiting": BY_LIST,
    "mat.left": (said(*LEAVING, books=False), "people"),
    "mat.died": (said("died", books=False), "people"),
    "community.participants": (heads, "amount"),
    "community.events": (events, "amount"),
}


def slow(code: str, told: Told, split: Mapping[str, str]) -> int:
    """A number, or a part of it, row by row."""
    rows, what = ORACLES[code]
    kept = [row for row in rows(told) if all(part_of(row, told, one) == part for one, part in split.items())]
    return len({row.person for row in kept}) if what == "people" else sum(row.amount for row in kept)


def part_of(row: Row, told: Told, split: str) -> Any:
    """To which part a row belongs."""
    if split in row.known:
        return row.known[split]
    if split == "site":
        return row.site
    if split == "week":
        year, week, _day = row.day.isocalendar()
        return f"{year}-W{week:02d}"
    return about(told.people[row.person])[split]


def about(person: Person) -> dict[str, str]:
    """What splits a person belongs to at the end of June."""
    age = "not_known"
    if (
        person.birth_year is not None
        and person.precision != "unknown"
        and person.birth_year <= JUNE_ENDS.year
    ):
        # In June the middle of a year is still to come: one year less than the years say.
        years = max(0, JUNE_ENDS.year - person.birth_year - 1)
        bounds = {
            15: "under 15",
            20: "15-19",
            25: "20-24",
            30: "25-29",
            35: "30-34",
            40: "35-39",
            45: "40-44",
            50: "45-49",
        }
        age = next((band for end, band in bounds.items() if years < end), "50+")
    return {"sex": person.sex, "age": age, "ward": person.ward, "population": person.population}


def weeks_of_june() -> list[str]:
    """The weeks that have a day in June, by ISO."""
    days = [JUNE + timedelta(days=number) for number in range(30)]
    return sorted({"{}-W{:02d}".format(*day.isocalendar()) for day in days})

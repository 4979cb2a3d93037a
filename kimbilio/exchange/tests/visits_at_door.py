"""Small registers and books of events, and ways to what they brought, for tests of taking them in."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.tests.making import as_csv
from kimbilio.visits.models import GivenService, GivenSupply, Visit

HEADINGS = [
    "NO.",
    "Date",
    "Client code",
    "Name",
    "Sex",
    "Age",
    "N&S given",
    "N&S returned",
    "Condoms",
    "HIV ref",
]
EVENT_HEADINGS = ["Date", "Activity", "Venue", "Male", "Female", "Facilitator"]
Row = list[Any]


def a_line(
    number: Any, day: str, code: str, name: str = "", *given: Any, sex: str = "", age: Any = ""
) -> Row:
    """A line of a register: what was given is needles, needles returned, condoms, and a tick for a referral."""
    return [number, day, code, name, sex, age, *given, *[""] * (4 - len(given))]


def register(*rows: Row, name: str = "register.csv", headings: Row | None = None, **more: Any) -> GivenBook:
    """A register of these lines."""
    return GivenBook(Kind.REGISTER, name, as_csv([headings or HEADINGS, *rows]), **more)


def events(*rows: Row, name: str = "events.csv") -> GivenBook:
    """A book of these events."""
    return GivenBook(Kind.EVENTS, name, as_csv([EVENT_HEADINGS, *rows]))


def standing_visits() -> Iterable[Visit]:
    """The visits that count, in the order of their days."""
    return Visit.objects.filter(voided_at=None).order_by("occurred_on", "pk")


def figures() -> Counter[str]:
    """What the visits that count add up to."""
    found: Counter[str] = Counter(visits=len(list(standing_visits())))
    for visit in standing_visits():
        found["needles_returned"] += visit.needles_returned
    for supply in GivenSupply.objects.filter(visit__voided_at=None).select_related("item"):
        found[supply.item.kind] += supply.quantity
    found.update(GivenService.objects.filter(visit__voided_at=None).values_list("service", flat=True))
    return +found

"""The month's register and events taken in: every figure that a careful clerk gets, counted by plain SQL."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection

from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.books.codes import compact_code
from kimbilio.exchange.books.columns import guess_columns
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.exchange.tests.door import Door, contents_of_tables, fates
from kimbilio.exchange.tests.reading import REGISTERS, with_registers
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.stock.models import Movement

MONTH = REGISTERS / "karuri-2025-06"
NAMES = {Kind.LINE_LIST: "line-list.xlsx", Kind.REGISTER: "safe-space-register.xlsx"}
NAMES |= {Kind.EVENTS: "community-events.csv"}

pytestmark = with_registers

_STANDING = "visits_visit v WHERE v.voided_at IS NULL"
_SUPPLIED = (
    "visits_givensupply g JOIN visits_visit v ON v.id = g.visit_id JOIN stock_item i ON i.id = g.item_id"
)
_SERVED = "visits_givenservice s JOIN visits_visit v ON v.id = s.visit_id WHERE v.voided_at IS NULL"
_PERSON = (
    "COALESCE((SELECT a.stands_for_id FROM people_alias a WHERE a.client_id = v.client_id), v.client_id)"
)


@pytest.fixture
def clerk() -> Any:
    """What a careful clerk gets."""
    return json.loads((MONTH / "expected.json").read_text("utf-8"))["register"]


@pytest.fixture
def door(programme) -> Door:
    return Door(programme)


def book(kind: Kind) -> GivenBook:
    return GivenBook(kind, NAMES[kind], (MONTH / NAMES[kind]).read_bytes())


def asked(sql: str) -> list[Any]:
    """The first column of what a question brings."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def counted() -> Mapping[str, int]:
    """The figures of the visits that stand, counted a second way."""

    def pieces(kind: str) -> int:
        of_kind = f"FROM {_SUPPLIED} WHERE v.voided_at IS NULL AND i.kind = '{kind}'"
        return asked(f"SELECT COALESCE(SUM(g.quantity), 0) {of_kind}")[0]

    def ticks(service: str) -> int:
        return asked(f"SELECT COUNT(*) FROM {_SERVED} AND s.service = '{service}'")[0]

    return {
        "visits": asked(f"SELECT COUNT(*) FROM {_STANDING}")[0],
        "needles_given": pieces("needles"),
        "needles_returned": asked(f"SELECT COALESCE(SUM(needles_returned), 0) FROM {_STANDING}")[0],
        "condoms": pieces("condoms"),
        "lubricants": pieces("lubricants"),
        "naloxone": pieces("naloxone"),
        "hiv_referral_ticks": ticks("hiv_referral"),
        "tb_referral_ticks": ticks("tb_referral"),
        "peer_counselling_ticks": ticks("peer_counselling"),
    }


def people(of: str = _STANDING, person: str = "v.client_id") -> dict[str, int]:
    """How many came, in all and by sex."""
    sexes = asked(f"SELECT c.sex FROM people_client c WHERE c.id IN (SELECT {person} FROM {of})")
    found = Counter(sexes)
    return {"people": len(sexes), "men": found["male"], "women": found["female"]}


def who_was(service: str) -> int:
    return asked(f"SELECT COUNT(DISTINCT {_PERSON}) FROM {_SERVED} AND s.service = '{service}'")[0]


def weeks_of_support() -> dict[str, int]:
    found: dict[str, set[Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT v.occurred_on, v.client_id FROM {_SERVED} AND s.service = 'psychosocial'")
        for day, one in cursor.fetchall():
            found.setdefault(str(day.isocalendar().week), set()).add(one)
    return {week: len(ones) for week, ones in sorted(found.items())}


def test_every_figure_is_the_clerks_as_taken_in_and_after_joining_two_cards(door, clerk):
    door.takes_in(book(Kind.LINE_LIST))
    made = door.takes_in(book(Kind.REGISTER))
    told = fates(made)
    assert told["rows"] == clerk["rows"]
    assert told["accepted"] + told.get("corrected", 0) == clerk["accepted"]
    for fate in ("copies", "ambiguous", "unknown", "unreadable"):
        assert told[fate] == clerk[fate]
    assert told["ignored"] == clerk["ignored_totals"] + 3  # and three notes on the rain
    assert counted() == clerk["totals"]
    assert people() == clerk["as_imported"]
    assert who_was("psychosocial") == clerk["psychosocial_people"]
    assert who_was("legal_aid") == clerk["legal_aid_people"]
    assert weeks_of_support() == clerk["psychosocial_people_by_iso_week"]
    for kind in ("needles", "condoms"):
        given = f"{_SUPPLIED} WHERE v.voided_at IS NULL AND i.kind = '{kind}'"
        assert people(given)["people"] == clerk[f"{kind}_people_as_imported"]
    _lines_found_their_people_as_the_clerk_did(made, clerk)
    _joined_cards_make_one_visitor_of_two(door, clerk)


def _lines_found_their_people_as_the_clerk_did(made, clerk):
    taken = BookLine.objects.filter(book_import=made, fate__in=[LineFate.ACCEPTED, LineFate.CORRECTED])
    opened = open_book(book(Kind.REGISTER).data, "register")
    columns = guess_columns(Kind.REGISTER, opened)
    written = {
        (table.table.sheet, line.number): str(line.cells[table.at("code")] or "")
        for table in columns.tables
        for line in table.table.lines
    }
    sheets = made.sheets.split("\n")
    codes = [written[sheets[line.sheet], line.line] for line in taken]
    assert sum(not code for code in codes) == clerk["resolved_by_name"]
    with_o = [code for code in codes if "O" in compact_code(code).removeprefix("KSS").upper()]
    assert len(with_o) == clerk["letter_o_for_zero"]


def _joined_cards_make_one_visitor_of_two(door, clerk):
    pairs = json.loads((MONTH / "expected.json").read_text("utf-8"))["line_list"]["duplicate_pairs"]
    by_code = _people_by_code(door)
    for one, other in pairs:
        keep, aside = (Client.objects.get(pk=by_code[code]) for code in (one, other))
        merge_clients(by=door.by, client=aside, into=keep)
    after = dict(clerk["after_merging_duplicates"])
    with_two = after.pop("people_with_two_cards")
    assert people(person=_PERSON) == after
    assert people()["people"] - after["people"] == with_two
    # Nothing is new of the same book, joined or not.
    again = door.takes_in(book(Kind.REGISTER))
    told = fates(again)
    assert "accepted" not in told
    assert told["copies"] == clerk["accepted"] + clerk["copies"]
    assert counted() == clerk["totals"]


def _people_by_code(door: Door) -> dict[str, Any]:
    from kimbilio.identity.queries import outside_codes

    ids = set(Client.objects.filter(site=door.site).values_list("pk", flat=True))
    return {code: one for one, code in outside_codes(door.site.organisation_id, ids).items()}


def test_all_of_it_can_be_taken_back_and_taken_in_anew(door, clerk):
    before = contents_of_tables()
    listed = door.takes_in(book(Kind.LINE_LIST))
    with_people = contents_of_tables()
    made = door.takes_in(book(Kind.REGISTER))
    first = fates(made)
    undo_import(by=door.by, book_import=made)
    assert contents_of_tables() == with_people
    assert counted()["visits"] == 0
    moved = Counter(Movement.objects.values_list("kind", flat=True))
    assert moved["distribution"] == moved["reversal"] > 0
    assert fates(door.takes_in(book(Kind.REGISTER))) == first
    assert counted() == clerk["totals"]
    undo_import(by=door.by, book_import=BookImport.objects.latest("serial"))
    undo_import(by=door.by, book_import=listed)
    listed.refresh_from_db()
    assert listed.kept == 0
    assert contents_of_tables() == before


def test_the_events_are_the_clerks_and_the_same_file_adds_nothing(door):
    expected = json.loads((MONTH / "expected.json").read_text("utf-8"))["events"]
    made = door.takes_in(book(Kind.EVENTS))
    assert fates(made) == {"rows": 5, "accepted": 5}
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity, male, female FROM community_communityevent WHERE voided_at IS NULL")
        found = {activity: [male, female] for activity, male, female in cursor.fetchall()}
    assert found == {name.lower().replace(" ", "_"): heads for name, heads in expected.items()}
    assert fates(door.takes_in(book(Kind.EVENTS))) == {"rows": 5, "copies": 5}
    undo_import(by=door.by, book_import=made)
    assert asked("SELECT COUNT(*) FROM community_communityevent WHERE voided_at IS NULL") == [0]

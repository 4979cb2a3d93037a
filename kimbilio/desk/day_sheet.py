"""A clinic's day as a page shows it to be marked: everybody who belongs on the list, and what the marks add up to."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.desk.day_form import CAME, CAME_TOO, NOT_ON_PAPER, DayForm
from kimbilio.desk.day_lines import LeftOver, as_text, read_lines
from kimbilio.identity.actions import open_mat_numbers, open_names
from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import Expected, expected_on_list, listed_days
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_code, clients_by_id
from kimbilio.people.rules import display_card_code
from kimbilio.places.models import MatClinic

Shown = dict[str, Any]
_DIGITS = re.compile(r"(\d+)")


@dataclass
class DaySheet:
    """Who stands on the form of a day, with the mark of each ('' for nobody's); lines that name nobody.

    `not_named` are those marked absent only because no line of those who came names them.
    """

    by: Actor
    clinic: MatClinic
    day: date
    expected: dict[UUID, Expected]
    people: dict[UUID, Client]
    marks: dict[UUID, str]
    left: list[LeftOver] = field(default_factory=list)
    new: list[Client] = field(default_factory=list)
    not_named: set[UUID] = field(default_factory=set)
    lines_mean: str = ""
    is_anybody_named: bool = False

    def tally(self) -> Shown:
        """Return the sum: '194 came + 10 absent + 2 elsewhere = 206'. Who is not on the paper counts nowhere."""
        counts = Counter(self.marks.values())
        del counts[NOT_ON_PAPER]
        came, absent = counts[DayMark.DOSED], counts[DayMark.MISSED]
        return {
            "came": came,
            "absent": absent,
            "elsewhere": counts.total() - came - absent,
            "total": counts.total(),
        }

    def to_record(self) -> dict[UUID, DayMark]:
        """Return the mark of everybody on the list, by id, as the action takes it."""
        return {person: DayMark(mark) for person, mark in self.marks.items() if mark != NOT_ON_PAPER}

    def codes(self) -> str:
        """Return whose rows stand on the form, for the form itself."""
        return ",".join(client.code for client in self.people.values())

    def codes_not_named(self) -> str:
        """Return who is absent only because no line names them, for the form itself."""
        return ",".join(self.people[person].code for person in self.people if self._is_not_named(person))

    def in_doubt(self) -> list[UUID]:
        """Return who may have come after all: a line of those who came is left, and names nobody."""
        if not self.left or self.lines_mean not in (CAME, CAME_TOO):
            return []
        return [person for person in self.people if self._is_not_named(person)]

    def leave_lines_out(self) -> bool:
        """Let nobody count as absent whose line may be among those that are left out. Return whether anybody did."""
        doubtful = self.in_doubt()
        self.marks |= dict.fromkeys(doubtful, NOT_ON_PAPER)
        return bool(doubtful)

    def _is_not_named(self, person: UUID) -> bool:
        return person in self.not_named and self.marks[person] == DayMark.MISSED

    def rows(self, *, with_names: bool) -> list[Shown]:
        """Return the rows, those absent last time first, then as on the clinic's paper. That one looked is audited."""
        site, clients = self.clinic.site, list(self.people.values())
        numbers = open_mat_numbers(by=self.by, site=site, clients=clients)
        names = open_names(by=self.by, site=site, clients=clients) if with_names else {}
        rows = [self._row(client, numbers.get(client.pk, ""), names.get(client.pk, "")) for client in clients]
        return sorted(rows, key=lambda row: (not row["was_absent"], not row["number"], *_in_order(row)))

    def _row(self, client: Client, number: str, name: str) -> Shown:
        one, mark = self.expected.get(client.pk), self.marks[client.pk]
        was_absent = one is not None and one.last_mark == DayMark.MISSED
        return {
            "code": client.code,
            "display_code": display_card_code(client.code),
            "number": number,
            "name": name,
            "absent": mark == DayMark.MISSED,
            "other": one.likely if mark == DayMark.MISSED and one else mark,
            "was_absent": was_absent,
            "since": one.last_marked_on if one and was_absent else None,
            "is_new": one is None,
        }


def _in_order(row: Shown) -> tuple[object, ...]:
    """Order numbers as people count: KRMAT-9 before KRMAT-10."""
    parts = _DIGITS.split(row["number"] or row["code"])
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def sheet_of(by: Actor, clinic: MatClinic, day: date) -> DaySheet:
    """Return the form of a day before anybody is marked, or as the list stands that came already."""
    sheet = _expected(by, clinic, day)
    is_listed = bool(listed_days(clinic.organisation_id, [clinic.pk], day, day).get(clinic.pk))
    for person, one in sheet.expected.items():
        sheet.marks[person] = _begins_with(one, is_listed=is_listed)
    return sheet


def sheet_typed(by: Actor, clinic: MatClinic, day: date, form: DayForm, *, read: bool) -> DaySheet:
    """Return the form of a day as it was sent; with `read`, the lines are read into it.

    Whoever came to be expected since the form was shown has no mark: nobody has looked at their row.
    """
    sheet = _expected(by, clinic, day)
    by_code = {client.code: client for client in sheet.people.values()}
    marks: Mapping[str, str] = form.cleaned_data.get("marks", {})
    more = clients_by_code(by, Permission.RECORD_JOURNEY, marks.keys() - by_code.keys())
    for client in more.values():
        sheet.people.setdefault(client.pk, client)
    by_code |= more
    sheet.marks = dict.fromkeys(sheet.people, NOT_ON_PAPER)
    sheet.marks |= {by_code[code].pk: mark for code, mark in marks.items() if code in by_code}
    not_named = form.cleaned_data.get("not_named", [])
    sheet.not_named = {by_code[code].pk for code in not_named if code in by_code}
    if read:
        _read_into(sheet, form)
    return sheet


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _expected(by: Actor, clinic: MatClinic, day: date) -> DaySheet:
    expected = {one.client_id: one for one in expected_on_list(by, clinic, day)}
    people = clients_by_id(by, Permission.RECORD_JOURNEY, expected)
    silent = all_who_said_no(clinic.organisation_id, ConsentPurpose.HOLD_A_RECORD)
    expected = {
        person: one
        for person, one in expected.items()
        if person in people and person not in silent and not people[person].forgotten_at
    }
    return DaySheet(by, clinic, day, expected, {person: people[person] for person in expected}, {})


def _begins_with(one: Expected, *, is_listed: bool) -> str:
    """Return the mark that somebody's row begins with: what the list of the day says, else what is likely."""
    if one.mark is None:
        return NOT_ON_PAPER if is_listed else one.likely
    return NOT_ON_PAPER if one.mark == DayMark.UNKNOWN else one.mark


def _read_into(sheet: DaySheet, form: DayForm) -> None:
    """Mark everybody whom a line names; those lines that name nobody stay in the box.

    Whoever is not named is absent once the lines of those who came were read. What is pasted then is only more of them.
    """
    text = form.cleaned_data.get("lines", "")
    if not text.strip():
        return
    read, sheet.left = read_lines(sheet.by, text)
    sheet.lines_mean, sheet.is_anybody_named = form.cleaned_data.get("lines_mean", ""), bool(read)
    mean = DayMark.DOSED if sheet.lines_mean in (CAME, CAME_TOO) else DayMark.MISSED
    if sheet.lines_mean == CAME and read:
        _everybody_else_was_absent(sheet)
        form.put_more_came()
    for line in read:
        if line.client.pk not in sheet.people:
            sheet.people[line.client.pk] = line.client
            sheet.new.append(line.client)
        sheet.marks[line.client.pk] = line.mark or mean
        sheet.not_named.discard(line.client.pk)
    form.put_lines(as_text(sheet.left))


def _everybody_else_was_absent(sheet: DaySheet) -> None:
    for person, mark in sheet.marks.items():
        if mark == DayMark.DOSED:
            sheet.marks[person] = DayMark.MISSED
            sheet.not_named.add(person)


def problems_of(sheet: DaySheet, form: DayForm) -> Iterator[tuple[str, str]]:
    """Yield what keeps a list from being recorded, by field: lines that name nobody, or a sum that is not right."""
    typed, tally = form.cleaned_data, sheet.tally()
    if sheet.left and sheet.lines_mean == CAME and not sheet.is_anybody_named:
        yield "lines", _("None of the lines names anybody, so nobody is known to have come. Put them right.")
    elif sheet.left and not typed.get("leave_out"):
        yield "lines", _("Some lines name nobody for certain. Put them right, or leave them out.")
    if sheet.new:
        yield (
            "lines",
            _("Lines named people who were not on this list. They are on it now: look at them once more."),
        )
    said = typed.get("said")
    if said is not None and said != tally["came"] and not typed.get("all_the_same"):
        yield (
            "said",
            _(
                "This does not add up: the paper says that %(said)s came; %(came)s are marked so, of %(total)s on the "
                "list. Look for who is missing from the marks."
            )
            % {"said": said, **tally},
        )

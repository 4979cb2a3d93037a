"""The line list: people are registered, and what it says of those who are known is added."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.ids import uuid7
from kimbilio.exchange.books.columns import Columns, TableColumns
from kimbilio.exchange.books.fates import person_key
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.line_list import LineListLine, read_line_list
from kimbilio.exchange.books.list_titles import day_in, month_in
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import GivenBook, Job, KindOfBook, Line, ReadBook
from kimbilio.exchange.kinds.known_facts import KnownFacts
from kimbilio.exchange.kinds.line_list_kept import EDITABLE, keep, revive
from kimbilio.exchange.kinds.new_people import FactsReader, register_people
from kimbilio.exchange.matching import PeopleOfSite
from kimbilio.identity.actions import record_many
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.actions import Claim, record_steps
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.places.models import MatClinic

_AT_ONCE = 2000
_KNOWN_BY = (NumberKind.OLD_CODE, NumberKind.MAT_NUMBER)


class LineListKind(KindOfBook):
    """Everyone whom a programme knows, one line a person."""

    kind = Kind.LINE_LIST
    words = _("Line list")
    can_register = True
    editable = EDITABLE

    def read(self, given: GivenBook, book: Book, columns: Columns, today: date) -> ReadBook:
        """Return every line as the reader judges it."""
        read = read_line_list(columns, today)
        lines = [
            Line(
                *(line.place, LineFate(line.fate.value), line.reason, line.notes, line.identity, line),
                code=line.code,
            )
            for line in read.lines
        ]
        said = _day_said(given, columns.tables, read.lines, today)
        return ReadBook(
            *(given, book, columns, lines, read.ignored, read.left_out),
            as_at=said or today,
            is_undated=said is None and any(line.status or line.mat_number for line in read.lines),
        )

    def permissions(self, lines: Iterable[Line]) -> set[Permission]:
        """Return what whoever takes these lines in must be allowed to do beside taking books in."""
        needed = {Permission.REGISTER_PERSON, Permission.EDIT_IDENTITY}
        tells_of_mat = any(
            line.said.inducted_on or line.said.status or line.said.mat_number for line in lines
        )
        return needed | ({Permission.RECORD_JOURNEY} if tells_of_mat else set())

    def match(self, site: Site, clinic: MatClinic | None, lines: Sequence[Line], as_at: date) -> None:
        """Find who has each code already; whoever has none yet is a new person, once in a book."""
        people = PeopleOfSite(site)
        people.look_up(line.code for line in lines)
        found = {id(line): people.with_number(line.code, _KNOWN_BY) for line in lines}
        people.read_names(one for ids in found.values() for one in ids)
        facts = FactsReader(site, clinic, as_at, timezone.localdate())
        planned: dict[str, UUID] = {}
        for line in lines:
            known = found[id(line)]
            fitting = {one for one in known if people.may_be(one, line.said.names)}
            if known and len(fitting) != 1:
                _let_wait(line, known, fitting)
                continue
            key = person_key(line.said.code, line.said.mat_number, "")
            line.client_id = next(iter(fitting), None) or planned.get(key)
            line.is_new = line.client_id is None
            if line.client_id is None:
                line.client_id = planned[key] = uuid7()
            _lay_down(line, facts)

    def plan_for(self, site: Site, clinic: MatClinic | None, line: Line, as_at: date) -> None:
        """Lay down what one line adds to the person that somebody named, or to a new one."""
        line.is_new = line.client_id is None
        line.client_id = line.client_id or uuid7()
        _lay_down(line, FactsReader(site, clinic, as_at, timezone.localdate()))

    def write(self, job: Job, lines: Sequence[Line]) -> None:
        """Register the new people, then add to those who were known what was not known yet."""
        new = [line for line in lines if line.is_new]
        more = [line for line in lines if not line.is_new]
        steps = max(1, len(new) + len(more))
        for start in range(0, len(new), _AT_ONCE):
            self._register(job, new[start : start + _AT_ONCE])
            job.progress(min(start + _AT_ONCE, len(new)) / steps)
        for start in range(0, len(more), _AT_ONCE):
            self._add(job, more[start : start + _AT_ONCE])
            job.progress((len(new) + min(start + _AT_ONCE, len(more))) / steps)

    def _register(self, job: Job, lines: Sequence[Line]) -> None:
        register_people(job, [(_id(line), line.plan) for line in lines])
        self._record_steps(job, [(_id(line), claim) for line in lines for claim in _steps(line)])

    def _add(self, job: Job, lines: Sequence[Line]) -> None:
        """Add new phones, numbers and steps; names and dates that stand are kept as they are."""
        clients: dict[UUID, Client] = clients_by_id(
            job.by, Permission.REGISTER_PERSON, {_id(line) for line in lines}
        )
        known = KnownFacts(job.site.organisation_id, list(clients))
        who = [known.what_is_new(clients[_id(line)], line.plan) for line in lines]
        told = [one for one in who if one.phones or one.numbers or one.where]
        if told:
            job.made.add(record_many(by=job.by, site=job.site, people=told))
        steps = [(_id(line), claim) for line in lines for claim in known.new_steps(_id(line), line.plan)]
        self._record_steps(job, steps)

    def _record_steps(self, job: Job, claims: Sequence[tuple[UUID, Claim]]) -> None:
        if claims:
            job.made.add(record_steps(by=job.by, site=job.site, claims=claims))

    def keep(self, said: Any) -> dict[str, Any]:
        """Return what was read of a line as plain values."""
        return keep(said)

    def revive(self, kept: Mapping[str, Any]) -> Line:
        """Return the line that was kept, judged anew by itself."""
        return revive(kept)


def day_of_book(
    given: GivenBook, tables: Iterable[TableColumns], lines: Iterable[LineListLine], today: date
) -> date:
    """Return the day as at which a book speaks: as given, as its title says, else the last day that it tells of."""
    return _day_said(given, tables, lines, today) or today


def _day_said(
    given: GivenBook, tables: Iterable[TableColumns], lines: Iterable[LineListLine], today: date
) -> date | None:
    told = [
        day for line in lines for day in (line.first_contact_on, line.inducted_on) if day and day <= today
    ]
    latest = max(told, default=None)
    if given.month:
        return min(given.month.last, today)
    for table in tables:
        for text in (*table.table.titles, table.table.sheet, given.name.replace("_", " ")):
            day, month = day_in(text), month_in(text)
            said = day or (month.last if month else None)
            if said and (latest is None or said >= latest):
                return min(said, today)
    return latest


def _let_wait(line: Line, known: Iterable[UUID], fitting: set[UUID]) -> None:
    if fitting:
        reason = say(gettext_noop("Several people have the code %(code)s."), code=line.code)
    else:
        reason = say(gettext_noop("The code %(code)s is known with other names."), code=line.code)
    line.wait(LineFate.AMBIGUOUS, reason, fitting or known)


def _lay_down(line: Line, facts: FactsReader) -> None:
    line.plan = facts.facts(line.said)
    line.note(*line.plan.notes)
    line.note(*line.plan.remarks, corrects=False)
    if not line.is_new:
        sentence = gettext_noop("The person is known: what is new was added, and what stands was kept.")
        line.note(say(sentence), corrects=False)


def _steps(line: Line) -> list[Claim]:
    return [*line.plan.claims, *line.plan.undated]


def _id(line: Line) -> UUID:
    if line.client_id is None:
        raise ValueError("a line that is taken has its person")
    return line.client_id


__all__ = ["LineListKind", "day_of_book"]

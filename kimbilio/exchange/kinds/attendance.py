"""Attendance: the days of many people at a clinic, by code, MAT number or their three names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.books.attendance import AttendanceLine, read_attendance
from kimbilio.exchange.books.columns import Columns
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.marks import Mark
from kimbilio.exchange.books.names import Names
from kimbilio.exchange.books.sheets import Book, Place
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.earlier import EarlierLine, Standing, lists_settled_before
from kimbilio.exchange.kinds.base import GivenBook, Job, KindOfBook, Line, ReadBook
from kimbilio.exchange.kinds.later_days import leave_to_newer, standing_of
from kimbilio.exchange.kinds.whose import find_by_name, find_by_number, people_numbered
from kimbilio.exchange.matching import PeopleOfSite
from kimbilio.exchange.models import BookImport
from kimbilio.mat.actions import record_days
from kimbilio.mat.choices import DayMark, Source
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.places.models import MatClinic

_DAY_MARK = {mark: DayMark(mark.value) for mark in Mark}
_NAMES = ("first_name", "middle_name", "last_name")


class AttendanceKind(KindOfBook):
    """A clinic's month, one line a person and one column a day; or the same day by day."""

    kind = Kind.ATTENDANCE
    words = _("Attendance")
    needs_clinic = True
    finds_by_name = True
    editable = ("code", "mat_number", *_NAMES)

    def read(self, given: GivenBook, book: Book, columns: Columns, today: date) -> ReadBook:
        """Return every line as the reader judges it."""
        read = read_attendance(book, columns, month=given.month, legend=given.marks)
        read.legend.refuse_if_unclear()
        lines = [
            Line(
                *(line.place, LineFate(line.fate.value), line.reason, line.notes, line.identity, line),
                code=line.code or line.mat_number,
            )
            for line in read.lines
        ]
        months = sorted({day.replace(day=1) for day in read.days})
        return ReadBook(
            *(given, book, columns, lines, read.ignored, read.left_out, today),
            days_without_a_list=read.days_without_a_list,
            months=months,
        )

    def permissions(self, lines: Iterable[Line]) -> set[Permission]:
        """Return what whoever takes these lines in must be allowed to do beside taking books in."""
        return {Permission.RECORD_JOURNEY}

    def match(self, site: Site, clinic: MatClinic | None, lines: Sequence[Line], as_at: date) -> None:
        """Find whose each line is. What two lines say of one person's day must agree."""
        people = PeopleOfSite(site)
        people.look_up(number for line in lines for number in (line.said.code, line.said.mat_number))
        found = [people_numbered(people, line.said.code, line.said.mat_number) for line in lines]
        named = [ids for ids, line in zip(found, lines, strict=True) if line.said.names]
        people.read_names(one for ids in named for one in ids)
        today = timezone.localdate()
        said_by: dict[UUID, dict[date, Mark]] = {}
        for line, ids in zip(lines, found, strict=True):
            self._judge(line, ids, people)
            if line.client_id is None:
                continue
            earlier = said_by.setdefault(line.client_id, {})
            if earlier and any(earlier.get(day, mark) != mark for day, mark in line.said.marks.items()):
                sentence = gettext_noop("Another line of this book says something else of the same person.")
                line.wait(LineFate.AMBIGUOUS, say(sentence), [line.client_id])
                continue
            earlier.update(line.said.marks)
            _lay_down(line, today)

    def _judge(self, line: Line, ids: set[UUID], people: PeopleOfSite) -> None:
        said: AttendanceLine = line.said
        if not said.code and not said.mat_number:
            find_by_name(line, said.names, people)
            return
        one = find_by_number(line, ids, said.names, people)
        if one is None:
            return
        if said.names and (against := _other_names(one, said.names, people)):
            line.wait(LineFate.AMBIGUOUS, against, {one} | people.named(said.names))
        else:
            line.client_id = one

    def plan_for(self, site: Site, clinic: MatClinic | None, line: Line, as_at: date) -> None:
        """Lay down what one line adds to the person that somebody named."""
        _lay_down(line, timezone.localdate())

    def no_longer_stand(
        self, clinic: MatClinic | None, pairs: Sequence[tuple[Line, EarlierLine]]
    ) -> Mapping[UUID, Standing]:
        """Return of which earlier lines later lists say otherwise."""
        if clinic is None:
            return {}
        today = timezone.localdate()
        return standing_of(clinic, [(_days_known(line, today), earlier) for line, earlier in pairs])

    def leave_to_newer(self, line: Line, client: Client, since: BookImport) -> bool:
        """Leave out the days of which a list tells that came after the book; what is newer is not written over."""
        if since.clinic is None or not line.plan:
            return False
        people, older = ids_of_one_person(client), lists_settled_before(since)
        return leave_to_newer(since.clinic, line, people, since.recorded_at, older)

    def write(self, job: Job, lines: Sequence[Line]) -> None:
        """Record the days of all lines together, one list a month."""
        days: dict[UUID, dict[date, DayMark]] = {}
        for line in lines:
            if line.client_id is not None and line.plan:
                already = days.setdefault(line.client_id, line.plan)
                if already is not line.plan:
                    days[line.client_id] = already | line.plan
        job.progress(0.1)
        if days and job.clinic is not None:
            job.made.add(record_days(by=job.by, clinic=job.clinic, days=days, source=Source.BOOK))
        job.progress(1.0)

    def keep(self, said: Any) -> dict[str, Any]:
        """Return what was read of a line as plain values."""
        names = dict(zip(_NAMES, (said.names.first, said.names.middle, said.names.last), strict=True))
        marks = {day.isoformat(): mark.value for day, mark in said.marks.items()}
        return {"code": said.code, "mat_number": said.mat_number, **names, "marks": marks}

    def revive(self, kept: Mapping[str, Any]) -> Line:
        """Return the line that was kept, judged anew by itself."""
        place = Place(str(kept.get("sheet", "")), int(kept.get("line", 0)))
        names = Names(*(str(kept.get(name) or "").strip() for name in _NAMES))
        marks = {date.fromisoformat(day): Mark(mark) for day, mark in kept.get("marks", {}).items()}
        code, mat_number = (str(kept.get(name) or "").strip() for name in ("code", "mat_number"))
        said = AttendanceLine(
            *(place, Fate.ACCEPTED, None, (), "", code, mat_number, names, marks), remarks=""
        )
        return Line(place, LineFate.ACCEPTED, None, (), "", said, code=code or mat_number)


def _other_names(client_id: UUID, names: Names, people: PeopleOfSite) -> Words | None:
    """Return why a name speaks against the person of the number beside it; None where it may be theirs."""
    others = people.named(names)
    if others and client_id not in others:
        return say(gettext_noop("The number is one person's, and the name exactly another's."))
    if not people.may_be(client_id, names):
        return say(gettext_noop("The number belongs to somebody with another name."))
    return None


def _lay_down(line: Line, today: date) -> None:
    """Lay down the days that are known: an unclear mark says nothing, and a day that has not come cannot be."""
    marks: dict[date, Mark] = line.said.marks
    ahead = [day for day in marks if day > today]
    if ahead:
        sentence = gettext_noop("%(day)s has not come yet, and was left out.")
        line.note(say(sentence, day=min(ahead).isoformat()))
    line.plan = _days_known(line, today)


def _days_known(line: Line, today: date) -> dict[date, DayMark]:
    marks: dict[date, Mark] = line.said.marks
    return {day: _DAY_MARK[mark] for day, mark in marks.items() if mark is not Mark.UNKNOWN and day <= today}

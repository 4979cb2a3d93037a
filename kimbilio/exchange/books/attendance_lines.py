"""The lines of attendance books: who, and which mark on which day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kimbilio.exchange.books.attendance_people import Person, WhoReader
from kimbilio.exchange.books.cells import is_ditto, text_of, tick_of
from kimbilio.exchange.books.codes import CodeForms
from kimbilio.exchange.books.columns import Columns, TableColumns
from kimbilio.exchange.books.dates import DateStyle, date_of
from kimbilio.exchange.books.fates import Fate, Judgement, line_identity, taken
from kimbilio.exchange.books.fields import TICKED, Kind
from kimbilio.exchange.books.list_titles import Month, what_a_title_says
from kimbilio.exchange.books.marks import Legend, Mark
from kimbilio.exchange.books.month_days import UnclearMonth, dates_of_columns, day_of_list, month_of
from kimbilio.exchange.books.names import Names
from kimbilio.exchange.books.sheets import Cell, Place
from kimbilio.exchange.books.tables import TableLine
from kimbilio.exchange.books.wording import Words, gettext_noop, say

_SHOWN = 5
_END_OF_TIME = date(2098, 12, 31)


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One line: whom it is of, as far as the book says, the marks of its days, and what becomes of it.

    A day without an entry is not in `marks`.
    """

    place: Place
    fate: Fate
    reason: Words | None
    notes: tuple[Words, ...]
    identity: str
    code: str
    mat_number: str
    names: Names
    marks: dict[date, Mark]
    remarks: str


@dataclass(slots=True)
class _Seen:
    place: Place
    identities: set[str]
    marks: dict[date, Mark]


class DayReader:
    """Reads tables of attendance one after the other, each line beside the earlier ones of the same person."""

    def __init__(
        self, book_name: str, columns: Columns, legend: Legend, *, month: Month | None, day: date | None
    ) -> None:
        self._book_name, self._legend, self._month, self._day = book_name, legend, month, day
        self._codes = {field: CodeForms(columns.cells(field)) for field in ("code", "mat_number")}
        self._seen: dict[str, _Seen] = {}
        self.lines: list[AttendanceLine] = []
        self.days: set[date] = set()
        self._blank_days: list[tuple[date, ...]] = []

    def read(self, table: TableColumns) -> None:
        """Read one table, a month of columns or a list."""
        who = WhoReader(table, self._codes)
        if table.days:
            self._read_month(table, who)
        else:
            self._read_list(table, who)

    def finished(self, listed: set[date]) -> Iterator[AttendanceLine]:
        """Yield the lines; where an empty cell has a meaning, it has it on days on which somebody is listed."""
        blank = self._legend.blank
        for line, days in zip(self.lines, self._blank_days, strict=True):
            empty = [day for day in days if day in listed and day not in line.marks] if blank else []
            yield replace(line, marks=line.marks | dict.fromkeys(empty, blank)) if blank and empty else line

    def _read_month(self, table: TableColumns, who: WhoReader) -> None:
        dates = dates_of_columns(table, month_of(table, self._book_name, self._month))
        columns = [(column, day) for column, day in dates.items() if day is not None]
        strange = [column for column, day in dates.items() if day is None]
        days = tuple(dict.fromkeys(day for _column, day in columns))
        self.days.update(days)
        known: dict[Cell, Mark | None] = {}
        for line in table.table.lines:
            cells = line.cells
            marks: dict[date, Mark] = {}
            notes: list[Words] = []
            for column, day in columns:
                cell = cells[column]
                if cell is None:
                    continue
                if cell not in known:
                    known[cell] = self._legend.mark_of(cell)
                mark = known[cell]
                if mark is not None:
                    marks[day] = mark
                    if mark is Mark.UNKNOWN:
                        self._note_unclear(cell, day, notes)
            if any(cells[column] is not None and self._legend.mark_of(cells[column]) for column in strange):
                notes.append(say(gettext_noop("There is an entry under a day that the month does not have.")))
            self._add(table.table.place(line), who.read(line), marks, notes, days)

    def _read_list(self, table: TableColumns, who: WhoReader) -> None:
        day_column, mark_column = table.at("day"), table.at("mark")
        ticked = [
            (column, Mark(mark)) for field, mark in TICKED.items() if (column := table.at(field)) is not None
        ]
        for_all = what_a_title_says(table.table) if mark_column is None and not ticked else None
        one_day = self._day or day_of_list(table, self._book_name)
        if day_column is None and one_day is None:
            sentence = gettext_noop("Nothing on sheet '%(sheet)s' says which day it is. Give the day.")
            raise UnclearMonth(say(sentence, sheet=table.table.sheet))
        month = month_of(table, self._book_name, self._month)
        style = DateStyle(_END_OF_TIME, year=month.year if month else one_day.year if one_day else None)
        above: Cell = None
        for line in table.table.lines:
            notes: list[Words] = []
            day = one_day
            if day_column is not None:
                above = above if is_ditto(line.cells[day_column]) else line.cells[day_column]
                day = date_of(above, style) if above is not None else one_day
            mark = Mark(for_all) if for_all else self._mark(line, mark_column, ticked, day, notes)
            if day is not None:
                self.days.add(day)
            marks = {day: mark} if day is not None and mark is not None else {}
            self._add(table.table.place(line), who.read(line), marks, notes, (day,) if day else ())

    def _mark(
        self,
        line: TableLine,
        column: int | None,
        ticked: list[tuple[int, Mark]],
        day: date | None,
        notes: list[Words],
    ) -> Mark | None:
        if column is not None and line.cells[column] is not None:
            mark = self._legend.mark_of(line.cells[column])
            if mark is Mark.UNKNOWN and day:
                self._note_unclear(line.cells[column], day, notes)
            return mark
        marks = list(dict.fromkeys(mark for place, mark in ticked if tick_of(line.cells[place])))
        if len(marks) > 1:
            notes.append(say(gettext_noop("Two things are ticked for the same day.")))
            return Mark.UNKNOWN
        return marks[0] if marks else None

    def _note_unclear(self, cell: Cell, day: date, notes: list[Words]) -> None:
        if self._legend.is_unclear(cell) and len(notes) < _SHOWN:
            sentence = gettext_noop(
                "'%(mark)s' on %(day)s is no mark that we know, and was taken as unknown."
            )
            notes.append(say(sentence, mark=text_of(cell)[:20], day=day.isoformat()))

    def _add(
        self,
        place: Place,
        person: Person,
        marks: dict[date, Mark],
        notes: list[Words],
        days: tuple[date, ...],
    ) -> None:
        said = [f"{day.toordinal()} {mark}" for day, mark in marks.items()]
        identity = line_identity(Kind.ATTENDANCE, person.key, said)
        judged = self._judged(person, has_day=bool(days), notes=[*person.notes, *notes])
        if judged.fate.is_taken:
            judged = self._beside_earlier(person.key, place, identity, marks) or judged
        who = person.code, person.mat_number, person.names
        read = AttendanceLine(
            place, judged.fate, judged.reason, judged.notes, identity, *who, marks, person.remarks
        )
        self.lines.append(read)
        self._blank_days.append(days)

    def _judged(self, person: Person, *, has_day: bool, notes: list[Words]) -> Judgement:
        if not person.code and not person.mat_number and not person.names:
            return Judgement(
                Fate.UNREADABLE, say(gettext_noop("Neither a code, a number nor a name can be read."))
            )
        if not has_day:
            return Judgement(Fate.UNREADABLE, say(gettext_noop("The day cannot be read.")))
        return taken(notes)

    def _beside_earlier(
        self, key: str, place: Place, identity: str, marks: dict[date, Mark]
    ) -> Judgement | None:
        """Return the judgement of a copy, or of a line that says something else of the same person and day."""
        earlier = self._seen.get(key)
        if earlier is None:
            self._seen[key] = _Seen(place, {identity}, marks)
            return None
        there: dict[str, str | int] = {"line": earlier.place.line, "sheet": earlier.place.sheet}
        if identity in earlier.identities:
            return Judgement(
                Fate.COPIES, say(gettext_noop("The same as line %(line)s of '%(sheet)s'."), **there)
            )
        clash = next((day for day, mark in marks.items() if earlier.marks.get(day, mark) is not mark), None)
        if clash:
            sentence = gettext_noop(
                "Line %(line)s of '%(sheet)s' has another mark for the same person on %(day)s."
            )
            return Judgement(Fate.AMBIGUOUS, say(sentence, day=clash.isoformat(), **there))
        earlier.identities.add(identity)
        earlier.marks = earlier.marks | marks
        return None

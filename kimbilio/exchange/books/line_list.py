"""The line list: everyone whom a programme knows, one line a person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kimbilio.exchange.books.cells import Sex, age_of, is_ditto, says_nothing, sex_of, text_of, ward_of
from kimbilio.exchange.books.codes import CodeForms
from kimbilio.exchange.books.columns import Columns, LeftOut, TableColumns
from kimbilio.exchange.books.dates import DateStyle, birth_of, date_of, is_month_first
from kimbilio.exchange.books.fates import Fate, Judgement, line_identity, person_key, taken
from kimbilio.exchange.books.fields import FIELD_WORDS, Kind
from kimbilio.exchange.books.names import Names, read_names
from kimbilio.exchange.books.phones import phones_of
from kimbilio.exchange.books.sheets import Cell, Place
from kimbilio.exchange.books.statuses import Status, status_of
from kimbilio.exchange.books.tables import IgnoredLine, TableLine
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.identity.rules import name_words, score_names

_EVENTS = ("first_contact_on", "inducted_on")
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class LineListLine:
    """One line: who it is of, what it says, and what becomes of it. What it does not say is '' or None."""

    place: Place
    fate: Fate
    reason: Words | None
    notes: tuple[Words, ...]
    identity: str
    code: str
    mat_number: str
    first: str
    middle: str
    last: str
    nickname: str
    sex: Sex | None
    birth_date: date | None
    birth_year: int | None
    age: int | None  # as said on the day of the book, where no birth is known
    age_is_about: bool
    phone: str  # E.164
    other_phones: tuple[str, ...]
    ward: str
    first_contact_on: date | None
    inducted_on: date | None
    status: Status | None
    status_written: str
    remarks: str

    @property
    def names(self) -> Names:
        """Return the names together."""
        return Names(self.first, self.middle, self.last, self.nickname)


@dataclass(frozen=True, slots=True)
class LineList:
    """A line list that was read: every line with its fate, and what was passed over."""

    lines: tuple[LineListLine, ...]
    ignored: tuple[IgnoredLine, ...]
    left_out: tuple[LeftOut, ...] = ()

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(line.fate is fate for line in self.lines)


def read_line_list(columns: Columns, as_at: date) -> LineList:
    """Return every line of a line list; `as_at` is the last day that it can speak of, such as today."""
    if columns.kind is not Kind.LINE_LIST:
        raise ValueError("these are the columns of another kind of book")
    lines: list[LineListLine] = []
    seen: dict[str, dict[str, LineListLine]] = {}
    codes = {field: CodeForms(columns.cells(field)) for field in ("code", "mat_number")}
    for table in columns.tables:
        reader = _Reader(table, codes, as_at)
        lines += [_beside_earlier(reader.read(line), seen) for line in table.table.lines]
    ignored = tuple(line for table in columns.tables for line in table.table.ignored)
    return LineList(tuple(lines), ignored, columns.left_out)


class _Reader:
    """Reads the lines of one table, each column in its own ways."""

    def __init__(self, table: TableColumns, codes: dict[str, CodeForms], as_at: date) -> None:
        self._table = table.table
        self._at = {guess.field: guess.column for guess in table.columns if guess.field}
        self._codes = codes
        self._born = DateStyle(as_at, born=True, month_first=is_month_first(self._column("birth_date")))
        self._days = {
            field: DateStyle(as_at, month_first=is_month_first(self._column(field))) for field in _EVENTS
        }
        self._above: dict[str, Cell] = {}

    def read(self, line: TableLine) -> LineListLine:
        """Return one line as it was read, judged by itself alone."""
        notes: list[Words] = []
        code, mat_number = (self._code(line, field, notes) for field in ("code", "mat_number"))
        if "code" not in self._at:
            code = mat_number
        names = read_names(lambda field: self._cell(line, field))
        birth = self._value(line, "birth_date", lambda cell: birth_of(cell, self._born), notes)
        age = self._value(line, "age", age_of, notes)
        phones = self._value(line, "phone", lambda cell: phones_of(cell) or None, notes) or ("",)
        first_contact_on, inducted_on = (self._day(line, field, notes) for field in _EVENTS)
        sex = self._value(line, "sex", sex_of, notes)
        status = self._value(line, "status", status_of, notes)
        judged = self._judged(line, code, names, notes)
        read = LineListLine(
            *(self._table.place(line), judged.fate, judged.reason, judged.notes, "", code, mat_number),
            *(names.first, names.middle, names.last, names.nickname, sex),
            birth_date=birth.day if birth else None,
            birth_year=birth.year if birth else None,
            age=age.years if age else None,
            age_is_about=bool(age and age.about),
            phone=phones[0],
            other_phones=phones[1:],
            ward=ward_of(self._cell(line, "ward")),
            first_contact_on=first_contact_on,
            inducted_on=inducted_on,
            status=status,
            status_written=text_of(self._cell(line, "status")),
            remarks="" if is_ditto(self._cell(line, "remarks")) else text_of(self._cell(line, "remarks")),
        )
        return replace(read, identity=_identity(read))

    def _column(self, field: str) -> list[Cell]:
        return self._table.column(self._at[field]) if field in self._at else []

    def _cell(self, line: TableLine, field: str) -> Cell:
        """Return a cell; where it is a ditto mark, what stands above it, unless that would be somebody else's."""
        cell = line.cells[self._at[field]] if field in self._at else None
        if cell is None or field in _NOBODY_ELSES:
            return cell
        if is_ditto(cell):
            return self._above.get(field)
        self._above[field] = cell
        return cell

    def _code(self, line: TableLine, field: str, notes: list[Words]) -> str:
        cell = self._cell(line, field)
        read = self._codes[field].read(cell)
        if read is None:
            if field == "mat_number" and not says_nothing(cell):
                notes.append(_left_out(field, cell))
            return ""
        if read.filled_in:
            sentence = gettext_noop("'%(written)s' was read as %(code)s.")
            notes.append(say(sentence, written=text_of(cell), code=read.code))
        return read.code

    def _value(
        self, line: TableLine, field: str, read: Callable[[Cell], _Read | None], notes: list[Words]
    ) -> _Read | None:
        cell = self._cell(line, field)
        if says_nothing(cell):
            return None
        value = read(cell)
        if value is None:
            notes.append(_left_out(field, cell))
        return value

    def _day(self, line: TableLine, field: str, notes: list[Words]) -> date | None:
        return self._value(line, field, lambda cell: date_of(cell, self._days[field]), notes)

    def _judged(self, line: TableLine, code: str, names: Names, notes: list[Words]) -> Judgement:
        written = text_of(self._cell(line, "code"))
        if not code and not names:
            return Judgement(Fate.UNREADABLE, say(gettext_noop("Neither a code nor a name can be read.")))
        if not code and written:
            return Judgement(
                Fate.UNREADABLE, say(gettext_noop("'%(written)s' is no code."), written=written[:60])
            )
        if not code:
            return Judgement(Fate.UNREADABLE, say(gettext_noop("There is no code.")))
        if not names:
            return Judgement(Fate.UNREADABLE, say(gettext_noop("There is no name that can be read.")))
        return taken(notes)


_NOBODY_ELSES = frozenset("code mat_number full_name first_name other_names nickname phone remarks".split())


def _left_out(field: str, cell: Cell) -> Words:
    """Return the note on something that could not be read; the value `field` is a message of its own."""
    sentence = gettext_noop("%(field)s: '%(written)s' could not be read and was left out.")
    return say(sentence, field=FIELD_WORDS[field], written=text_of(cell)[:60])


def _identity(line: LineListLine) -> str:
    """Return the identity of a line from all that was read, in whatever style that was written."""
    days = [line.birth_date, line.first_contact_on, line.inducted_on]
    said = [line.first, line.middle, line.last, line.nickname, line.ward, line.status_written, line.remarks]
    contents = [
        *(name.casefold() for name in said),
        *(day.isoformat() if day else None for day in days),
        *(line.sex, line.birth_year, line.age, line.phone, line.other_phones, line.mat_number),
    ]
    person = person_key(line.code, line.mat_number, line.names.full)
    return line_identity(Kind.LINE_LIST, person, contents)


def _beside_earlier(line: LineListLine, seen: dict[str, dict[str, LineListLine]]) -> LineListLine:
    """Return a line judged beside the earlier ones: a copy of one, or another person under the same code.

    `seen` has the lines taken by person, then by identity, in their order.
    """
    if not line.fate.is_taken:
        return line
    of_them = seen.setdefault(person_key(line.code, line.mat_number, ""), {})
    if not of_them:
        of_them[line.identity] = line
        return line
    earlier = of_them.get(line.identity) or next(iter(of_them.values()))
    place: dict[str, str | int] = {"line": earlier.place.line, "sheet": earlier.place.sheet}
    if earlier.identity == line.identity:
        reason = say(gettext_noop("The same as line %(line)s of '%(sheet)s'."), **place)
        return replace(line, fate=Fate.COPIES, reason=reason)
    if not _may_be_one(earlier.names, line.names):
        reason = say(
            gettext_noop("The code stands beside another name on line %(line)s of '%(sheet)s'."), **place
        )
        return replace(line, fate=Fate.AMBIGUOUS, reason=reason)
    of_them[line.identity] = line
    return line


def _may_be_one(one: Names, other: Names) -> bool:
    """Tell whether two names may be of one person: every word of the shorter is alike one of the longer."""
    shorter, longer = sorted((name_words(one.full), name_words(other.full)), key=len)
    return score_names(shorter, longer) > 0

"""Community events: what, on which day, where, and how many came. Heads, never people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kimbilio.exchange.books.activities import activity_of
from kimbilio.exchange.books.cells import in_title_case, is_ditto, number_of, says_nothing, text_of
from kimbilio.exchange.books.columns import Columns, LeftOut, TableColumns
from kimbilio.exchange.books.days_of_lines import DaysOfLines
from kimbilio.exchange.books.fates import Fate, Judgement, as_copy_of, line_identity, taken
from kimbilio.exchange.books.fields import FIELD_WORDS, HEADS, Kind
from kimbilio.exchange.books.lines import Why
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.other_columns import told_of_others
from kimbilio.exchange.books.sheets import Book, Cell, Place
from kimbilio.exchange.books.tables import IgnoredLine, TableLine
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import Words, gettext_noop, say

MOST_HEADS = 99_999
LONGEST = 80
_FIRST_YEAR = 2000
_ONE_NUMBER = re.compile(r"[^\d-]{0,20}?(\d{1,5})(?:\s+\D{0,20}|[+~])?")  # '45 men', 'abt 30', '60+'


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line: an event with its heads by sex, those whose sex nobody counted, and what becomes of it.

    `activity` is our code, '' where the name is none that we know; `named` is what the book calls it.
    """

    place: Place
    fate: Fate
    reason: Words | None
    notes: tuple[Words, ...]
    identity: str
    day: date | None
    activity: str
    named: str
    venue: str
    male: int
    female: int
    unsorted: int
    facilitator: str


@dataclass(frozen=True, slots=True)
class Events:
    """A book of events that was read. `told` is what is to be said of the book as a whole."""

    lines: tuple[EventLine, ...]
    ignored: tuple[IgnoredLine, ...]
    left_out: tuple[LeftOut, ...] = ()
    told: tuple[Words, ...] = ()

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(line.fate is fate for line in self.lines)


def read_events(book: Book, columns: Columns, today: date, *, month: Month | None = None) -> Events:
    """Return every line of a book of events; `today` is the last day that it can speak of."""
    if columns.kind is not Kind.EVENTS:
        raise ValueError("these are the columns of another kind of book")
    lines: list[EventLine] = []
    ignored: list[IgnoredLine] = []
    for table in columns.tables:
        days = DaysOfLines(table, book.name, month, today)
        reader = _Reader(table, days, today)
        for line in table.table.lines:
            if days.is_heading(line):
                ignored.append(IgnoredLine(table.table.place(line), Why.HEADING, days.written(line)))
            else:
                lines.append(reader.read(line))
        ignored += table.table.ignored
    told = tuple(told_of_others(columns.tables))
    return Events(tuple(_each_once(lines)), tuple(ignored), columns.left_out, told)


class _Reader:
    """Reads the lines of one table."""

    def __init__(self, table: TableColumns, days: DaysOfLines, today: date) -> None:
        self._table, self._days, self._today = table.table, days, today
        self._at = {guess.field: guess.column for guess in table.columns if guess.field}
        self._above: dict[str, Cell] = {}

    def read(self, line: TableLine) -> EventLine:
        """Return one line as it was read, judged by itself alone."""
        notes: list[Words] = []
        day = self._days.of(line)
        written = text_of(self._cell(line, "activity"))
        heads = heads_of({field: self._cell(line, field) for field in HEADS}, notes)
        words = [self._words(line, field, notes) for field in ("activity", "venue", "facilitator")]
        event = EventLine(
            *(self._table.place(line), Fate.ACCEPTED, None, (), "", day),
            activity=activity_of(written) or "",
            named=words[0],
            venue=words[1],
            male=heads[0],
            female=heads[1],
            unsorted=heads[2],
            facilitator=words[2],
        )
        return judged(event, self._today, notes)

    def _cell(self, line: TableLine, field: str) -> Cell:
        """Return a cell; where it is a ditto mark, what stands above it."""
        cell = line.cells[self._at[field]] if field in self._at else None
        if is_ditto(cell):
            return self._above.get(field)
        self._above[field] = cell
        return cell

    def _words(self, line: TableLine, field: str, notes: list[Words]) -> str:
        cell = self._cell(line, field)
        text = "" if says_nothing(cell) else in_title_case_if_capitals(text_of(cell))
        if len(text) > LONGEST:
            sentence = gettext_noop("%(field)s: only the first %(most)s letters were taken.")
            notes.append(say(sentence, field=FIELD_WORDS[field], most=LONGEST))
        return text[:LONGEST].strip()


def in_title_case_if_capitals(text: str) -> str:
    """Return words that were all capitals with one capital each; others as they were written."""
    return in_title_case(text) if text.isupper() else text


def heads_of(cells: dict[str, Cell], notes: list[Words]) -> tuple[int, int, int]:
    """Return men, women, and those of the whole that are neither, as counted; what cannot be read is noted."""
    read = {field: _count(field, cell, notes) for field, cell in cells.items()}
    male, female, whole = (read[field] or 0 for field in HEADS)
    if not whole or whole == male + female:
        return male, female, 0
    if whole < male + female:
        sentence = gettext_noop("The whole is said to be %(whole)s: the men and women were taken.")
        notes.append(say(sentence, whole=whole))
        return male, female, 0
    if male and female:
        sentence = gettext_noop(
            "The whole is said to be %(whole)s: what is more was taken as people without their sex."
        )
        notes.append(say(sentence, whole=whole))
    return male, female, whole - male - female


def _count(field: str, cell: Cell, notes: list[Words]) -> int | None:
    if says_nothing(cell) or cell == "-":
        return None
    found = _ONE_NUMBER.fullmatch(cell) if isinstance(cell, str) else None
    number = float(found[1]) if found else number_of(cell)
    if number is None or not number.is_integer() or not 0 <= number <= MOST_HEADS:
        sentence = gettext_noop("%(field)s: '%(written)s' could not be read and was left out.")
        notes.append(say(sentence, field=FIELD_WORDS[field], written=text_of(cell)[:60]))
        return None
    return int(number)


def judged(event: EventLine, today: date, notes: list[Words]) -> EventLine:
    """Return an event judged by itself: it needs a day that has come, a name, and heads."""
    found = _judgement(event, today, notes)
    return replace(event, fate=found.fate, reason=found.reason, notes=found.notes)


def _judgement(event: EventLine, today: date, notes: list[Words]) -> Judgement:
    if event.day is None or event.day.year < _FIRST_YEAR:
        return Judgement(Fate.UNREADABLE, say(gettext_noop("The day cannot be read.")))
    if event.day > today:
        sentence = gettext_noop("%(day)s has not come yet.")
        return Judgement(Fate.UNREADABLE, say(sentence, day=event.day.isoformat()))
    if not event.named:
        return Judgement(Fate.UNREADABLE, say(gettext_noop("What the event was cannot be read.")))
    if not event.male + event.female + event.unsorted:
        return Judgement(Fate.UNREADABLE, say(gettext_noop("How many came cannot be read.")))
    return taken(notes)


def _each_once(lines: list[EventLine]) -> Iterator[EventLine]:
    """Yield lines with their identities; one that is the same as an earlier one is its copy."""
    seen: dict[str, EventLine] = {}
    for line in (replace(line, identity=_identity(line)) for line in lines):
        earlier = seen.setdefault(line.identity, line) if line.fate.is_taken else line
        yield line if earlier is line else replace(line, **as_copy_of(earlier.place))


def _identity(event: EventLine) -> str:
    """Return the identity of an event: its day, what and where it was, and its heads; not who led it."""
    heads = [event.male, event.female, event.unsorted]
    day = event.day.isoformat() if event.day else None
    return line_identity(
        Kind.EVENTS, "", [day, event.activity or fold(event.named), fold(event.venue), *heads]
    )

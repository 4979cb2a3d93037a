"""The lines of visit registers: who came on which day, what was given and what was done."""

from dataclasses import dataclass
from datetime import date

from kimbilio.exchange.books.attendance_people import Person, WhoReader
from kimbilio.exchange.books.cells import (
    Sex,
    age_of,
    is_blank,
    is_ditto,
    says_nothing,
    sex_of,
    text_of,
    tick_of,
    ward_of,
)
from kimbilio.exchange.books.codes import CodeForms
from kimbilio.exchange.books.columns import TableColumns
from kimbilio.exchange.books.dates import Birth, DateStyle, birth_of
from kimbilio.exchange.books.days_of_lines import DaysOfLines
from kimbilio.exchange.books.fates import Fate, Judgement, taken
from kimbilio.exchange.books.fields import FIELD_WORDS, SERVICES, SERVICES_IN_WORDS, SUPPLIES
from kimbilio.exchange.books.names import Names
from kimbilio.exchange.books.phones import phones_of
from kimbilio.exchange.books.pieces import done_of, pieces_of, services_in, topics_in
from kimbilio.exchange.books.sheets import Cell, Place
from kimbilio.exchange.books.tables import TableLine
from kimbilio.exchange.books.vocabulary import TOPICS
from kimbilio.exchange.books.wording import Words, gettext_noop, say

HEALTH_EDUCATION = "health_education"
# A column that is none of ours and says something of a visit: the heading, and what stands there.
Other = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Handed:
    """What one line says was given and done. Supplies in pieces, by what they are counted as; services by our codes."""

    supplies: tuple[tuple[str, int], ...] = ()
    needles_returned: int = 0
    services: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line: who came, on which day, what was given and done, and what becomes of it.

    What the line says of the person beside a code and names is for somebody who is registered from it.
    """

    place: Place
    fate: Fate
    reason: Words | None
    notes: tuple[Words, ...]
    identity: str
    number: str
    day: date | None
    code: str
    mat_number: str
    names: Names
    handed: Handed
    sex: Sex | None = None
    birth: Birth | None = None
    age: int | None = None  # as said on that day
    age_is_about: bool = False
    phone: str = ""  # E.164
    ward: str = ""
    others: tuple[Other, ...] = ()


class LineReader:
    """Reads the lines of one table of a register, from the top."""

    def __init__(
        self,
        table: TableColumns,
        codes: dict[str, CodeForms],
        days: DaysOfLines,
        others: tuple[int, ...],
        today: date,
    ) -> None:
        self._table, self._days, self._today = table.table, days, today
        self._at = {guess.field: guess.column for guess in table.columns if guess.field}
        self._headings = {heading.column: heading.text or heading.whole for heading in table.table.headings}
        self._others = others
        self._who = WhoReader(table, codes)
        self._done = [field for field in SERVICES if field in self._at]
        self._above: dict[str, Cell] = {}

    def is_no_data(self, line: TableLine) -> bool:
        """Tell whether a line stands only over the next ones, or says nothing of anybody."""
        if self._days.is_heading(line):
            return True
        spare = {self._at.get("line_number"), self._at.get("day")}
        said = [cell for column, cell in enumerate(line.cells) if column not in spare]
        return all(is_blank(cell) or tick_of(cell) is False for cell in said) and not any(
            isinstance(cell, str) and is_ditto(cell) for cell in said
        )

    def read(self, line: TableLine) -> RegisterLine:
        """Return one line as it was read, judged by itself alone."""
        day, who = self._days.of(line), self._who.read(line)
        notes = list(who.notes)
        handed = self._handed(line, notes)
        age = age_of(self._cell(line, "age"))
        born = self._cell(line, "birth_date")
        if who.remarks and not (is_ditto(who.remarks) or says_nothing(who.remarks)):
            sentence = gettext_noop(
                "'%(written)s' stands under remarks, which a visit does not have: it was left out."
            )
            notes.append(say(sentence, written=who.remarks[:60]))
        judged = self._judged(line, day, who, notes)
        return RegisterLine(
            *(self._table.place(line), judged.fate, judged.reason, judged.notes, ""),
            number=text_of(self._cell(line, "line_number")).strip(" .)").casefold(),
            day=day,
            code=who.code,
            mat_number=who.mat_number,
            names=who.names,
            handed=handed,
            sex=sex_of(self._cell(line, "sex")),
            birth=birth_of(born, DateStyle(self._today, born=True)) if born is not None else None,
            age=age.years if age else None,
            age_is_about=bool(age and age.about),
            phone=next(iter(phones_of(self._cell(line, "phone"))), ""),
            ward=ward_of(self._cell(line, "ward")),
            others=tuple(
                (self._headings[column], text_of(line.cells[column])[:60])
                for column in self._others
                if _says_something(line.cells[column])
            ),
        )

    def _cell(self, line: TableLine, field: str) -> Cell:
        return line.cells[self._at[field]] if field in self._at else None

    def _repeated(self, line: TableLine, field: str) -> Cell:
        """Return a cell; where it is a ditto mark, what stands in the line above."""
        cell = self._cell(line, field)
        if not is_ditto(cell):
            self._above[field] = cell
        return self._above.get(field)

    def _handed(self, line: TableLine, notes: list[Words]) -> Handed:
        supplies: dict[str, int] = {}
        for field, counted_as in SUPPLIES.items():
            if pieces := self._pieces(line, field, notes):
                supplies[counted_as] = supplies.get(counted_as, 0) + pieces
        returned = self._pieces(line, "needles_returned", notes)
        services = {field for field in self._done if self._is_done(line, field, notes)}
        topics = (
            topics_in(self._cell(line, HEALTH_EDUCATION), TOPICS) if HEALTH_EDUCATION in services else set()
        )
        for field in SERVICES_IN_WORDS:
            found, unknown = services_in(self._repeated(line, field), referrals=field == "referral")
            services |= found
            notes += [_left_out(field, part) for part in unknown]
        return Handed(
            tuple(sorted(supplies.items())), returned, tuple(sorted(services)), tuple(sorted(topics))
        )

    def _pieces(self, line: TableLine, field: str, notes: list[Words]) -> int:
        if field not in self._at:
            return 0
        cell = self._repeated(line, field)
        pieces = pieces_of(cell, tick_is_one=field == "naloxone")
        if pieces is None:
            notes.append(_left_out(field, text_of(cell)))
            return 0
        if not pieces.as_written:
            sentence = gettext_noop("%(field)s: '%(written)s' was read as %(count)s pieces.")
            written = text_of(cell)[:60]
            notes.append(say(sentence, field=FIELD_WORDS[field], written=written, count=pieces.count))
        return pieces.count

    def _is_done(self, line: TableLine, field: str, notes: list[Words]) -> bool:
        cell = self._repeated(line, field)
        if field == HEALTH_EDUCATION and topics_in(cell, TOPICS):
            return True
        done = done_of(cell, field)
        if done is None:
            notes.append(_left_out(field, text_of(cell)))
        return bool(done)

    def _judged(self, line: TableLine, day: date | None, who: Person, notes: list[Words]) -> Judgement:
        if not who.code and not who.mat_number and not who.names:
            return Judgement(
                Fate.UNREADABLE, say(gettext_noop("Neither a code, a number nor a name can be read."))
            )
        if day is None:
            return Judgement(Fate.UNREADABLE, say(gettext_noop("The day cannot be read.")))
        if day > self._today:
            sentence = gettext_noop("%(day)s has not come yet.")
            return Judgement(Fate.UNREADABLE, say(sentence, day=day.isoformat()))
        return taken(notes)


def _left_out(field: str, written: str) -> Words:
    """Return the note on something that could not be read; the value `field` is a message of its own."""
    sentence = gettext_noop("%(field)s: '%(written)s' could not be read and was left out.")
    return say(sentence, field=FIELD_WORDS[field], written=written[:60])


def _says_something(cell: Cell) -> bool:
    if isinstance(cell, str) and tick_of(cell):
        return True
    return not is_blank(cell) and not is_ditto(cell) and tick_of(cell) is not False and not says_nothing(cell)

"""The visit register of a safe space: one line a visit, on one sheet or several."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kimbilio.exchange.books.codes import CodeForms
from kimbilio.exchange.books.columns import Columns, LeftOut
from kimbilio.exchange.books.days_of_lines import DaysOfLines
from kimbilio.exchange.books.fates import Fate, as_copy_of, line_identity, person_key
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.lines import Why
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.other_columns import told_of_others, visit_columns
from kimbilio.exchange.books.register_lines import Handed, LineReader, RegisterLine
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.books.sums import told_of_sums
from kimbilio.exchange.books.tables import IgnoredLine
from kimbilio.exchange.books.wording import Words


@dataclass(frozen=True, slots=True)
class Register:
    """A visit register that was read. `told` is what is to be said of the book as a whole."""

    lines: tuple[RegisterLine, ...]
    ignored: tuple[IgnoredLine, ...]
    left_out: tuple[LeftOut, ...] = ()
    told: tuple[Words, ...] = ()

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(line.fate is fate for line in self.lines)


def read_register(book: Book, columns: Columns, today: date, *, month: Month | None = None) -> Register:
    """Return every line of a visit register; `today` is the last day that it can speak of.

    `month` is for a book whose days have no year.
    """
    if columns.kind is not Kind.REGISTER:
        raise ValueError("these are the columns of another kind of book")
    codes = {field: CodeForms(columns.cells(field)) for field in ("code", "mat_number")}
    lines: list[RegisterLine] = []
    ignored: list[IgnoredLine] = []
    for table in columns.tables:
        days = DaysOfLines(table, book.name, month, today)
        reader = LineReader(table, codes, days, visit_columns(table), today)
        for line in table.table.lines:
            if reader.is_no_data(line):
                ignored.append(IgnoredLine(table.table.place(line), Why.HEADING, days.written(line)))
            else:
                lines.append(reader.read(line))
        ignored += table.table.ignored
    judged = tuple(_beside_each_other(lines))
    told = (*told_of_others(columns.tables), *told_of_sums(book, columns.tables, judged))
    return Register(judged, tuple(ignored), columns.left_out, told)


def _beside_each_other(lines: list[RegisterLine]) -> Iterator[RegisterLine]:
    """Yield lines with their identities; one that is the same as an earlier one to the letter is its copy.

    Lines without a number are told apart by how often the same came before on the sheet: nobody can say that the
    one is a copy of the other.
    """
    seen: dict[str, RegisterLine] = {}
    unnumbered: Counter[tuple[str, str]] = Counter()
    for line in lines:
        said = identity_of(line, line.number)
        if not line.number:
            unnumbered[line.place.sheet, said] += 1
            said = identity_of(line, f"without, {unnumbered[line.place.sheet, said]}")
        told = replace(line, identity=said)
        earlier = seen.setdefault(said, told) if line.fate.is_taken else told
        yield told if earlier is told else replace(told, **as_copy_of(earlier.place))


def identity_of(line: RegisterLine, number: str) -> str:
    """Return the identity of a line from all that makes a visit, in whatever style that was written."""
    handed = line.handed
    contents = [
        *(line.day.isoformat() if line.day else None, number, handed.supplies, handed.needles_returned),
        *(handed.services, handed.topics),
    ]
    return line_identity(Kind.REGISTER, person_key(line.code, line.mat_number, line.names.full), contents)


__all__ = ["Handed", "Register", "RegisterLine", "identity_of", "read_register"]

"""Whom a line of attendance is of, as far as the book says: a code, a MAT number, names."""

from dataclasses import dataclass

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.codes import CodeForms
from kimbilio.exchange.books.columns import TableColumns
from kimbilio.exchange.books.fates import person_key
from kimbilio.exchange.books.names import Names, read_names
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.tables import TableLine
from kimbilio.exchange.books.wording import Words, gettext_noop, say


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a line is of, as far as it can be read."""

    code: str
    mat_number: str
    names: Names
    key: str
    notes: tuple[Words, ...]
    remarks: str


class WhoReader:
    """Reads the columns that say whom a line is of."""

    def __init__(self, table: TableColumns, codes: dict[str, CodeForms]) -> None:
        self._at = {guess.field: guess.column for guess in table.columns if guess.field}
        self._codes = {field: forms for field, forms in codes.items() if field in self._at}

    def _cell(self, line: TableLine, field: str) -> Cell:
        return line.cells[self._at[field]] if field in self._at else None

    def read(self, line: TableLine) -> Person:
        """Return the person of one line."""
        notes = []
        found = {"code": "", "mat_number": ""}
        for field, forms in self._codes.items():
            read = forms.read(self._cell(line, field))
            if read is None:
                continue
            found[field] = read.code
            if read.filled_in:
                written = text_of(self._cell(line, field))
                notes.append(
                    say(gettext_noop("'%(written)s' was read as %(code)s."), written=written, code=read.code)
                )
        names = read_names(lambda field: self._cell(line, field)) if self._is_named else Names()
        key = person_key(found["code"], found["mat_number"], names.full)
        remarks = text_of(self._cell(line, "remarks"))
        return Person(found["code"], found["mat_number"], names, key, tuple(notes), remarks)

    @property
    def _is_named(self) -> bool:
        return any(field in self._at for field in ("full_name", "first_name", "last_name", "other_names"))

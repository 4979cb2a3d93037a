"""The sums that a register says itself, as a check of what was read: lines that wait are in them, copies are not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kimbilio.exchange.books.cells import number_of, text_of
from kimbilio.exchange.books.column_sets import TableColumns
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import SUPPLIES
from kimbilio.exchange.books.lines import Why
from kimbilio.exchange.books.register_lines import RegisterLine
from kimbilio.exchange.books.sheets import Book, Place
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import Words, gettext_noop, say

# Columns of which the sum may be written; where two columns are counted as one, neither is compared.
_SUMMED = {field: kind for field, kind in SUPPLIES.items() if field != "female_condoms"}
_FROM_PAGE_TO_PAGE = frozenset({"b f", "c f", "brought forward", "carried forward"})


@dataclass(frozen=True, slots=True)
class _Said:
    place: Place
    heading: str
    said: int
    found: int


def told_of_sums(
    book: Book, tables: Iterable[TableColumns], lines: Sequence[RegisterLine]
) -> Iterator[Words]:
    """Yield one sentence on the sums that do not agree with the lines above them; nothing where all do."""
    read = {line.place: line for line in lines}
    sums = [said for table in tables for said in _sums(book, table, read)]
    wrong = [said for said in sums if said.said != said.found]
    if wrong:
        sentence = gettext_noop(
            "%(wrong)s of %(all)s sums in the book do not agree with the lines above them. The first: line %(line)s of "
            "'%(sheet)s' says %(said)s under '%(heading)s', and the lines add up to %(found)s."
        )
        first = wrong[0]
        where: dict[str, str | int] = {
            "line": first.place.line,
            "sheet": first.place.sheet,
            "heading": first.heading,
        }
        yield say(sentence, wrong=len(wrong), all=len(sums), said=first.said, found=first.found, **where)


def _sums(book: Book, table: TableColumns, read: Mapping[Place, RegisterLine]) -> Iterator[_Said]:
    """Yield each sum that a table says, with that of the lines since the one before, or of all where that agrees."""
    columns = [
        (guess.column, guess.heading, _SUMMED[guess.field])
        for guess in table.columns
        if guess.field in _SUMMED
    ]
    if table.at("female_condoms") is not None:
        columns = [column for column in columns if column[2] != "condoms"]
    totals = {line.place.line for line in table.table.ignored if line.why is Why.TOTAL}
    lines = {line.number for line in table.table.lines}
    since: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for number in sorted(totals | lines):
        place = Place(table.table.sheet, number)
        if number in lines:
            line = read.get(place)
            given = Counter(dict(line.handed.supplies) if line and line.fate is not Fate.COPIES else {})
            since, whole = since + given, whole + given
            continue
        cells = book.cells_at(place)
        if any(fold(text_of(cell)) in _FROM_PAGE_TO_PAGE for cell in cells):
            continue
        for column, heading, kind in columns:
            said = number_of(cells[column]) if column < len(cells) else None
            if said is not None and said.is_integer():
                found = whole[kind] if said == whole[kind] else since[kind]
                yield _Said(place, heading, int(said), found)
        since = Counter()

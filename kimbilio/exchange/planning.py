"""What taking a book in would do: every line with its one fate, before anything is written.

The same is asked for a preview and, with the site held, for the import itself.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from kimbilio.accounts.models import Site
from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import WAITING, LineFate, Settlement
from kimbilio.exchange.kinds import KINDS, Line, ReadBook
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.places.models import MatClinic

_AT_ONCE = 5000


@dataclass(frozen=True)
class Counts:
    """What came of a book, in numbers: the fates are disjoint, and together they are the rows."""

    rows: int
    accepted: int = 0
    corrected: int = 0
    copies: int = 0
    ambiguous: int = 0
    unknown: int = 0
    unreadable: int = 0
    ignored: int = 0
    duplicates: int = 0

    @property
    def taken(self) -> int:
        """Return how many lines go in."""
        return self.accepted + self.corrected

    @property
    def waiting(self) -> int:
        """Return how many wait for a person."""
        return self.ambiguous + self.unknown + self.unreadable


def counts_of(read: ReadBook) -> Counts:
    """Return the numbers of a book whose lines have their fates."""
    fates = Counter(line.fate.value for line in read.lines)
    return Counts(rows=len(read.lines), ignored=len(read.ignored), **fates)


def counts_kept(book_import: BookImport) -> Counts:
    """Return the numbers of an import."""
    return Counts(**{name: getattr(book_import, name) for name in Counts.__dataclass_fields__})


def plan(site: Site, clinic: MatClinic | None, read: ReadBook) -> None:
    """Give every line its fate: known from an earlier book, or matched with its person. Bounded questions."""
    _tell_apart(site, read)
    known = _known_lines(site, read.lines)
    kind = KINDS[read.given.kind]
    open_lines = []
    for line in read.lines:
        earlier = known.get(line.digest) if line.digest else None
        if earlier is not None and not earlier.waits:
            _is_copy(line, earlier)
        elif earlier is not None:
            line.waits_in = earlier.id
        if line.is_taken:
            open_lines.append(line)
    kind.match(site, clinic, open_lines, read.as_at)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A line of an earlier import: where it is, and whether it waits."""

    id: UUID
    number: int
    line: int
    fate: str
    settlement: str

    @property
    def waits(self) -> bool:
        return self.fate in WAITING and self.settlement == Settlement.WAITING


def _tell_apart(site: Site, read: ReadBook) -> None:
    """Give each line the keyed digest by which it is the same in any book.

    Of a line that cannot be read, what is written counts. Lines that wait are told apart by how often the same
    came before in the book, since nobody can say that the one is a copy of the other.
    """
    rows = _rows_by_sheet(read)
    key = vault.keyring().index_key(site.organisation_id)
    context = f"line of a book {read.given.kind} {site.pk}"
    seen: Counter[str] = Counter()
    for line in read.lines:
        if line.fate == LineFate.COPIES:
            continue
        identity = line.identity
        if line.fate == LineFate.UNREADABLE:
            identity = "written " + "\t".join(map(text_of, rows(line.place)))
        if line.fate in WAITING:
            seen[identity] += 1
            identity = f"{identity} {seen[identity]}"
        line.digest = blind_index(key, context=context, value=identity)


def _rows_by_sheet(read: ReadBook) -> Any:
    sheets = {sheet.name: sheet.rows for sheet in read.book.sheets}

    def row(place: Place) -> Sequence[Any]:
        rows = sheets.get(place.sheet, ())
        return rows[place.line - 1] if 0 < place.line <= len(rows) else ()

    return row


def _known_lines(site: Site, lines: Iterable[Line]) -> Mapping[bytes, _Earlier]:
    """Return the lines of earlier imports that are the same as some of these."""
    digests = [line.digest for line in lines if line.digest]
    found: dict[bytes, _Earlier] = {}
    for start in range(0, len(digests), _AT_ONCE):
        rows: Iterable[Any] = BookLine.objects.filter(
            ~Q(settlement=Settlement.CAME_AGAIN),
            organisation=site.organisation_id,
            identity__in=digests[start : start + _AT_ONCE],
        ).values_list("identity", "pk", "book_import__serial", "line", "fate", "settlement")
        found |= {bytes(identity or b""): _Earlier(*rest) for identity, *rest in rows}
    return found


def _is_copy(line: Line, earlier: _Earlier) -> None:
    reason = gettext_noop("The same as line %(line)s of import %(number)s.")
    line.fate, line.reason = LineFate.COPIES, say(reason, line=earlier.line, number=earlier.number)
    line.notes, line.digest = (), None


def written_of(read: ReadBook, lines: Collection[Line]) -> dict[int, list[tuple[str, str]]]:
    """Return what stands in each of these lines under which heading, by the line's id()."""
    headings: dict[tuple[str, int], Sequence[str]] = {}
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        wanted[line.place.sheet].add(line.place.line)
    for table in read.columns.tables:
        names = [heading.whole for heading in table.table.headings]
        for row in table.table.lines:
            if row.number in wanted.get(table.table.sheet, ()):
                headings[table.table.sheet, row.number] = names
    cells = _rows_by_sheet(read)
    return {
        id(line): [
            (heading, text)
            for heading, cell in zip(
                _long_enough(headings.get((line.place.sheet, line.place.line), ()), cells(line.place)),
                cells(line.place),
                strict=False,
            )
            if (text := text_of(cell))
        ]
        for line in lines
    }


def _long_enough(headings: Sequence[str], cells: Sequence[Any]) -> Sequence[str]:
    return [*headings, *[""] * (len(cells) - len(headings))]

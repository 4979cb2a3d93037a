"""What taking a book in would do: every line with its one fate, before anything is written.

The same is asked for a preview and, with the site held, for the import itself.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kimbilio.accounts.models import Site
from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import WAITING, LineFate
from kimbilio.exchange.earlier import EarlierLine, Standing, known_lines
from kimbilio.exchange.kinds import KINDS, Line, ReadBook
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.within_consent import keep_within_consent
from kimbilio.places.models import MatClinic


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
    known = known_lines(site.organisation_id, [line.digest for line in read.lines if line.digest])
    kind = KINDS[read.given.kind]
    same = [(line, known[line.digest]) for line in read.lines if line.digest and line.digest in known]
    gone = kind.no_longer_stand(clinic, [(line, earlier) for line, earlier in same if not earlier.waits])
    for line, earlier in same:
        standing = gone.get(earlier.id, Standing.STANDS)
        if earlier.waits:
            line.waits_in = earlier.id
        elif standing is Standing.LATER_BOOK:
            line.anew_for = earlier.id
        else:
            _is_copy(line, earlier, standing)
    kind.match(site, clinic, [line for line in read.lines if line.is_taken], read.as_at)
    keep_within_consent(site, read.lines)
    kind.beside_each_other(site, read.lines)


def _tell_apart(site: Site, read: ReadBook) -> None:
    """Give each line the keyed digest by which it is the same in any book.

    Of a line that cannot be read, what is written counts. Lines that wait are told apart by how often the same
    came before in the book, since nobody can say that the one is a copy of the other.
    """
    rows = _rows_by_sheet(read)
    keyed = digests_of(site, read.given.kind)
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
        line.digest = keyed(identity)


def digests_of(site: Site, kind: Kind) -> Callable[[str], bytes]:
    """Return what makes the keyed digest of an identity, for lines of one kind of book at a site."""
    key = vault.keyring().index_key(site.organisation_id)
    return lambda identity: blind_index(key, context=f"line of a book {kind} {site.pk}", value=identity)


def _rows_by_sheet(read: ReadBook) -> Any:
    sheets = {sheet.name: sheet.rows for sheet in read.book.sheets}

    def row(place: Place) -> Sequence[Any]:
        rows = sheets.get(place.sheet, ())
        return rows[place.line - 1] if 0 < place.line <= len(rows) else ()

    return row


def _is_copy(line: Line, earlier: EarlierLine, standing: Standing) -> None:
    reason = gettext_noop("The same as line %(line)s of import %(number)s.")
    if standing is Standing.BY_HAND:
        reason = gettext_noop(
            "The same as line %(line)s of import %(number)s. Something else was recorded of its days since, and stands."
        )
    line.fate, line.reason = LineFate.COPIES, say(reason, line=earlier.line, number=earlier.number)
    line.notes, line.digest = (), None
    line.copy_of, line.client_id = earlier.id, earlier.client_id


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

"""Books and their lines as pages show them: by code, with counts that lead to the lines behind them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.core.paging import Pages, pages_of
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.choices import TAKEN, WAITING, LineFate, Settlement
from kimbilio.exchange.kinds import KINDS
from kimbilio.exchange.models import BookImport, Upload
from kimbilio.exchange.queries import Counts, ShownLine, WaitingLine, counts_kept
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]
ROWS = 25

_CHIPS = {LineFate.CORRECTED: "attend"} | dict.fromkeys(WAITING, "attend")


def upload_shown(upload: Upload) -> Shown:
    """Return a file on its way in."""
    return {
        "name": upload.name,
        "kind": KINDS[Kind(upload.kind)].words,
        "month": upload.month,
        "clinic": upload.clinic.name if upload.clinic else "",
        "site": upload.site.name,
        "when": upload.recorded_at,
        "url": reverse("book_columns", args=[upload.reference]),
        "lines_url": reverse("book_preview", args=[upload.reference]),
        "take_url": reverse("take_book", args=[upload.reference]),
        "leave_url": reverse("leave_book", args=[upload.reference]),
        "going_url": reverse("book_going", args=[upload.reference]),
    }


def imports_shown(by: Actor, imports: Sequence[BookImport]) -> list[Shown]:
    """Return books that were taken in, each with who did it."""
    staff = {one for row in imports for one in (row.imported_by, row.undone_by) if one}
    names = staff_names(by.organisation_id, staff)
    return [_import_shown(row, names) for row in imports]


def _import_shown(row: BookImport, names: dict[Any, str]) -> Shown:
    counts = counts_kept(row)
    return {
        "number": row.number,
        "name": row.name or "—",
        "kind": KINDS[Kind(row.kind)].words,
        "month": row.month,
        "clinic": row.clinic.name if row.clinic else "",
        "site": row.site.name,
        "when": row.recorded_at,
        "who": names.get(row.imported_by, "") if row.imported_by else "",
        "counts": counts,
        "taken": counts.accepted + counts.corrected,
        "undone_at": row.undone_at,
        "undone_by": names.get(row.undone_by, "") if row.undone_by else "",
        "kept": row.kept,
        "url": reverse("imported_book", args=[row.number]),
        "undo_url": reverse("undo_import", args=[row.number]),
    }


def parts_shown(counts: Counts, address: str, chosen: LineFate | None) -> list[Shown]:
    """Return the fates that some line has, each with how many and the address that shows them; all lines first."""
    parts = [{"label": _("All lines"), "count": counts.rows, "url": address, "current": chosen is None}]
    parts += [
        {
            "label": fate.label,
            "count": getattr(counts, fate.value),
            "url": _of_fate(address, fate),
            "current": chosen is fate,
        }
        for fate in LineFate
        if getattr(counts, fate.value)
    ]
    return parts


def _of_fate(address: str, fate: LineFate | None) -> str:
    return f"{address}?fate={fate.value}" if fate else address


def count_of(counts: Counts, fate: LineFate | None) -> int:
    """Return how many lines there are of a fate, or in all."""
    return counts.rows if fate is None else getattr(counts, fate.value)


def pages_shown(address: str, fate: LineFate | None, page: int, count: int) -> Pages:
    """Return where one is among the lines of a fate, and the way on."""
    return pages_of(_of_fate(address, fate), page, rows=count, size=ROWS)


def lines_shown(lines: Iterable[ShownLine], number: int | None = None) -> list[Shown]:
    """Return lines as a page lists them; those of an import that wait lead to where they are settled."""
    return [_line_shown(line, number) for line in lines]


def _line_shown(line: ShownLine, number: int | None) -> Shown:
    person = line.person
    return {
        "sheet": line.sheet,
        "line": line.line,
        "fate": line.settled or line.fate.label,
        "chip": "" if line.settled else _CHIPS.get(line.fate, "good" if line.fate in TAKEN else ""),
        "code": line.code,
        "day": line.day,
        "what": line.what,
        "display_code": display_card_code(person.code) if person else "",
        "person_url": reverse("person", args=[person.code]) if person else "",
        "words": [words for words in (line.reason, *line.notes) if words],
        "settle_url": reverse("waiting_line", args=[number, line.position])
        if number is not None and line.fate in WAITING
        else "",
    }


def waiting_shown(line: WaitingLine) -> Shown:
    """Return a line that waits, or that waited, without what is written in it."""
    number = line.book_import.number
    return {
        "book": line.book_import.name or "—",
        "kind": KINDS[Kind(line.book_import.kind)].words,
        "month": line.book_import.month,
        "sheet": line.sheet,
        "line": line.line,
        "fate": line.fate.label,
        "reason": line.reason,
        "notes": line.notes,
        "is_settled": line.settlement != Settlement.WAITING,
        "settlement": line.settlement.label,
        "settled_at": line.settled_at,
        "url": reverse("waiting_line", args=[number, line.position]),
        "undo_url": reverse("line_waits_again", args=[number, line.position]),
        "book_url": reverse("imported_book", args=[number]),
    }


def client_in_words(client: Client, numbers: Iterable[str] = (), names: str = "") -> str:
    """Return in one line who somebody is: the code, what tells people apart, and names where they were opened."""
    told = [display_card_code(client.code), names, client.get_sex_display()]
    told += [_("born %(year)s") % {"year": client.birth_year}] if client.birth_year else []
    told += [client.ward.name] if client.ward else []
    return " · ".join(str(words) for words in (*told, *numbers) if words)

"""What can be asked about books: what one would add, what was imported, which lines wait."""

from kimbilio.exchange.planning import Counts, counts_kept
from kimbilio.exchange.progress import Progress, progress_of, progress_referred_to
from kimbilio.exchange.queries.imports import clinic_named, import_numbered, imports_at, lines_of, waiting_in
from kimbilio.exchange.queries.previewing import Preview, ShownLine, preview_book, remarks_on
from kimbilio.exchange.queries.taking_out import taken_out_at, taken_out_by_serial
from kimbilio.exchange.queries.uploads import (
    ColumnsShown,
    ShownMark,
    columns_of,
    preview,
    upload_referred_to,
    uploads_of,
)
from kimbilio.exchange.queries.waiting import (
    WaitingLine,
    book_line,
    settled_lately,
    waiting_after,
    waiting_at,
    waiting_count,
)

__all__ = [
    "ColumnsShown",
    "Counts",
    "Preview",
    "Progress",
    "ShownLine",
    "ShownMark",
    "WaitingLine",
    "book_line",
    "clinic_named",
    "columns_of",
    "counts_kept",
    "import_numbered",
    "imports_at",
    "lines_of",
    "preview",
    "preview_book",
    "progress_of",
    "progress_referred_to",
    "remarks_on",
    "settled_lately",
    "taken_out_at",
    "taken_out_by_serial",
    "upload_referred_to",
    "uploads_of",
    "waiting_after",
    "waiting_at",
    "waiting_count",
    "waiting_in",
]

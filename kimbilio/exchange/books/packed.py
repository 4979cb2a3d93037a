"""What a zip file holds, judged from its directory before anything is unpacked."""

import io
import zipfile

from kimbilio.exchange.books import limits
from kimbilio.exchange.books.sheets import UnreadableBook
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.books.workbook import DAMAGED, PASSWORD, TOO_MUCH

_ENCRYPTED = 0x1
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".xz", ".bz2")
_KNOWN = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED

NO_BOOK_INSIDE = say(
    gettext_noop("There is no spreadsheet in this file. Save the book as .xlsx, .ods or .csv, and try again.")
)
A_DOCUMENT = say(
    gettext_noop(
        "This is a written document, not a spreadsheet. Copy its table into a spreadsheet, and try again."
    )
)
AN_ARCHIVE = say(gettext_noop("This is a packed folder. Unpack it, and choose the book itself."))


def check_packed(data: bytes) -> None:
    """Raise UnreadableBook unless the zip file is a spreadsheet of a bearable size, and whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check(packed)
    except UnreadableBook:
        raise
    except RuntimeError as reason:
        raise UnreadableBook(PASSWORD) from reason
    except Exception as reason:  # whatever a broken zip makes the library raise
        raise UnreadableBook(DAMAGED) from reason


def _check(packed: zipfile.ZipFile) -> None:
    files = packed.infolist()
    if any(file.flag_bits & _ENCRYPTED for file in files):
        raise UnreadableBook(PASSWORD)
    _check_content({file.filename.lstrip("/").lower() for file in files})
    unpacked = sum(file.file_size for file in files)
    if len(files) > limits.MOST_PACKED_FILES or unpacked > limits.MOST_UNPACKED:
        raise UnreadableBook(TOO_MUCH)
    for file in files:
        dense = file.file_size > max(limits.ALWAYS_UNPACKED, file.compress_size * limits.MOST_TIMES_PACKED)
        if dense or file.compress_type not in _KNOWN:
            raise UnreadableBook(TOO_MUCH if dense else DAMAGED)
    # Reads every byte once, without keeping any: a reader of sheets stops before the sum that proves them whole.
    if packed.testzip() is not None:
        raise UnreadableBook(DAMAGED)


def _check_content(names: set[str]) -> None:
    is_excel = any(name.startswith("xl/workbook.") for name in names)
    is_open_document = "content.xml" in names
    if is_excel or (is_open_document and not any(name.startswith("word/") for name in names)):
        return
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableBook(A_DOCUMENT)
    if any(name.endswith((*_ARCHIVES, ".xlsx", ".xls", ".ods", ".csv")) for name in names):
        raise UnreadableBook(AN_ARCHIVE)
    raise UnreadableBook(NO_BOOK_INSIDE)

"""The one way into a file: it becomes a Book, or one clear sentence says why not."""

import re
from pathlib import PurePath

from kimbilio.exchange.books import limits
from kimbilio.exchange.books.delimited import NOT_TEXT, read_delimited
from kimbilio.exchange.books.packed import A_DOCUMENT, AN_ARCHIVE, check_packed
from kimbilio.exchange.books.sheets import Book, UnreadableBook
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.exchange.books.workbook import PASSWORD, read_workbook

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The beginning of a workbook (BOF) with the record that asks for a password (FILEPASS) right behind it.
_PROTECTED = re.compile(
    rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]\x00[\x00\x01]\x00", re.DOTALL
)
_NAMES_OF_STREAMS = {"EncryptedPackage": PASSWORD, "WordDocument": A_DOCUMENT}

EMPTY = say(gettext_noop("The file is empty."))
NOTHING_IN_IT = say(gettext_noop("No sheet of the book has anything in it."))
A_PICTURE = say(gettext_noop("This is a picture of a book. Type it into a spreadsheet, and choose that."))
A_PDF = say(gettext_noop("This is a PDF, made for printing. Choose the spreadsheet that it was made from."))
A_WEB_PAGE = say(
    gettext_noop(
        "This is a web page under the name of a book. Open it in a spreadsheet, and save it as .xlsx."
    )
)

# How files begin that people choose by mistake.
_NO_BOOKS: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", A_PDF),
    (b"\x89PNG", A_PICTURE),
    (b"\xff\xd8\xff", A_PICTURE),
    (b"GIF8", A_PICTURE),
    (b"II*\0", A_PICTURE),
    (b"MM\0*", A_PICTURE),
    (b"{\\rtf", A_DOCUMENT),
    (b"Rar!", AN_ARCHIVE),
    (b"7z\xbc\xaf", AN_ARCHIVE),
    (b"\x1f\x8b", AN_ARCHIVE),
    (b"PK\x05\x06", AN_ARCHIVE),
    (b"SQLite format 3\0", NOT_TEXT),
    (b"\x7fELF", NOT_TEXT),
    (b"MZ\x90", NOT_TEXT),
)
_MARKUP = re.compile(rb"\s*<(!doctype|html|table|\?xml|head|body|meta|div|style|!--)", re.IGNORECASE)


def open_book(data: bytes, name: str) -> Book:
    """Return what a file holds, told by its content and not by its name.

    xls, xlsx, xlsb, ods and CSV in any usual encoding. Raises UnreadableBook for everything else, and for what is
    too large, packed too densely, protected, damaged, or empty. The name is only shown.
    """
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableBook(EMPTY)
    if len(data) > limits.MOST_BYTES:
        sentence = gettext_noop(
            "The file is larger than %(most)s MB. Save the sheet you need as a book of its own."
        )
        raise UnreadableBook(say(sentence, most=limits.MOST_BYTES // limits.MEGABYTE))
    book = _opened(data, name)
    if not any(sheet.rows for sheet in book.sheets):
        raise UnreadableBook(NOTHING_IN_IT)
    return book


def _opened(data: bytes, name: str) -> Book:
    if data.startswith(_ZIP):
        check_packed(data)
        return read_workbook(data, name)
    if data.startswith(_OLD_OFFICE):
        _check_old_office(data)
        return read_workbook(data, name)
    for beginning, what in _NO_BOOKS:
        if data.startswith(beginning):
            raise UnreadableBook(what)
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise UnreadableBook(A_WEB_PAGE)
    return read_delimited(data, name, PurePath(name.replace("\\", "/")).stem or "CSV")


def _check_old_office(data: bytes) -> None:
    for stream, what in _NAMES_OF_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            raise UnreadableBook(what)
    if _PROTECTED.search(data):
        raise UnreadableBook(PASSWORD)

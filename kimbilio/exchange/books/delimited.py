"""CSV files: whatever encoding and delimiter they were saved with, read a line at a time."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from kimbilio.exchange.books import limits
from kimbilio.exchange.books.sheets import Book, Cell, Room, Sheet, UnreadableBook
from kimbilio.exchange.books.wording import gettext_noop, say

DELIMITERS = ",;\t|"
_LINES_LOOKED_AT = 60

NOT_TEXT = say(
    gettext_noop("This file is no book that we know. Save it as .xlsx, .ods or .csv, and try again.")
)
UNCLOSED = say(
    gettext_noop(
        "A quotation mark in the file is opened and never closed. Save the book as .xlsx, and try again."
    )
)


def read_delimited(data: bytes, name: str, sheet: str) -> Book:
    """Return the one sheet of a CSV file. Every cell is text, as it was written."""
    encoding = encoding_of(data)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    delimiter, told = delimiter_of(text)
    text.seek(0)
    rows: list[list[Cell]] = []
    room = Room()
    lines = _Lines(text, delimiter)
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            lines.begin()
            rows.append(room.row(sheet, len(rows) + 1, [cell or None for cell in cells]))
    except csv.Error as reason:
        raise UnreadableBook(UNCLOSED) from reason
    except UnicodeError as reason:
        raise UnreadableBook(NOT_TEXT) from reason
    if told and rows:
        rows[0] = []
    while rows and not rows[-1]:
        rows.pop()
    return Book(name, (Sheet(sheet, rows),))


def encoding_of(data: bytes) -> str:
    """Return the encoding of a text file, or raise UnreadableBook where the bytes are no text."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4096]
    if b"\0" in sample:
        evens, odds = sample[::2].count(0), sample[1::2].count(0)
        if max(evens, odds) < len(sample) // 4 or min(evens, odds) > len(sample) // 16:
            raise UnreadableBook(NOT_TEXT)
        return "utf-16-be" if evens > odds else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=True)
    except UnicodeDecodeError:
        return "cp1252" if _is_western_text(data) else "latin-1"
    return "utf-8"


def _is_western_text(data: bytes) -> bool:
    """Tell whether cp1252 can read it; bytes that no text has make it no text at all."""
    strange = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b")
    if strange > len(data) // 200 or data.count(0):
        raise UnreadableBook(NOT_TEXT)
    return not any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def delimiter_of(text: io.TextIOBase) -> tuple[str, bool]:
    """Return the delimiter that divides the first lines most evenly, and whether the first line names it."""
    first = _first_lines(text)
    told = first[0].strip().lower() if first else ""
    if told.startswith("sep=") and len(told) == 5:
        return first[0].strip()[4], True
    return max(DELIMITERS, key=lambda delimiter: _evenness(first, delimiter)), False


def _first_lines(text: io.TextIOBase) -> list[str]:
    try:
        return [line for _number in range(_LINES_LOOKED_AT) if (line := text.readline(20_000))]
    except UnicodeError as reason:
        raise UnreadableBook(NOT_TEXT) from reason


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the same number of cells, if more than one, and how many cells that is."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
    except csv.Error:
        return 0, 0
    del widths[1]
    if not widths:
        return 0, 0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return times, width


class _Lines:
    """The lines of a file, refused before one row of it could fill the memory."""

    def __init__(self, text: io.TextIOBase, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter
        self._cells = 0
        self._long = 0

    def begin(self) -> None:
        """Count from here: the next line begins a row."""
        self._cells = self._long = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(limits.MEGABYTE):
            self._cells += line.count(self._delimiter)
            self._long += len(line)
            # An open quotation mark swallows lines, so what one row takes is counted until it ends.
            if self._cells > 4 * limits.MOST_COLUMNS or self._long >= limits.MEGABYTE:
                sentence = gettext_noop(
                    "A line of the file is too long. Save the book as .xlsx, and try again."
                )
                raise UnreadableBook(say(sentence))
            yield line.replace("\0", "")

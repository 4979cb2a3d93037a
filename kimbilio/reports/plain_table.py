"""A plain CSV table of stays, as any programme can make one: how long, whether they left, and of which group."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path

from kimbilio.reports.rules.survival import Stay

_DELIMITERS = ",;\t"
_COMMA_FOR_POINT = re.compile(
    r"\d+,\d{1,2}"
)  # 12,5 where the spreadsheet is not English; 1,234 could be either
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = b"PK\x03\x04"
_LEFT = {"1": True, "1.0": True, "0": False, "0.0": False}


class TableFault(Exception):  # an answer to the person, not a fault of the program
    """The table cannot be read as stays: one plain sentence, with the line where there is one."""


@dataclass(frozen=True)
class GroupedStay:
    """One line of the table."""

    stay: Stay
    group: str | None


def stays_in(file: Path, *, duration: str, event: str, group: str | None = None) -> list[GroupedStay]:
    """Return the stays of a CSV table; TableFault says in one sentence what is wrong and in which line.

    Commas, semicolons and tabs all part columns, and a byte order mark is no part of a name: spreadsheets write them.
    """
    lines = _lines(file)
    columns = [name for name in (duration, event, group) if name is not None]
    places = dict(zip(columns, _places(file, lines[0][1] if lines else [], columns), strict=True))
    found = [
        GroupedStay(
            Stay(_number(cells, places[duration], duration, line), _left(cells, places[event], event, line)),
            None if group is None else _cell(cells, places[group]),
        )
        for line, cells in lines[1:]
    ]
    if not found:
        raise TableFault(f"{file.name} has no line below its headings.")
    return found


def _lines(file: Path) -> list[tuple[int, list[str]]]:
    """Return each line that is not blank, with its number."""
    text = _text(file)
    if not text.strip():
        raise TableFault(f"{file.name} is empty.")
    first = text.lstrip().splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return [(line, cells) for line, cells in _rows(text, delimiter) if any(map(str.strip, cells))]
    except csv.Error:
        raise TableFault(f"{file.name} is no CSV table.") from None


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as why:
        raise TableFault(f"{file} cannot be read: {(why.strerror or 'no such file').lower()}.") from None
    if content.startswith(_WORKBOOK):
        raise TableFault(f"{file.name} is a workbook: save the sheet as CSV first.")
    try:
        return content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(file: Path, headings: Sequence[str], columns: Sequence[str]) -> list[int]:
    names = [heading.strip() for heading in headings]
    places = []
    for column in columns:
        here = [place for place, name in enumerate(names) if name == column.strip()]
        if len(here) != 1:
            what = f"{len(here)} columns" if here else "no column"
            raise TableFault(f"{file.name} has {what} '{column}': its columns are {', '.join(names)}.")
        places += here
    return places


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _number(cells: Sequence[str], place: int, column: str, line: int) -> float:
    text = _cell(cells, place)
    try:
        number = float(text.replace(",", ".") if _COMMA_FOR_POINT.fullmatch(text) else text)
    except ValueError:
        number = nan
    if not isfinite(number) or "_" in text:
        raise TableFault(f"Line {line}: '{text}' in column '{column}' is not a number.")
    if number < 0:
        raise TableFault(f"Line {line}: '{text}' in column '{column}' is less than nothing.")
    return number


def _left(cells: Sequence[str], place: int, column: str, line: int) -> bool:
    text = _cell(cells, place)
    if text not in _LEFT:
        raise TableFault(
            f"Line {line}: '{text}' in column '{column}' is neither 1 (left) nor 0 (still there)."
        )
    return _LEFT[text]

"""Spreadsheets (xls, xlsx, xlsb, ods), taken apart by a process of their own and received here under limits."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from kimbilio.core.apart import python_apart
from kimbilio.exchange.books import limits
from kimbilio.exchange.books.sheets import Book, Cell, Range, Room, Sheet, UnreadableBook
from kimbilio.exchange.books.wording import gettext_noop, say

_SCRIPT = Path(__file__).with_name("workbook_process.py")

PASSWORD = say(
    gettext_noop("The book is protected by a password. Take the password off, save the book, and try again.")
)
DAMAGED = say(
    gettext_noop("The book is damaged and cannot be read. Open it, save it again as .xlsx, and try again.")
)
TOO_MUCH = say(
    gettext_noop(
        "The book needs more room than is safe. Copy the sheet you need into a new book, and try again."
    )
)
TOO_LONG = say(
    gettext_noop("Reading the book takes too long. Copy the sheet you need into a new book, and try again.")
)
_REFUSED = {"password": PASSWORD, "memory": TOO_MUCH, "damaged": DAMAGED}


def read_workbook(data: bytes, name: str) -> Book:
    """Return the visible sheets of a spreadsheet; values only, never formulas, macros or links."""
    with _answers_of_a_reader(data) as answers:
        return _received(name, answers)


@contextmanager
def _answers_of_a_reader(data: bytes) -> Iterator[Iterator[Any]]:
    """Start the reading process, hand it the file, and yield what it answers; it is gone afterwards."""
    command, environment = python_apart("python_calamine", _SCRIPT)
    process = subprocess.Popen(
        [*command, str(limits.PROCESS_MEMORY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a crash may print what it was reading
        env=environment,
    )
    assert process.stdin
    assert process.stdout
    late = threading.Event()
    clock = threading.Timer(limits.PROCESS_SECONDS, _stop, (process, late))
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    clock.start()
    feeder.start()
    try:
        yield _answers(process.stdout, late)
    finally:
        clock.cancel()
        process.kill()
        process.stdout.close()
        process.wait()
        feeder.join()


def _stop(process: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    process.kill()


def _feed(to: IO[bytes], data: bytes) -> None:
    try:
        with to:
            to.write(data)
    except OSError:
        return  # it ended before it had read all; its answers say why


def _answers(lines: IO[bytes], late: threading.Event) -> Iterator[Any]:
    """Yield each answer. A process that broke off was out of time, out of room, or crashed for want of it."""
    answer: Any = None
    for line in lines:
        try:
            answer = json.loads(line)
        except ValueError:
            break
        if isinstance(answer, dict) and "refused" in answer:
            raise UnreadableBook(_REFUSED.get(answer["refused"], DAMAGED))
        yield answer
    if answer != "end":
        raise UnreadableBook(TOO_LONG if late.is_set() else TOO_MUCH)


def _received(name: str, answers: Iterator[Any]) -> Book:
    """Return the book that the answers tell, each row counted before the next is taken."""
    hidden: tuple[str, ...] = ()
    sheets: list[Sheet] = []
    room, left = Room(), 0
    for answer in answers:
        if isinstance(answer, list):
            rows = sheets[-1].rows
            cells = [value if value is None or type(value) is str else _cell(value) for value in answer]
            rows.append(room.row(sheets[-1].name, len(rows) + 1, [None] * left + cells if left else cells))
        elif isinstance(answer, dict) and "sheet" in answer:
            room.sheet()
            left = answer["column"]
            sheets.append(Sheet(answer["sheet"], [], tuple(_range(merged) for merged in answer["merged"])))
        elif isinstance(answer, dict):
            hidden = tuple(answer["hidden"])
    for sheet in sheets:
        while sheet.rows and not sheet.rows[-1]:
            sheet.rows.pop()
    return Book(name, tuple(sheets), hidden)


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return date.fromisoformat(value[0])
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, float) and not -1e300 < value < 1e300:
        return None  # no number that anybody wrote
    return value


def _range(merged: list[list[int]]) -> Range:
    (top, left), (bottom, right) = merged
    return (top, left), (bottom, right)

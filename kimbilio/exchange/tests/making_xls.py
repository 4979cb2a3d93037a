"""Makes a workbook of Excel 97 to 2003 (xls) for tests: BIFF8 records in a compound file.

Source: the layouts of [MS-XLS] and [MS-CFB], as far as a reader of cells needs them.
"""

import struct
from collections.abc import Sequence
from datetime import date
from typing import Any

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_DAY_FORMAT = 14  # the built-in format of a date


def as_xls(sheets: dict[str, Sequence[Sequence[Any]]], *, protected: bool = False) -> bytes:
    """A workbook with these sheets; dates are numbers in the format of a date."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [_bound_sheet(name, 0) for name in sheets]
    head = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))]
    head += [_record(0x002F, b"\x01\x00" + bytes(52))] if protected else []
    head += [_record(0x0042, b"\xb0\x04"), _format(0), _format(_DAY_FORMAT)]
    at = len(b"".join([*head, *names, _record(0x000A, b"")]))
    bound = []
    for name, body in zip(sheets, bodies, strict=True):
        bound.append(_bound_sheet(name, at))
        at += len(body)
    return _compound_file(b"".join([*head, *bound, _record(0x000A, b""), *bodies]))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _format(number: int) -> bytes:
    return _record(0x00E0, struct.pack("<HHH", 0, number, 0) + bytes(14))


def _bound_sheet(name: str, at: int) -> bytes:
    return _record(0x0085, struct.pack("<IBB", at, 0, 0) + bytes([len(name), 1]) + name.encode("utf-16-le"))


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    records = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))]
    width = max((len(row) for row in rows), default=0)
    records.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                records.append(_cell(line, column, cell))
    return b"".join([*records, _record(0x000A, b"")])


def _cell(line: int, column: int, cell: Any) -> bytes:
    if isinstance(cell, date):
        days = (cell - date(1899, 12, 30)).days
        return _record(0x0203, struct.pack("<HHHd", line, column, 1, days))
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", line, column, 0, cell))
    text = str(cell)
    return _record(0x0204, struct.pack("<HHHHB", line, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _compound_file(stream: bytes) -> bytes:
    """A compound file with one stream, Workbook, in sectors of 512 bytes; never small enough for the small sectors."""
    stream += bytes(-len(stream) % _SECTOR)
    stream += bytes(max(0, 4096 - len(stream)))
    sectors = len(stream) // _SECTOR
    fats = 1
    while fats * 128 < sectors + 1 + fats:
        fats += 1
    chain = [*range(1, sectors), _END, _END, *[_FAT] * fats]  # the stream, the directory, the table itself
    chain += [_FREE] * (fats * 128 - len(chain))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, fats, sectors, 0, 4096, _END, 0, _END, 0)
    table = [sectors + 1 + number for number in range(fats)]
    header += struct.pack("<109I", *table, *[_FREE] * (109 - len(table)))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 0, len(stream)) + bytes(256)
    return header + stream + directory + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    entry = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)

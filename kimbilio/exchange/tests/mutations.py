"""Books damaged in many ways: bytes turned, cut off, parts of the zip changed; some still are books."""

import io
import random
import zipfile
import zlib
from datetime import date

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.tests.event_books import a_book_of_events
from kimbilio.exchange.tests.fiction import some_people, without_repeated_numbers
from kimbilio.exchange.tests.making import as_zip
from kimbilio.exchange.tests.month_books import daily_csv, halves_xls, island_xlsx, weekly_ods
from kimbilio.exchange.tests.programmes import coast_csv, harbour_xlsx, highland_ods
from kimbilio.exchange.tests.visit_books import Style, a_register
from kimbilio.exchange.tests.visit_fiction import some_visits

_EVIL = [
    b"<",
    b">",
    b"&x;",
    b'r="XFD1048576"',
    b'r="A99999"',
    b't="s"',
    b"<v>-1</v>",
    b"<v>99999999</v>",
    b"\0",
    b"\xff",
]
_EVIL += [
    b'table:number-columns-repeated="99999999"',
    b'table:number-rows-repeated="99999999"',
    b"]]>",
    b"<!--",
    b"1e309",
]

_STYLES = (0, 3, 5, 11)  # xlsx, xls, ods and CSV


def some_books() -> list[tuple[str, bytes, Kind]]:
    """A book of every shape and format, small enough to be damaged often."""
    people = some_people(16)
    on_mat = without_repeated_numbers(people)[:6]
    visits = some_visits(people, date(2025, 6, 1), seed=1, a_day=4, days=4)
    return [
        ("coast.csv", coast_csv(people), Kind.LINE_LIST),
        ("harbour.xlsx", harbour_xlsx(people), Kind.LINE_LIST),
        ("highland.ods", highland_ods(people), Kind.LINE_LIST),
        ("island.xlsx", island_xlsx(on_mat), Kind.ATTENDANCE),
        ("weekly.ods", weekly_ods(on_mat), Kind.ATTENDANCE),
        ("halves.xls", halves_xls(on_mat), Kind.ATTENDANCE),
        ("daily.csv", daily_csv(on_mat), Kind.ATTENDANCE),
        *(
            (name, data, Kind.REGISTER)
            for data, name in (a_register(visits, Style(seed)) for seed in _STYLES)
        ),
        *((name, data, Kind.EVENTS) for data, name in (a_book_of_events(seed)[:2] for seed in range(3))),
    ]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same file with one kind of damage."""
    kinds = [_turn_bytes, _cut_off, _cut_out, _double, _write_over]
    if data.startswith(b"PK"):
        kinds += [_damage_a_part] * 4 + [_drop_a_part]
    return chance.choice(kinds)(data, chance)


def _turn_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 10, 200])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 2000) :]


def _double(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 3000)]
    return data[:start] + piece * chance.choice([2, 3, 50]) + data[start:]


def _write_over(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    evil = chance.choice(_EVIL)
    return data[:start] + evil + data[start + chance.choice([0, len(evil)]) :]


def _damage_a_part(data: bytes, chance: random.Random) -> bytes:
    """Damage one packed file and pack it again, so that every sum is right and only the content is not."""
    files = _parts(data)
    name = chance.choice([name for name in files if files[name]] or [""])
    if not name:
        return _turn_bytes(data, chance)
    kinds = [_turn_bytes, _cut_off, _cut_out, _double, _write_over, _write_over]
    files[name] = chance.choice(kinds)(files[name], chance)
    return as_zip(files)


def _drop_a_part(data: bytes, chance: random.Random) -> bytes:
    files = _parts(data)
    if files:
        files.pop(chance.choice(sorted(files)))
    return as_zip(files)


def _parts(data: bytes) -> dict[str, bytes]:
    """The packed files; none where earlier damage left no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return {}

"""Finds canaries in any bytes: as typed, in other writing, and under percent signs, base64, hex, UTF-16 or compression.

Nothing is searched for value by value. Whatever looks like a canary (so many letters in a row, a phone
number, a day of the last century) is brought to one form and looked up; whatever looks like an encoding is
undone and looked into again. So a thousand canaries cost no more than one.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.privacy.canaries import TOKEN, Canaries

_WORDS = re.compile(rb"[A-Za-z]{%d,}" % TOKEN)
_NUMBERS = re.compile(rb"([A-Za-z]{4})[ +/.-]?([0-9]{4})[ +/.-]?([0-9]{4})")
_DIGITS = re.compile(rb"[0-9](?:[ +-]?[0-9]){8,}")
# A key of ours or a digest, as text: nine digits in a row come up in them by chance. Hex is undone below.
_KEYS = re.compile(
    rb"(?<![0-9a-f])(?=[0-9-]*[a-f])(?:[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
)
_DAYS = re.compile(rb"(19[0-9]{2})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})")
_DAYS_FIRST = re.compile(rb"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ](19[0-9]{2})")
_DAYS_IN_WORDS = re.compile(
    rb"([0-9]{1,2})[ -](jan|feb|mar|mac|apr|may|mei|jun|jul|aug|ago|sep|oct|okt|nov|dec|des)[a-z]*,?[ -](19[0-9]{2})",
    re.IGNORECASE,
)
_MONTHS = dict(
    zip(
        "jan feb mar mac apr may mei jun jul aug ago sep oct okt nov dec des".split(),
        (1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12),
        strict=True,
    )
)

_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_LAYERS = 3
_MOST_INFLATED = 1 << 20


class Scanner:
    """Looks for a set of canaries."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries

    def found_in(self, data: bytes, layers: int = _LAYERS) -> set[str]:
        """Return the canaries that can be read in the data."""
        found = set(self._readable(data))
        if layers:
            for hidden in _undone(data):
                found |= self.found_in(hidden, layers - 1)
        return found

    def found_in_text(self, text: str) -> set[str]:
        """Return the canaries that can be read in a text."""
        return self.found_in(text.encode("utf-8", "surrogateescape"))

    def found_in_folder(self, folder: Path, since: float = 0) -> dict[str, set[str]]:
        """Return the canaries in each file below a folder, by its name; also those in names of files.

        Files that nobody wrote to `since` then, when no canary had been typed yet, are left out.
        """
        paths = [path for path in [folder, *sorted(folder.rglob("*"))] if path.lstat().st_mtime >= since]
        found = {str(path): self._found_at(path) for path in paths}
        return {path: canaries for path, canaries in found.items() if canaries}

    def _found_at(self, path: Path) -> set[str]:
        in_name = self.found_in_text(path.name)
        return in_name | self.found_in(path.read_bytes()) if path.is_file() else in_name

    def _readable(self, data: bytes) -> Iterator[str]:
        known = self.canaries
        for run in _WORDS.findall(data):
            letters = run.decode().lower()
            for start in range(len(letters) - TOKEN + 1):
                if letters[start : start + TOKEN] in known.words:
                    yield letters[start : start + TOKEN]
        yield from known.numbers & {b"".join(parts).decode().upper() for parts in _NUMBERS.findall(data)}
        for run in _DIGITS.findall(_KEYS.sub(b" ", data)):
            digits = run.translate(None, b" +-").decode()
            yield from known.phones & {digits[start : start + 9] for start in range(len(digits) - 8)}
        yield from known.birth_dates & set(_days(data))


def _days(data: bytes) -> Iterator[str]:
    for year, month, day in _DAYS.findall(data):
        yield (year + month + day).decode()
    for day, month, year in _DAYS_FIRST.findall(data):
        yield f"{year.decode()}{int(month):02}{int(day):02}"
        yield f"{year.decode()}{int(day):02}{int(month):02}"
    for day, month, year in _DAYS_IN_WORDS.findall(data):
        yield f"{year.decode()}{_MONTHS[month.lower().decode()]:02}{int(day):02}"


def _undone(data: bytes) -> Iterator[bytes]:
    """Yield what stands in the data under another encoding."""
    for pattern, undo in _ENCODINGS:
        for run in pattern.findall(data):
            yield from undo(run)
    for place in _DEFLATED.finditer(data):
        yield _inflated(data[place.start() :])


def _from_hex(run: bytes) -> Iterator[bytes]:
    for start in range(2):
        yield binascii.unhexlify(run[start : start + (len(run) - start) // 2 * 2])


def _from_base64(run: bytes) -> Iterator[bytes]:
    """Yield what a run of letters means, beginning at each of four: nothing says which of them is the first."""
    plain = run.translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        rest = plain[start:]
        yield base64.b64decode(rest[:-1] if len(rest) % 4 == 1 else rest + b"=" * (-len(rest) % 4))


_ENCODINGS: list[tuple[re.Pattern[bytes], Callable[[bytes], Iterable[bytes]]]] = [
    (re.compile(rb"(?:[\x20-\x7e]\x00){8,}"), lambda run: [run[::2]]),
    (re.compile(rb"(?:\x00[\x20-\x7e]){8,}"), lambda run: [run[1::2]]),
    (
        re.compile(rb"[!-~]*%[0-9a-fA-F]{2}[!-~]+"),
        lambda run: [unquote_to_bytes(run.replace(b"+", b" "))],
    ),
    (re.compile(rb"[0-9a-fA-F]{18,}"), _from_hex),
    (re.compile(rb"[A-Za-z0-9+/_-]{12,}"), _from_base64),
]


def _inflated(data: bytes) -> bytes:
    """Return what was compressed here, as far as it can be read; b'' where nothing was."""
    try:
        return zlib.decompressobj(wbits=47).decompress(data[:_MOST_INFLATED], _MOST_INFLATED)
    except zlib.error:
        return b""

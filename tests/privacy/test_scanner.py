"""The scanner finds what the canary tests rely on its finding, however it is written."""

import base64
import gzip
import json
import os
import zlib
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from django.core import signing

from tests.privacy.canaries import Canaries
from tests.privacy.scanner import Scanner

WAYS_TO_WRITE: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "in small letters": lambda text: text.lower().encode(),
    "between other letters": lambda text: b"name=" + text.encode() + b"&then",
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().encode(),
    "hex in capitals, begun in the middle": lambda text: b"A" + text.encode().hex().upper().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one byte on": lambda text: base64.b64encode(b"." + text.encode()),
    "base64, two bytes on": lambda text: base64.b64encode(b".." + text.encode() + b"."),
    "base64 for addresses, without its filling": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(
        b"="
    ),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "a form as sent": lambda text: urlencode({"first": text, "then": "x"}).encode(),
    "an address": lambda text: b"/find?q=" + quote(text, safe="").encode(),
    "compressed": lambda text: zlib.compress(text.encode()),
    "gzip": lambda text: gzip.compress(text.encode()),
    "JSON": lambda text: json.dumps({"name": text}).encode(),
    "a stored sign-in": lambda text: signing.dumps({"typed": text}, compress=True, key="k").encode(),
    "a large stored sign-in": lambda text: signing.dumps(
        {"typed": text, "more": "x" * 500}, compress=True, key="k"
    ).encode(),
    "among noise": lambda text: os.urandom(20_000) + text.encode() + os.urandom(20_000),
}


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
@pytest.mark.parametrize("kind", ["word", "number", "phone", "birth_date"])
def test_a_canary_is_found_however_it_is_written(way: str, kind: str) -> None:
    canaries = Canaries(way + kind)
    typed = [getattr(canaries, kind)() for _ in range(20)]
    scanner = Scanner(canaries)
    missed = [value for value in typed if not scanner.found_in(WAYS_TO_WRITE[way](value))]
    assert not missed


@pytest.mark.parametrize(
    "written",
    [
        "0712345678",
        "0712 345 678",
        "0712-345-678",
        "+254712345678",
        "+254 712 345 678",
        "254712345678",
        "712345678",
    ],
)
def test_a_phone_is_found_in_every_form(written: str) -> None:
    scanner = Scanner(Canaries("", phones={"712345678"}))
    assert scanner.found_in_text(f"call {written}.") == {"712345678"}


@pytest.mark.parametrize(
    "written",
    [
        "1987-03-04",
        "19870304",
        "04/03/1987",
        "4.3.1987",
        "3/4/1987",
        "4 March 1987",
        "04 Mar 1987",
        "4 Machi 1987",
    ],
)
def test_a_birth_date_is_found_in_every_form(written: str) -> None:
    scanner = Scanner(Canaries("", birth_dates={"19870304"}))
    assert scanner.found_in_text(f"born {written},") == {"19870304"}


@pytest.mark.parametrize("written", ["BCDF/1234/5678", "bcdf 1234 5678", "BCDF12345678", "Bcdf-1234.5678"])
def test_an_outside_number_is_found_in_every_form(written: str) -> None:
    scanner = Scanner(Canaries("", numbers={"BCDF12345678"}))
    assert scanner.found_in_text(f"no. {written};") == {"BCDF12345678"}


def test_nothing_is_found_where_nothing_is() -> None:
    canaries = Canaries("nothing")
    for _ in range(250):
        canaries.word(), canaries.number(), canaries.phone(), canaries.birth_date()
    assert not Scanner(canaries).found_in(os.urandom(3_000_000))
    assert not Scanner(canaries).found_in(__doc__.encode())

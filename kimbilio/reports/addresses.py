"""Addresses that open a number: the indicator in the path, its part after it. No name of anybody stands in one."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kimbilio.reports.choices import Split

# A part is asked for as `by-sex`: `site` alone says which sites the whole report is about.
_BY = "by-"


def records_url(code: str, split: Mapping[str, str], month: str, place_query: str) -> str:
    """Return the address of the records behind a figure of a month ('2025-06')."""
    asked = {f"{_BY}{name}": part for name, part in split.items()}
    return with_query(reverse("report_records", args=[month, code]) + place_query, asked)


def with_query(address: str, asked: Mapping[str, str]) -> str:
    """Return an address that asks for these beside what it asks for already."""
    return address + ("&" if "?" in address else "?") + urlencode(asked) if asked else address


def split_asked(query: QueryDict) -> dict[str, str]:
    """Return the part that an address asks for."""
    return {split.value: query.get(_BY + split.value, "") for split in Split if _BY + split.value in query}

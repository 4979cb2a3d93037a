"""Long lists, a page at a time: which page an address asks for, what stands on it, and the way on."""

from dataclasses import dataclass

from django.http import QueryDict

_FIRST, _DIGITS = 1, 6


@dataclass(frozen=True)
class Pages:
    """Where one is in a long list. An address is '' where there is no such page; see core/parts/pages.html."""

    page: int
    last: int
    before_url: str
    after_url: str


def page_asked(query: QueryDict) -> int:
    """Return the page that an address asks for, from 1; the first where that is no number."""
    said = query.get("page", "")
    is_number = said.isascii() and said.isdigit() and len(said) <= _DIGITS
    return max(_FIRST, int(said)) if is_number else _FIRST


def on_page(page: int, size: int) -> slice:
    """Return which rows of a list stand on a page of so many."""
    return slice((page - 1) * size, page * size)


def pages_of(address: str, page: int, *, rows: int, size: int) -> Pages:
    """Return the pages before and after one of a list with so many rows, beside what the address asks for already."""
    last = max(_FIRST, -(-rows // size))
    return Pages(
        page=page,
        last=last,
        before_url=_address(address, page - 1) if _FIRST < page <= last else "",
        after_url=_address(address, page + 1) if page < last else "",
    )


def _address(address: str, page: int) -> str:
    if page == _FIRST:
        return address
    return f"{address}{'&' if '?' in address else '?'}page={page}"

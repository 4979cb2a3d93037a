"""Long lists, a page at a time."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.core.paging import on_page, page_asked, pages_of


@pytest.mark.parametrize("said", ["", "0", "-1", "x", "1.5", "٣", "²", "9" * 7, "9" * 5000])
def test_whatever_is_no_page_asks_for_the_first(said: str):
    assert page_asked(QueryDict(mutable=True) | {"page": said}) == 1 if said else page_asked(QueryDict()) == 1


def test_a_page_is_asked_for_by_its_number():
    assert page_asked(QueryDict("page=12&show=all")) == 12


def test_a_list_that_fits_has_no_other_page():
    pages = pages_of("/lines", 1, rows=50, size=50)
    assert (pages.last, pages.before_url, pages.after_url) == (1, "", "")


def test_the_way_on_keeps_what_the_address_asks_for():
    pages = pages_of("/lines?fate=copy", 2, rows=101, size=50)
    assert (pages.before_url, pages.after_url) == ("/lines?fate=copy", "/lines?fate=copy&page=3")


def test_beyond_the_end_there_is_no_way_on():
    pages = pages_of("/lines", 9, rows=101, size=50)
    assert (pages.before_url, pages.after_url) == ("", "")


@given(st.integers(0, 300), st.integers(1, 60))
def test_walking_the_pages_shows_every_row_once(rows: int, size: int):
    seen, page = [], 1
    while page:
        seen += list(range(rows))[on_page(page, size)]
        page = page + 1 if pages_of("/lines", page, rows=rows, size=size).after_url else 0
    assert seen == list(range(rows))

"""A cell that is written for a spreadsheet stays what it is: text is no formula, and a number is a number."""

import csv
import io

import pytest

from kimbilio.reports.figures import Figure
from kimbilio.reports.writing.csv import csv_of, harmless


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_no_cell_of_a_table_becomes_a_formula(first):
    assert harmless(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["Karuri", "a=b", "25-29", "", "'=1"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_site_named_like_a_formula_is_text_in_the_table_and_a_number_below_nothing_a_number():
    figure = Figure(code="people.new", title="New", value=-4, of=None, split={"site": '=HYPERLINK("x")'})
    _head, row = csv.reader(io.StringIO(csv_of([figure]).decode("utf-8-sig")))
    assert "-4" in row
    assert '\'=HYPERLINK("x")' in row

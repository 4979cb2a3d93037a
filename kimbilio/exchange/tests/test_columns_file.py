"""The file that says which column is which: either way round, as JSON or CSV, or one clear sentence."""

import pytest

from kimbilio.exchange.books.columns_file import GivenColumns, UnclearColumns, read_columns_file
from kimbilio.exchange.books.fields import Kind


def read(text: str, kind: Kind = Kind.LINE_LIST) -> GivenColumns:
    """Read a file of columns."""
    return read_columns_file(text.encode(), kind)


@pytest.mark.parametrize(
    "text",
    [
        '{"NAMBA": "code", "C": "full_name"}',
        '\ufeff{"NAMBA": "Client code", "C": "names"}',
        '{"code": "NAMBA", "full_name": "C"}',
        '{"columns": {"NAMBA": "code", "C": "full_name"}}',
        "heading,field\nNAMBA,code\nC,full_name\n",
        "code,NAMBA\nnames,C",
    ],
)
def test_columns_are_said_either_way_round(text):
    assert read(text).columns == {"code": "NAMBA", "full_name": "C"}


def test_a_field_without_a_column_is_none_and_marks_may_be_said():
    assert read('{"code": "NAMBA", "phone": null}').columns == {"code": "NAMBA", "phone": None}
    said = read(
        '{"columns": {"NAMBA": "mat_number"}, "marks": {"K": "dosed", "": "missed"}}', Kind.ATTENDANCE
    )
    assert said == GivenColumns({"mat_number": "NAMBA"}, {"K": "dosed", "": "missed"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must be JSON"),
        ("[1, 2]", "neither is a field"),
        ("{", "must be JSON"),
        ('{"code": 3}', "must be JSON"),
        ("{}", "must be JSON"),
        ("[" * 5000, "neither is a field|must be JSON"),
        ('{"shoe": "size"}', "'shoe': 'size', and neither is a field"),
        ('{"A": "code", "B": "client code"}', "names 'code' twice"),
        ('{"x": "' + "y" * 200_000 + '"}', "must be JSON"),
    ],
)
def test_what_cannot_be_read_is_said(text, words):
    with pytest.raises(UnclearColumns, match=words):
        read(text)

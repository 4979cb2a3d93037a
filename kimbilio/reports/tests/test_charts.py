"""Pictures: told in words, without script or style, and every number of theirs in its place."""

from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.reports.charts.bars import bar_svg
from kimbilio.reports.charts.months import MonthWords, columns_picture, line_picture
from kimbilio.reports.charts.shapes import TEXT, round_top, svg_of
from kimbilio.reports.charts.staying import CurveWords, staying_picture
from kimbilio.reports.rules.survival import Stay, survival_of

WIDTHS = (320, 440, 640)
TIMES = (0, 182, 365, 547, 730)
SAID = CurveWords(
    "A title", "Some words", "months", ["Watched", "Left", "No longer"], ["0", "6", "12", "18", "24"]
)
NASTY = "<script>alert('&')</script>"


def months(count):
    return MonthWords("A title", "Some words", ["J"] * count, ["2025"] + [""] * (count - 1))


def parsed(picture, name="one"):
    svg = svg_of(picture, name=name)
    assert "style" not in svg
    assert "<script" not in svg
    return Xml.fromstring(svg)


def texts(root):
    return [one.text for one in root.iter() if one.tag.endswith("text")]


def inside(root, picture):
    """Hold that every box, line and text lies in the picture."""
    for one in root:
        for across in ("x", "x1", "x2", "cx"):
            assert -0.1 <= float(one.get(across, 0)) <= picture.width + 0.1, one.attrib
        for down in ("y", "y1", "y2", "cy"):
            assert -0.1 <= float(one.get(down, 0)) <= picture.height + 0.1, one.attrib
        assert float(one.get("width", 0)) >= 0
        assert float(one.get("height", 0)) >= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_curve_is_an_image_with_its_words_and_the_numbers_at_risk(width):
    curve = survival_of(
        [Stay(100, left=True), Stay(400, left=False), Stay(400, left=True), Stay(900, left=False)]
    )
    picture = staying_picture(curve, TIMES, SAID, width=width)
    root = parsed(picture)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "one-title one-words")
    assert [root[0].text, root[1].text] == ["A title", "Some words"]
    shown = texts(root)
    assert shown[shown.index("Watched") + 1 :][:5] == ["4", "3", "3", "1", "1"]
    assert {one.get("font-size") for one in root.iter() if one.tag.endswith("text")} == {str(TEXT)}
    inside(root, picture)


@pytest.mark.parametrize("width", WIDTHS)
@given(st.lists(st.one_of(st.none(), st.integers(0, 40_000)), min_size=1, max_size=24), st.booleans())
def test_months_lie_in_their_picture_whatever_they_hold(width, values, is_open):
    said = months(len(values))
    columns = columns_picture(
        values, values, said, width=width, last_is_open=is_open, labels=("New", "Before")
    )
    line = line_picture(values, said, width=width, last_is_open=is_open)
    for picture in (columns, line):
        inside(parsed(picture), picture)
    assert sum(one.tag.endswith("circle") for one in parsed(line)) == sum(
        value is not None for value in values
    )


def test_a_month_that_is_not_over_is_hatched():
    said = months(2)
    whole = columns_picture([3, 4], [5, 6], said, width=320, labels=("New", "Before"))
    begun = columns_picture([3, 4], [5, 6], said, width=320, labels=("New", "Before"), last_is_open=True)
    assert sum(shape.tag == "path" for shape in whole.shapes) == 0
    assert sum(shape.tag == "path" for shape in begun.shapes) == 1


def test_no_text_becomes_part_of_the_page():
    said = MonthWords(NASTY, NASTY, [NASTY], [NASTY])
    root = parsed(columns_picture([1], [1], said, width=320, labels=(NASTY, NASTY)))
    assert texts(root).count(NASTY) == 4


@given(st.integers(0, 10**7))
def test_a_scale_has_few_lines_and_holds_the_most(most):
    top, step = round_top(most)
    assert top >= most
    assert 1 <= top / step <= 5
    assert top % step == 0


def test_a_bar_is_hidden_from_readers_and_has_its_mark():
    assert 'aria-hidden="true"' in bar_svg(30)
    assert "<line" not in bar_svg(30)
    assert "<line" in bar_svg(30, 100)

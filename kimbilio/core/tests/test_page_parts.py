"""The tags that templates use."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from kimbilio.core.icons import ICONS


def drawn(source, **context):
    return Template("{% load kimbilio %}" + source).render(Context(context))


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_said_to_nobody_and_fetches_nothing(name):
    html = drawn("{% icon name %}", name=name)
    assert 'aria-hidden="true"' in html
    assert "style=" not in html
    assert "href" not in html


@pytest.mark.parametrize(("plain", "shown"), [("K7M49RW", "K7M-49RW"), ("K7M-49RW", "K7M-49RW"), ("", "")])
def test_a_card_code_is_shown_as_it_is_printed(plain, shown):
    assert drawn("{{ plain|code }}", plain=plain) == shown


def test_a_time_is_told_in_numerals_and_in_our_time_zone():
    assert drawn("{% moment when %}", when=datetime(2026, 7, 31, 4, 0, tzinfo=UTC)) == (
        '<time datetime="2026-07-31T07:00+03:00">31 July 2026, 07:00</time>'
    )


def test_a_day_is_told_in_the_language_of_the_page():
    with translation.override("sw"):
        assert "31 Julai 2026" in drawn("{% moment when %}", when=date(2026, 7, 31))


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_moment_is_no_words(nothing):
    assert drawn("{% moment when %}", when=nothing) == ""


def test_words_in_place_of_a_moment_are_not_taken_for_mark_up():
    assert drawn("{% moment when %}", when="<b>") == "&lt;b&gt;"


def test_no_summary_is_drawn_where_there_is_no_form():
    assert drawn("{% error_summary form %}").strip() == ""

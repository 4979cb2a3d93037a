"""The stylesheet, the script and the bare page: small, our own, and silent about everybody."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

LOOK = Path(__file__).resolve().parent.parent / "static" / "core"
CSS = (LOOK / "kimbilio.css").read_text("utf-8")
SCRIPT = (LOOK / "kimbilio.js").read_text("utf-8")
# Those of every room.
SCRIPTS = sorted(LOOK.parents[2].glob("*/static/**/*.js"))
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_stylesheet_stays_within_eight_kilobytes():
    assert len(gzip.compress(CSS.encode())) <= 8 * 1024


def test_the_script_stays_within_four_kilobytes():
    assert len(gzip.compress(SCRIPT.encode())) <= 4 * 1024


@pytest.mark.parametrize("text", [CSS, *(script.read_text("utf-8") for script in SCRIPTS)])
def test_nothing_is_fetched_from_elsewhere(text):
    assert not re.search(r"@import|@font-face|url\(|https?:", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_keeps_nothing_in_the_browser_and_runs_no_text(script):
    assert not re.search(
        r"localStorage|sessionStorage\.|indexedDB|document\.cookie|eval\(|innerHTML|outerHTML|insertAdjacentHTML"
        r"|document\.write|new Function|window\.onmessage|__proto__",
        script.read_text("utf-8"),
    )


@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("words", ["ink", "muted", "brand", "brand-deep", "danger"])
def test_words_can_be_read_in_the_sun(words, ground):
    assert contrast(words, ground) >= 7


@pytest.mark.parametrize("ground", ["tint", "rose", "straw"])
@pytest.mark.parametrize("words", ["ink", "muted", "danger", "brand-deep"])
def test_words_can_be_read_on_a_tinted_ground(words, ground):
    assert contrast(words, ground) >= 4.5


def test_the_edge_of_a_field_can_be_seen():
    assert contrast("line", "paper") >= 3


@pytest.mark.parametrize("name", ["core/hidden.html", "core/locked.html", "500.html"])
def test_a_page_that_stands_alone_needs_no_context_and_asks_for_no_script(name):
    html = render_to_string(name)
    assert "<title>Kimbilio</title>" in "".join(html.split("\n")).replace("  ", "")
    assert "<script" not in html


def test_every_page_has_a_neutral_title_and_asks_to_be_forgotten():
    request = RequestFactory().get("/nowhere")
    html = render_to_string("404.html", request=request)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert title[1].strip() == "Kimbilio"
    for promise in (
        'content="same-origin"',
        'content="noindex',
        'translate="no"',
        '"historyCacheSize":0',
        '"allowEval":false',
    ):
        assert promise in html

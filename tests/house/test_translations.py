"""Translations: every string is found, has its Kiswahili, keeps its placeholders, and none is thrown away."""

import ast
import re
from pathlib import Path

import pytest

from hatch_build import compile_catalogues
from tests.house.tree import Module, modules, read
from tools.found_messages import Message, UnreadableTemplate, in_libraries, in_template
from tools.messages import catalogue_path, missing_messages, update

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package with one Python file, one page and one borrowed string."""
    pages = tmp_path / "kimbilio" / "desk" / "templates" / "desk"
    pages.mkdir(parents=True)
    (pages.parents[1] / "views.py").write_text('from x import gettext as _\n_("Find %(code)s")\n', "utf-8")
    (pages / "find.html").write_text("{% load i18n %}<h1>{% translate 'Find' %}</h1>", "utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "foreign_messages.txt").write_text("# borrowed\nSign in\n", "utf-8")
    return tmp_path


def translate(house: Path, english: str, kiswahili: str) -> None:
    """Write a translation into the Kiswahili file, as a person would."""
    path = catalogue_path(house, "sw")
    text = path.read_text("utf-8")
    before, found, after = text.partition(f'msgid "{english}"\nmsgstr "')
    assert found, text
    path.write_text(before + found + kiswahili + after[after.index('"') :], "utf-8")


def test_every_string_of_this_house_has_its_kiswahili():
    assert missing_messages(ROOT) == []


def names_that_hide_strings(modules: list[Module]) -> list[str]:
    """Where a function that translates is given a name by which no string is found."""
    return [
        f"{module.place}:{node.lineno}: {alias.name} as {alias.asname}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and alias.asname not in (None, "_")
    ]


def test_every_string_that_code_translates_is_found_by_the_name_of_what_translates_it(tmp_path):
    assert names_that_hide_strings(modules()) == []
    hiding = tmp_path / "hiding.py"
    hiding.write_text("from django.utils.translation import gettext as _now\n", "utf-8")
    assert names_that_hide_strings([read(hiding)]) == ["hiding.py:1: gettext as _now"]


def test_strings_are_found_in_code_pages_and_the_list_of_borrowed_ones(small_house):
    faults = missing_messages(small_house)
    assert [re.findall(r"'(.+)' \((.+)\)", fault)[0] for fault in faults] == [
        ("Find", "kimbilio/desk/templates/desk/find.html"),
        ("Find %(code)s", "kimbilio/desk/views.py"),
        ("Sign in", "tools/foreign_messages.txt"),
    ]
    assert all(": not in the file: " in fault for fault in faults)


def test_updating_adds_what_is_new_and_keeps_what_was_translated(small_house):
    update(small_house, "sw")
    translate(small_house, "Sign in", "Ingia")
    (small_house / "kimbilio" / "desk" / "actions.py").write_text('_("Register")\n', "utf-8")
    text = update(small_house, "sw").read_text("utf-8")
    assert 'msgid "Sign in"\nmsgstr "Ingia"' in text
    assert 'msgid "Register"\nmsgstr ""' in text


def test_updating_twice_changes_nothing(small_house):
    first = update(small_house, "sw").read_bytes()
    assert update(small_house, "sw").read_bytes() == first


def test_a_translation_whose_string_went_away_returns_with_it(small_house):
    page = small_house / "kimbilio" / "desk" / "templates" / "desk" / "find.html"
    words = page.read_text("utf-8")
    update(small_house, "sw")
    translate(small_house, "Find", "Tafuta")
    page.write_text("", "utf-8")
    assert '#~ msgstr "Tafuta"' in update(small_house, "sw").read_text("utf-8")
    page.write_text(words, "utf-8")
    assert '\nmsgid "Find"\nmsgstr "Tafuta"' in update(small_house, "sw").read_text("utf-8")


def test_a_placeholder_that_was_lost_in_translation_is_a_fault(small_house):
    update(small_house, "sw")
    for english, kiswahili in (
        ("Find", "Tafuta"),
        ("Sign in", "Ingia"),
        ("Find %(code)s", "Tafuta %(kodi)s"),
    ):
        translate(small_house, english, kiswahili)
    assert missing_messages(small_house) == [
        "sw: placeholders differ: 'Find %(code)s' (kimbilio/desk/views.py)"
    ]
    translate(small_house, "Find %(code)s", "Tafuta %(code)s")
    assert missing_messages(small_house) == []


def test_an_empty_translation_is_a_fault(small_house):
    update(small_house, "sw")
    assert all(": not translated: " in fault for fault in missing_messages(small_house))


def test_the_file_says_that_it_holds_drafts(small_house):
    assert "awaits review by a speaker" in update(small_house, "sw").read_text("utf-8")


def faults_of_plural(house: Path, one: str, many: str) -> list[str]:
    """The faults of a plural string with these two translations."""
    (house / "kimbilio" / "desk" / "views.py").write_text('ngettext("One", "%(n)s people", n)\n', "utf-8")
    path = update(house, "sw")
    empty = re.compile(r'msgstr\[0\] ".*"\nmsgstr\[1\] ".*"')
    path.write_text(empty.sub(f'msgstr[0] "{one}"\nmsgstr[1] "{many}"', path.read_text("utf-8")), "utf-8")
    return [fault for fault in missing_messages(house) if "'One'" in fault]


def test_the_form_for_one_person_may_leave_the_number_out_but_the_last_may_not(small_house):
    assert faults_of_plural(small_house, "Mtu mmoja", "Watu %(n)s") == []
    assert faults_of_plural(small_house, "Mtu %(n)s", "Watu")[0].startswith("sw: placeholders differ: ")


def test_a_page_gives_its_strings_with_plural_context_and_filters():
    page = """{% load i18n %}{{ name|default:_("no name") }} {% translate "May" context "month" %}
        {% blocktranslate count n=n trimmed %}one
        person{% plural %}{{ n }} people{% endblocktranslate %}"""
    assert set(in_template(page, "page.html")) == {
        Message("no name"),
        Message("May", context="month"),
        Message("one person", "%(n)s people"),
    }


def test_a_page_that_cannot_be_taken_apart_is_named():
    with pytest.raises(UnreadableTemplate, match=r"broken\.html"):
        list(
            in_template("{% load i18n %}{% blocktranslate %}{% if x %}{% endblocktranslate %}", "broken.html")
        )


def test_a_borrowed_string_may_have_a_plural_a_context_and_line_ends(tmp_path):
    listed = tmp_path / "foreign.txt"
    listed.write_text("[field] Code\none || many\\n\n", "utf-8")
    assert list(in_libraries(listed)) == [Message("Code", context="field"), Message("one", "many\n")]


def test_compiling_writes_a_catalogue_that_python_reads(small_house):
    update(small_house, "sw")
    translate(small_house, "Sign in", "Ingia")
    (compiled,) = compile_catalogues(small_house)
    assert compiled.suffix == ".mo"
    assert b"Ingia" in compiled.read_bytes()

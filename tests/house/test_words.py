"""Words we do not use of people (words.txt) stand nowhere that people read, in either language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, docstrings, modules, planted
from tools.found_messages import found_messages
from tools.messages import LANGUAGES, read_catalogue

LIST = Path(__file__).with_name("words.txt")
COMMENT = re.compile(r"{#.*?#}|{%-?\s*comment\b.*?%}.*?{%-?\s*endcomment\s*%}", re.DOTALL)
# A button repeats its verb ('Put it away', 'Usifute, rudi'): two Kenyan applications label Cancel with 'Delete'.
# Source: docs/sources.md, 'Words' (buttons repeat their verb).
BARE = {"cancel", "futa", "ghairi", "sitisha", "tamatisha"}
Text = tuple[str, str]


def listed(section: str) -> list[str]:
    """The words of one section of the list."""
    body = LIST.read_text("utf-8").split(f"[{section}]\n")[1].split("\n[")[0]
    return [line.split("|")[0].strip() for line in body.splitlines() if line and not line.startswith("#")]


def pattern(words: list[str]) -> re.Pattern[str]:
    """What finds any of these words, whole."""
    spelled = [re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)


EVERYWHERE = pattern(listed("everywhere"))
SHOWN = pattern(listed("everywhere") + listed("shown"))


def found(texts: Iterator[Text] | list[Text], words: re.Pattern[str]) -> list[str]:
    """Every use of such a word, as 'place: word'."""
    return [f"{place}: {hit}" for place, text in texts for hit in words.findall(text)]


def messages() -> Iterator[Text]:
    """Every string that pages and messages show, in every language."""
    for message, places in found_messages(ROOT).items():
        yield places[0], f"{message.id} \n {message.plural}"
    for language in LANGUAGES:
        for entry in read_catalogue(ROOT, language):
            strings = entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)
            yield language, " \n ".join(filter(None, strings))


def literals() -> Iterator[Text]:
    """Every text in the product's Python but its docstrings: what the terminal says stands nowhere else."""
    for module in modules():
        without = docstrings(module.tree)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in without:
                yield f"{module.place}:{node.lineno}", node.value


def pages() -> Iterator[Text]:
    """Every template without its comments, every script, and every document."""
    files = [*PACKAGE.rglob("templates/**/*.*"), *PACKAGE.rglob("static/**/*.js")]
    files += [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *PACKAGE.rglob("*.md")]
    for path in sorted(files):
        yield path.relative_to(ROOT).as_posix(), COMMENT.sub("", path.read_text("utf-8"))


def bare_buttons(texts: list[str]) -> list[str]:
    """Strings that are nothing but a bare Cancel, in either language."""
    return [text for text in texts if text.strip().strip(".!").lower() in BARE]


def test_no_string_that_pages_show_has_a_word_we_do_not_use():
    faults = found(messages(), SHOWN)
    assert not faults, "\n".join(faults)


def test_no_text_in_the_code_has_one():
    faults = found(literals(), EVERYWHERE)
    assert not faults, "\n".join(faults)


def test_no_page_script_or_document_has_one():
    faults = found(pages(), EVERYWHERE)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("word", listed("everywhere") + listed("shown"))
def test_every_word_of_the_list_is_found_whatever_its_case_and_ending(word):
    said = word.replace("*", "s").replace(" ", "-").upper()
    assert found([("page", f"How many: {said}.")], SHOWN) == [f"page: {said}"]


@pytest.mark.parametrize(
    "said",
    [
        "A sign-in was refused",
        "Clean up the area",
        "Be patient",
        "Materials",
        "Mtu mmoja",
        "addictive",
        "Lostock",
    ],
)
def test_words_that_only_look_alike_are_let_be(said):
    assert found([("page", said)], SHOWN) == []


def test_every_word_has_a_note_that_says_what_to_say_instead():
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line and line[0] not in "#["]
    assert [line for line in lines if not re.fullmatch(r"[\w *'-]+ \| \S.*", line)] == []
    assert len(lines) == len({line.split("|")[0] for line in lines})


def test_a_word_in_the_code_is_found_and_one_in_a_docstring_is_not():
    tree = planted('def f():\n    """Never addict."""\n    print("addicts")').tree
    texts = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings(tree)
    ]
    assert found([("f", str(node.value)) for node in texts], EVERYWHERE) == ["f: addicts"]


def test_no_button_is_a_bare_cancel():
    faults = bare_buttons([text for _place, both in messages() for text in both.split(" \n ")])
    assert not faults, "\n".join(faults)


def test_a_bare_cancel_is_found_in_both_languages():
    assert bare_buttons(["Cancel", "Futa", "Futa rekodi", "Cancel the visit", "Ghairi"]) == [
        "Cancel",
        "Futa",
        "Ghairi",
    ]

"""Finds every string that people can read: in Python, in templates, and in libraries whose pages we show.

Babel reads Python and Django takes templates apart, so that the gettext programs are needed by nobody.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = "kimbilio"
TEMPLATE_ENDINGS = (".html", ".txt", ".svg")
NOT_FOR_PEOPLE = ("tests", "migrations")
FOREIGN = Path("tools") / "foreign_messages.txt"
# What each function is given, as Babel writes it: the n-th argument is an id, or (with "c") the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)


class Message(NamedTuple):
    """One string to translate: its id, its plural when it counts something, its context when the id is ambiguous."""

    id: str
    plural: str = ""
    context: str = ""


class UnreadableTemplate(Exception):
    """A template that Django itself cannot take apart."""


def found_messages(root: Path) -> dict[Message, list[str]]:
    """Return every message under the root, each with the files it is in."""
    places: dict[Message, set[str]] = defaultdict(set)
    for path in _files(root, (".py",)):
        for message in in_python(path):
            places[message].add(path.relative_to(root).as_posix())
    for path in _files(root, TEMPLATE_ENDINGS):
        for message in in_template(path.read_text("utf-8"), str(path.relative_to(root))):
            places[message].add(path.relative_to(root).as_posix())
    for message in in_libraries(root / FOREIGN):
        places[message].add(FOREIGN.as_posix())
    return {message: sorted(places[message]) for message in sorted(places)}


def _files(root: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Yield the package's files of some kinds, but for those that no person on the desk will read."""
    for path in sorted((root / PACKAGE).rglob("*")):
        inside = path.relative_to(root).parts
        is_page = path.suffix == ".py" or "templates" in inside
        if path.suffix in endings and is_page and not set(NOT_FOR_PEOPLE) & set(inside):
            yield path


def in_python(path: Path) -> Iterator[Message]:
    """Yield the messages of one Python file."""
    with path.open("rb") as file:
        for _line, ids, _comments, context in extract("python", file, keywords=KEYWORDS):
            single, plural = ids if isinstance(ids, tuple) else (ids, "")
            yield Message(single, plural, context or "")


def in_template(source: str, name: str) -> Iterator[Message]:
    """Yield the messages of one template.

    Django turns a template into calls among blanked-out text. That is no valid Python, so the calls are picked out.
    """
    try:
        calls = templatize(source, origin=name)
    except SyntaxError as reason:
        raise UnreadableTemplate(f"{name}: {reason}") from reason
    for function, arguments in CALL.findall(calls):
        yield _from_call(function, re.findall(STRING, arguments, re.DOTALL))


def _from_call(function: str, literals: Iterable[str]) -> Message:
    """Return the message that a call with these string literals stands for."""
    words = [str(ast.literal_eval(literal)) for literal in literals]
    context = words.pop(0) if "pgettext" in function else ""
    plural = words[1] if function.startswith("n") else ""
    return Message(words[0], plural, context)


def in_libraries(path: Path) -> Iterator[Message]:
    r"""Yield the messages listed in a file, one a line: `id`, `id || plural`, `[context] id`; `\n` is a new line."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in (line.strip() for line in lines):
        if line and not line.startswith("#"):
            context, _bracket, rest = line[1:].partition("] ") if line.startswith("[") else ("", "", line)
            single, _bars, plural = rest.replace(r"\n", "\n").partition(" || ")
            yield Message(single, plural, context)

"""Checks every template: it compiles, holds nothing inline or from outside, and no words without a translation.

What one block sets is gone in the next, and would be shown there as nothing: an address that leads nowhere.

The content security policy would silently drop an inline style or script; here it is refused before anyone sees that.
"""

import os
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = re.compile(
    r"{%-?\s*(blocktrans(?:late)?|comment|verbatim)\b.*?%}.*?{%-?\s*end\1\s*%}", re.DOTALL
)
MARK_UP = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
BLOCK = re.compile(r"{%\s*(block|endblock)\b\s*(\w*).*?%}")
SETS = re.compile(r"{%[^%]*\bas (\w+)\s*%}")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
EXTENDS = re.compile(r"{%\s*extends\b")
# Such a block is no text: it fills in attributes, or a class, of an element in the page that is extended.
ATTRIBUTES = re.compile(r"{%\s*block\s+\w*attributes\s*%}(.*?){%\s*endblock\b.*?%}", re.DOTALL)
CLASS = re.compile(r"{%\s*block\s+\w*class\s*%}(.*?){%\s*endblock\b.*?%}", re.DOTALL)
SHOWN_ATTRIBUTES = ("alt", "aria-description", "aria-label", "label", "placeholder", "title")
ADDRESS_ATTRIBUTES = ("action", "formaction", "href", "poster", "src", "srcset", "xlink:href")
FROM_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
NOT_A_PAGE = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)
# Elements whose text is not language: what is typed, pressed or printed by a machine. Any other says translate="no".
NOT_LANGUAGE = ("code", "kbd", "samp", "script", "style")
NAMES = ("Kimbilio", "Kiswahili", "English")
WORD = re.compile(r"[^\W\d_]{2,}")


class Reader(HTMLParser):
    """Reads one template and notes its faults, each as (line, words)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[tuple[int, str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element's attributes, and remember elements whose text is not language."""
        if tag in NOT_LANGUAGE or tag in self._inside or dict(attrs).get("translate") == "no":
            self._inside.append(tag)
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self._note(f"an inline <{tag}>")
        for name, value in attrs:
            self._look_at(name, value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element that closes itself."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text is not language."""
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        """Note words that stand in the page without a translation."""
        words = untranslated(data)
        if words and not self._inside:
            self._note(f"words without a translation: {words!r}")

    def _look_at(self, name: str, value: str) -> None:
        """Note what an attribute should not be or say."""
        if name == "style" or name.startswith(("on", "hx-on")):
            self._note(f"an inline {name}=")
        if name in ADDRESS_ATTRIBUTES and (FROM_OUTSIDE.match(value) or NOT_A_PAGE.match(value)):
            self._note(f"an address from outside: {value!r}")
        if name in SHOWN_ATTRIBUTES and untranslated(value):
            self._note(f"{name}= without a translation: {value!r}")

    def _note(self, fault: str) -> None:
        """Keep a fault with the line it is on."""
        self.faults.append((self.getpos()[0], fault))


def untranslated(text: str) -> str:
    """Return the text when it has words of a language other than names; otherwise nothing."""
    words = [word for word in WORD.findall(text) if word not in NAMES]
    return " ".join(text.split()) if words else ""


def faults_of(source: str) -> list[tuple[int, str]]:
    """Return the faults of one template's source, each as (line, words)."""
    reader = Reader()
    if EXTENDS.search(source):
        source = CLASS.sub(r'<body class="\1">', ATTRIBUTES.sub(r"<body \1>", source))
    reader.feed(MARK_UP.sub(_blank, TRANSLATED.sub(_blank, source)))
    reader.close()
    return reader.faults


def gone_by_then(source: str) -> list[str]:
    """Return the names that one block sets and that only another one uses."""
    blocks = [source[start:end] for start, end in _outer_blocks(source)]
    sets = [set(SETS.findall(block)) for block in blocks]
    faults = []
    for block, here in zip(blocks, sets, strict=True):
        used = QUOTED.sub("", " ".join(found.group(0) for found in MARK_UP.finditer(block)))
        elsewhere = set().union(*sets) - here
        faults += [name for name in sorted(elsewhere) if re.search(rf"(?<![\w.]){name}\b", used)]
    return faults


def _outer_blocks(source: str) -> Iterator[tuple[int, int]]:
    """Yield where each block begins and ends that is inside no other."""
    depth, start = 0, 0
    for found in BLOCK.finditer(source):
        depth += 1 if found[1] == "block" else -1
        if depth == 1 and found[1] == "block":
            start = found.end()
        elif depth == 0:
            yield start, found.start()


def _blank(match: re.Match[str]) -> str:
    """Return as many line breaks as the match had, so that the lines keep their numbers."""
    return "\n" * match.group(0).count("\n")


def templates(root: Path) -> Iterator[Path]:
    """Yield every page template of the package."""
    for path in sorted((root / "kimbilio").rglob("templates/**/*")):
        if path.suffix in (".html", ".svg"):
            yield path


def fault_of_compiling(path: Path) -> str:
    """Return why Django cannot compile a template, or nothing. Django must be set up."""
    try:
        engines["django"].from_string(path.read_text("utf-8"))
    except TemplateSyntaxError as reason:
        return str(reason)
    return ""


def all_faults(root: Path) -> list[str]:
    """Return every fault of every template, as `file:line: fault`."""
    faults = []
    for path in templates(root):
        name = path.relative_to(root).as_posix()
        broken = fault_of_compiling(path)
        faults += [f"{name}: {broken}"] if broken else []
        gone = gone_by_then(path.read_text("utf-8"))
        faults += [f"{name}: {variable} is set in another block, and gone by then" for variable in gone]
        faults += [f"{name}:{line}: {fault}" for line, fault in faults_of(path.read_text("utf-8"))]
    return faults


def main() -> int:
    """Print every fault and answer 1 when there is one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimbilio.config.settings")
    django.setup()
    faults = all_faults(ROOT)
    print("\n".join(faults) or "No fault in any template.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())

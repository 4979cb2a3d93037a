"""Keeps the translation files in step with the code: `make messages` updates them, `--check` says what is missing.

As a library: `missing_messages(root)` returns the same list as `--check` prints.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from tools.found_messages import PACKAGE, Message, found_messages

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"sw": "Kiswahili"}
LINE_WIDTH = 100
HEADER = """\
# Kimbilio in {language}.
# Drafts: every {language} string awaits review by a speaker.
# Updated by `make messages`; the translations themselves are written here, by hand.
#"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|(?<!\{)\{(\w*)[^{}]*\}(?!\})|%([sd])")


def catalogue_path(root: Path, language: str) -> Path:
    """Return where the translations of a language are kept."""
    return root / PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(root: Path, language: str) -> Catalog:
    """Return the translations of a language, none when there is no file yet."""
    path = catalogue_path(root, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing_messages(root: Path) -> list[str]:
    """Return, in words, every string without a sound translation, for every language; empty when all is well."""
    found = found_messages(root)
    faults = []
    for language in LANGUAGES:
        catalogue = read_catalogue(root, language)
        for message, places in found.items():
            fault = fault_of(message, find(catalogue, message))
            if fault:
                faults.append(f"{language}: {fault}: {message.id!r} ({', '.join(places)})")
    return faults


def find(catalogue: Catalog, message: Message) -> Entry | None:
    """Return the catalogue's entry for a message. Plural entries are looked up by their singular."""
    return catalogue.get(message.id, message.context or None)


def fault_of(message: Message, entry: Entry | None) -> str:
    """Return what is wrong with the translation of a message, or nothing."""
    if entry is None:
        return "not in the file"
    strings = entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)
    if not all(strings):
        return "not translated"
    if entry.fuzzy:
        return "marked fuzzy, so not shown"
    if message.plural and not isinstance(entry.id, (list, tuple)):
        return "has no plural forms"
    # What is counted in one place and named in another is one entry: its first form is then the name.
    return _fault_of_strings(
        message, [str(string) for string in (strings if message.plural else strings[:1])]
    )


def _fault_of_strings(message: Message, strings: list[str]) -> str:
    """Compare placeholders and line ends. The form for one may leave the number out; the last form may not."""
    wanted = placeholders(message.plural or message.id)
    if placeholders(strings[-1]) != wanted or any(not placeholders(string) <= wanted for string in strings):
        return "placeholders differ"
    if any(string.endswith("\n") != message.id.endswith("\n") for string in strings):
        return "line ends differ"
    return ""


def placeholders(text: str) -> set[str]:
    """Return the names in %(name)s and {name}, and the bare %s and %d, that a text asks to have filled in."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def update(root: Path, language: str) -> Path:
    """Rewrite a language's file with every message found, keeping each translation that still has a use.

    A translation whose string is gone stays at the end, marked `#~`, and comes back with its string.
    """
    old = read_catalogue(root, language)
    new = _empty_like(old, language)
    found = found_messages(root)
    for message, places in found.items():
        entry = find(old, message) or old.obsolete.get(_key(message.id, message.context))
        new.add(
            (message.id, message.plural) if message.plural else message.id,
            _translation(entry, plural=bool(message.plural)),
            locations=[(place, 0) for place in places],
            flags=entry.flags & {"fuzzy"} if entry else (),
            user_comments=entry.user_comments if entry else (),
            context=message.context or None,
        )
    _keep_unused(old, new)
    return _write(root, language, new)


def _empty_like(old: Catalog, language: str) -> Catalog:
    """Return a catalogue with our header and the old one's date, so that a run without news changes nothing."""
    return Catalog(
        locale=language,
        header_comment=HEADER.format(language=LANGUAGES[language]),
        project="Kimbilio",
        version="drafts",
        msgid_bugs_address="see README.md",
        last_translator="a draft, for a speaker to review",
        language_team=LANGUAGES[language],
        creation_date=old.creation_date,
        revision_date=old.creation_date,
        fuzzy=False,
    )


def _translation(entry: Entry | None, *, plural: bool) -> tuple[str, ...] | str:
    """Return the old translation in the shape the message now has; a single one serves as every plural form."""
    string = entry.string if entry else ""
    forms = tuple(string) if isinstance(string, (list, tuple)) else (string or "",)
    if plural:
        return forms if len(forms) > 1 else forms * 2
    return forms[0]


def _keep_unused(old: Catalog, new: Catalog) -> None:
    """Carry over translations that nothing asks for any more."""
    for entry in [*old.obsolete.values(), *(entry for entry in old if entry.id)]:
        single = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        if any(entry.string or "") and new.get(single, entry.context) is None:
            new.obsolete[_key(single, entry.context)] = entry


def _key(single: str, context: str | None) -> str | tuple[str, str]:
    """Return the name under which Babel keeps an unused entry."""
    return (single, context) if context else single


def _write(root: Path, language: str, catalogue: Catalog) -> Path:
    """Write a catalogue sorted by message and without line numbers: a change shows as that change alone."""
    path = catalogue_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=LINE_WIDTH, sort_output=True, include_lineno=False)
    return path


def main(arguments: list[str]) -> int:
    """Update every file, or with `--check` answer 1 and list what is missing."""
    if "--check" not in arguments:
        for language in LANGUAGES:
            print(f"Updated {update(ROOT, language).relative_to(ROOT)}")
    faults = missing_messages(ROOT)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} to translate or mend.")
    return int(bool(faults) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

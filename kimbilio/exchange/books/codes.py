"""Codes typed many ways: 'kss 0048', 'KSS/0048', 'KSS-OO48', 'KSSO048' are one code, in the form most others have.

No programme's form of code is known beforehand: it is learned from the column itself.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Cell

_RUNS = re.compile(r"[A-Z]+|[0-9]+")
_DIGITS_AND_O = re.compile(r"[0-9O]*[0-9][0-9O]*")
_BETWEEN = re.compile(r"[\s\-/_.:\\\u2010-\u2015]+")
# A code of no common form: a few letters and figures, hardly divided, and no sentence.
_LOOKS_LIKE_ONE = re.compile(r"[A-Z]{0,6}(?:[\-/_.: ]?[A-Z0-9]{1,10}){1,4}")
_TWO_WORDS = re.compile(r"[A-Z]{2,} [A-Z]{2,}")
_MOST, _LEAST = 24, 2
_COMMON = 0.03  # the share of a column that makes a form of it
_THE_FORM = 0.9  # the share that makes it the form, in which zeros may be filled in


class ReadCode(NamedTuple):
    """A code in its one form; `filled_in` where zeros or letters were missing and the column says which."""

    code: str
    filled_in: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """Letters and widths of figures, such as KSS and 4, and what most people put between them."""

    parts: tuple[str | int, ...]
    between: tuple[str, ...]
    pattern: re.Pattern[str]

    def written(self, compact: str) -> str | None:
        """Return a compact code in this form, or None where it has another."""
        found = self.pattern.fullmatch(compact)
        return self.join(found.groups()) if found else None

    def join(self, groups: tuple[str, ...]) -> str:
        """Return the parts as they are written in this form."""
        pieces = [
            part if isinstance(part, str) else group.replace("O", "0")
            for part, group in zip(self.parts, groups, strict=True)
        ]
        return "".join(piece + sign for piece, sign in zip(pieces, (*self.between, ""), strict=True))


class CodeForms:
    """The forms of code in one column, the commonest first."""

    def __init__(self, column: Iterable[Cell]) -> None:
        seen: Counter[tuple[str | int, ...]] = Counter()
        between: dict[tuple[str | int, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
        zero_leads = False
        for cell in column:
            parts, signs = _taken_apart(text_of(cell).upper())
            if not any(part.isdigit() for part in parts):
                continue
            shape = tuple(len(part) if part.isdigit() else part for part in parts)
            seen[shape] += 1
            between[shape][signs] += 1
            zero_leads = zero_leads or (parts[-1].startswith("0") and len(parts[-1]) > 1)
        count = sum(seen.values())
        common = [shape for shape, times in seen.most_common(20) if times >= max(2, count * _COMMON)]
        self._forms = [_form(shape, between[shape].most_common(1)[0][0]) for shape in common]
        self._one = self._forms[0] if self._is_the_form(seen, common, zero_leads=zero_leads) else None

    @staticmethod
    def _is_the_form(
        seen: "Counter[tuple[str | int, ...]]", common: list[tuple[str | int, ...]], *, zero_leads: bool
    ) -> bool:
        return bool(common) and zero_leads and seen[common[0]] >= _THE_FORM * sum(seen.values())

    def read(self, cell: Cell) -> ReadCode | None:
        """Return the code in a cell; None where there is none, or a question mark stands in it."""
        text = text_of(cell).upper()
        if not text or "?" in text or "*" in text or not any(letter in "0123456789O" for letter in text):
            return None
        compact = compact_code(text)
        for form in self._forms:
            code = form.written(compact)
            if code:
                return ReadCode(code)
        return self._filled_in(compact) or _of_no_form(text)

    def _filled_in(self, compact: str) -> ReadCode | None:
        """Return a code whose leading zeros or letters were left out, where only one form can be meant."""
        form = self._one
        if form is None or not isinstance(form.parts[-1], int):
            return None
        letters = "".join(part for part in form.parts[:-1] if isinstance(part, str))
        if len(form.parts) > 2 or len(form.parts) - bool(letters) != 1:
            return None
        figures = compact.removeprefix(letters) if letters else compact
        number = figures.replace("O", "0").lstrip("0")
        if not number.isdigit() or len(number) > form.parts[-1]:
            return None
        filled = number.zfill(form.parts[-1])
        return ReadCode(form.join((letters, filled) if letters else (filled,)), filled_in=True)


def compact_code(text: str) -> str:
    """Return capitals and figures alone."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain.upper() if letter.isalnum() and letter.isascii())


def looks_like_a_code(cell: Cell) -> bool:
    """Tell whether a cell may hold a code of any form, for recognising a column: letters and figures, or figures."""
    text = text_of(cell).upper()
    return bool(text) and "?" not in text and _of_no_form(text) is not None


def _of_no_form(text: str) -> ReadCode | None:
    tidy = re.sub(r"\s*([\-/_.:\u2010-\u2015\\])\s*", r"\1", text.strip())
    if len(tidy) > _MOST or _TWO_WORDS.search(tidy) or not _LOOKS_LIKE_ONE.fullmatch(tidy):
        return None
    code = _DIGITS_AND_O.sub(lambda run: run.group().replace("O", "0"), tidy)
    figures = sum(letter.isdigit() for letter in code)
    letters = sum(letter.isalpha() for letter in code)
    return ReadCode(code) if figures and figures + letters >= _LEAST and letters <= 12 else None


def _taken_apart(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the runs of letters and figures of a code, and the signs between them; O among figures is a zero."""
    if "?" in text or len(text) > _MOST:
        return [], ()
    text = _BETWEEN.sub(lambda run: run.group().strip()[:1] or " ", text.strip())
    text = _DIGITS_AND_O.sub(lambda run: run.group().replace("O", "0"), text)
    parts = _RUNS.findall(text)
    signs = _RUNS.split(text)[1:-1]
    return parts, tuple(signs)


def _form(shape: tuple[str | int, ...], between: tuple[str, ...]) -> _Form:
    letters_or_figures = (
        f"({re.escape(part).replace('O', '[O0]')})" if isinstance(part, str) else f"([0-9O]{{{part}}})"
        for part in shape
    )
    pattern = "".join(letters_or_figures)
    return _Form(shape, between, re.compile(pattern))

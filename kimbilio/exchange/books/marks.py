"""What the marks of an attendance book mean: by its own legend, by what was said, else by custom."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import (
    CELL_MARKS,
    CROSSES,
    LEGEND,
    LEGEND_BLANK,
    NO_LIST,
    NOTE_BEGINNINGS,
    fold,
    fold_mark,
)
from kimbilio.exchange.books.wording import BookFault, gettext_noop, say

_SIGN = r"(?:=|:|→|->|=>)"
_PAIR = re.compile(
    rf"(?P<mark>[^\s=:,;|]{{1,12}})\s*{_SIGN}\s*(?P<words>[^=:|;,]+?)(?=[|;,]|\s+[^\s=:,;|]{{1,12}}\s*{_SIGN}|$)"
)
_DASHED = re.compile(r"(?:^|[,;|(/]\s*)(?P<mark>[^\s\w]|\w{1,3})\s*[-–—]\s+(?P<words>[^,;|=()]+)")
_IN_BRACKETS = re.compile(r"(?P<mark>[^\s\w()]|\w{1,3})\s*\((?P<words>[^()]{3,40})\)")
_BESIDE = re.compile(r"(?P<mark>[^\s\w]|\w{1,3})\s+(?P<words>\D+)")
_APART = re.compile(r"[;,|]")
_AMOUNT = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:mgs?|mls?)?")
_TOGETHER = re.compile(r"[/,+&]|\s+")
_MOSTLY = 0.5
_LONGEST = 12  # what is longer, and rare, is a remark under a day and no mark
_RARE, _A_FEW = 0.01, 2
_SHOWN = 12
AMOUNT = "#"  # stands for every amount


class Mark(StrEnum):
    """What is known of one person on one day."""

    DOSED = "dosed"
    MISSED = "missed"
    TAKE_HOME = "take_home"
    TRANSIT = "transit"
    ADMITTED = "admitted"
    IMPRISONED = "imprisoned"
    UNKNOWN = "unknown"  # written, and not what: never a dose and never a miss


class UnclearMarks(BookFault):
    """What was said of the marks names one that no book can have, or a meaning that does not exist."""


class UnansweredMarks(BookFault):
    """Marks of a book are not clear: somebody has to say what they mean."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What each mark of a book means, where that comes from, and which meanings a person should look at.

    Marks are in the shortest form, 'p' for 'P.'. `blank` is what an empty cell means on a day that has a list; None,
    as usual, where it says nothing. A mark of no meaning is in `to_ask`, and read as unknown;
    so is one of a meaning that is unlikely, as where no mark of the book is a dose.
    """

    meanings: Mapping[str, Mark]
    blank: Mark | None = None
    said: Mapping[str, Mark] = field(default_factory=dict)  # by the book itself
    to_ask: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def mark_of(self, cell: Cell) -> Mark | None:
        """Return the mark in a cell; None where it holds none, such as SUNDAY written down a whole column."""
        mark = mark_in(cell)
        if not mark:
            return None
        return self.meanings.get(mark) or self.meanings.get(_kind_of(mark), Mark.UNKNOWN)

    def refuse_if_unclear(self) -> None:
        """Raise UnansweredMarks where a mark is not clear.

        A rare slip of the pen holds up no book (its day is unknown, and its line says so), nor a remark under a day.
        """
        slips = _RARE * sum(self.counts.values())
        remarks = max(slips, _A_FEW)
        asked = [
            mark
            for mark in self.to_ask
            if mark in self.meanings or self.counts[mark] > (slips if len(mark) <= _LONGEST else remarks)
        ]
        if asked:
            sentence = gettext_noop("It is not clear what these marks mean: %(marks)s.")
            raise UnansweredMarks(say(sentence, marks=", ".join(mark[:20] for mark in asked[:_SHOWN])))

    def is_unclear(self, cell: Cell) -> bool:
        """Tell whether a cell holds a mark of which nobody has said what it means."""
        mark = mark_in(cell)
        return mark not in self.meanings and _kind_of(mark) not in self.meanings


def mark_in(cell: Cell) -> str:
    """Return what stands in a cell as a mark in its shortest form; '' for nothing, and for words of a closed day."""
    text = text_of(cell)
    if not text or fold(text) in NO_LIST or (fold(text).replace(" ", "") in NO_LIST):
        return ""
    return fold_mark(text)


def marks_as_said(said: Mapping[str, str]) -> dict[str, Mark]:
    """Return what a person said of marks, {mark: meaning}, '' being the empty cell; raises UnclearMarks."""
    meanings = {}
    for mark, meaning in said.items():
        try:
            meanings[fold_mark(mark)] = Mark(meaning)
        except ValueError as reason:
            sentence = gettext_noop("'%(meaning)s' is nothing that a mark can mean. It can mean: %(marks)s.")
            raise UnclearMarks(say(sentence, meaning=meaning, marks=", ".join(Mark))) from reason
    return meanings


def guess_legend(
    texts: Iterable[str], counts: Mapping[str, int], given: Mapping[str, str] | None = None
) -> Legend:
    """Return the legend of a book from its own words, the marks that stand in it, and what a person said of them."""
    told = marks_as_said(given or {})
    said, blank = legend_in(texts)
    blank = told.pop("", blank)
    known = said | told
    counts = _without_amounts(counts, known)
    meanings: dict[str, Mark] = {}
    to_ask = []
    for mark in counts:
        meaning = known.get(mark) or _by_custom(mark, known)
        if meaning is not None:
            meanings[mark] = meaning
        elif mark in CROSSES:
            continue
        else:
            to_ask.append(mark)
    crosses = [mark for mark in counts if mark in CROSSES and mark not in meanings]
    if crosses:
        meaning, is_clear = _of_a_cross(counts, meanings)
        meanings |= dict.fromkeys(crosses, meaning)
        to_ask += () if is_clear else crosses
    unsure = _unlikely(counts, meanings)
    if Mark.DOSED not in {blank, *meanings.values()}:
        unsure = list(meanings)  # a book of misses alone is none, unless somebody says so
    to_ask += [mark for mark in unsure if mark not in known and mark not in to_ask]
    to_ask.sort(key=lambda mark: -counts[mark])
    return Legend(meanings, blank, said, tuple(to_ask), dict(counts))


def _without_amounts(counts: Mapping[str, int], known: Mapping[str, Mark]) -> dict[str, int]:
    """Return the marks with all amounts as one: somebody was dosed, and how much is not for us to keep.

    Numbers below ten are no amounts but a code of the book's own, such as 1, 2 and 3, for which somebody is asked.
    """
    amounts = [
        mark for mark in counts if mark not in known and mark not in CELL_MARKS and _kind_of(mark) == AMOUNT
    ]
    if all(len(mark) == 1 for mark in amounts):
        return dict(counts)
    rest = {mark: times for mark, times in counts.items() if mark not in amounts}
    return rest | {AMOUNT: sum(counts[mark] for mark in amounts)}


def _kind_of(mark: str) -> str:
    return AMOUNT if _AMOUNT.fullmatch(mark) else mark


def _by_custom(mark: str, known: Mapping[str, Mark]) -> Mark | None:
    """Return what a mark means in most books: 'p' dosed, 'a' missed; any amount is a dose."""
    found = CELL_MARKS.get(mark)
    if found:
        return Mark(found)
    if mark == AMOUNT:
        return Mark.DOSED
    parts = [part for part in _TOGETHER.split(mark) if part]
    if len(parts) < 2 and mark[-1:].isdigit():  # TH2: two doses to take home
        parts = [mark.rstrip("0123456789")]
    meanings = [known.get(part) or (Mark(CELL_MARKS[part]) if part in CELL_MARKS else None) for part in parts]
    if not meanings or None in meanings or mark in meanings:
        return None
    return Mark.DOSED if Mark.DOSED in meanings else meanings[0]


def _of_a_cross(counts: Mapping[str, int], meanings: Mapping[str, Mark]) -> tuple[Mark, bool]:
    """Return what a cross means beside the other marks, and whether that is clear.

    Alone or beside absences it is a tick, as in any register; beside doses it is a miss, which a person should see.
    """
    total = Counter[Mark]()
    for mark, meaning in meanings.items():
        total[meaning] += counts[mark]
    if not total[Mark.DOSED]:
        return Mark.DOSED, True
    return (Mark.UNKNOWN, False) if total[Mark.MISSED] else (Mark.MISSED, False)


def _unlikely(counts: Mapping[str, int], meanings: Mapping[str, Mark]) -> list[str]:
    """Return marks of a miss that fill most of the book: A may be 'amekuja' there, and not absent."""
    total = sum(counts.values())
    return [
        mark
        for mark, meaning in meanings.items()
        if meaning is Mark.MISSED and counts[mark] > max(_MOSTLY * total, 5) and mark not in CROSSES
    ]


def legend_in(texts: Iterable[str]) -> tuple[dict[str, Mark], Mark | None]:
    """Return what the lines of a book say of its marks, and of a blank: 'P = dosed  A = absent  blank = no entry'."""
    said: dict[str, Mark] = {}
    blank: Mark | None = None
    for text in texts:
        for mark, meaning in _pairs(text[:600]):
            if fold(mark) in LEGEND_BLANK:
                blank = None if meaning is Mark.UNKNOWN else meaning
            else:
                said.setdefault(fold_mark(mark), meaning)
    return said, blank


def _pairs(text: str) -> Iterable[tuple[str, Mark]]:
    title, sign, rest = text.partition(":")
    text = rest.strip() if sign and fold(title).rpartition(" ")[2] in NOTE_BEGINNINGS else text
    found = [*_PAIR.finditer(text), *_DASHED.finditer(text), *_IN_BRACKETS.finditer(text)]
    if not found:
        pieces = map(_BESIDE.fullmatch, map(str.strip, _APART.split(text)))
        found = [piece for piece in pieces if piece and fold(piece["words"]) in LEGEND]
    for pair in found:
        meaning = _meaning_of(pair["words"])
        if meaning:
            yield pair["mark"], meaning


def _meaning_of(words: str) -> Mark | None:
    """Return what words of a legend mean: the longest known ones that they begin with, or else contain."""
    folded = fold(words)
    if folded in LEGEND:
        return Mark(LEGEND[folded])
    begins = [known for known in LEGEND if folded.startswith(known + " ")]
    inside = begins or [known for known in LEGEND if len(known) > 3 and f" {known} " in f" {folded} "]
    return Mark(LEGEND[max(inside, key=len)]) if inside else None

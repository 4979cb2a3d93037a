"""What stands in a column, judged without its heading: how well it fits each field, from 0 to 1."""

import re
from collections.abc import Callable, Container, Sequence
from itertools import pairwise

from kimbilio.exchange.books.activities import activity_of
from kimbilio.exchange.books.cells import age_of, is_blank, is_ditto, number_of, says_nothing, sex_of, text_of
from kimbilio.exchange.books.codes import looks_like_a_code
from kimbilio.exchange.books.dates import ANY_DAY, birth_of, date_of
from kimbilio.exchange.books.fields import HEADS, SERVICES, SUPPLIES, TICKED
from kimbilio.exchange.books.phones import phones_of
from kimbilio.exchange.books.samples import LOOKED_AT, MOST_READ, distinct_within, share_of_different, spread
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.statuses import status_of
from kimbilio.exchange.books.vocabulary import CELL_MARKS, CROSSES, NOT_TICKS, TICKS, fold, fold_mark
from kimbilio.identity.rules import normalise_phone

_ALWAYS = 0.6  # any text may be a remark, a ward or a name of another kind
_NAME = re.compile(r"[^\W\d_][^\W\d_'’`.-]*")
_FEW_WARDS = 80
_LONGEST_CODE, _EACH_ANOTHER = 12, 0.8


class Contents:
    """The filled cells of one column, a sample of them where there are many.

    `days` says of each cell the day of its line: where a book has a line for each day, a person stands in it every
    day, and only within a day is each of them another.
    """

    def __init__(self, column: Sequence[Cell], days: Sequence[str] | None = None) -> None:
        differing = None if days is None else distinct_within(column, days)
        if len(column) > MOST_READ:
            column = [*column[:LOOKED_AT], *column[LOOKED_AT :: len(column) // MOST_READ + 1]]
        written = [cell for cell in column if not is_blank(cell) and not is_ditto(cell)]
        filled = [cell for cell in written if not says_nothing(cell)]
        self.filled = len(written)
        self._in_a_row = filled[:LOOKED_AT]
        self._sample = spread(filled)
        self._marks = spread(written)  # where a dash says something
        self._shares: dict[str, float] = {}
        self._texts = [text_of(cell) for cell in self._sample]
        self._distinct = share_of_different(self._texts) if differing is None else differing

    def fit(self, field: str) -> float:
        """Return how well the column fits a field."""
        known = self._shares.get(field)
        if known is None:
            known = self._shares[field] = _FITS.get(field, _any_text)(self) if self.filled else 0.0
        return known

    def examples(self, most: int = 3) -> tuple[str, ...]:
        """Return the first few different things that stand in it."""
        seen = dict.fromkeys(text_of(cell)[:60] for cell in self._in_a_row)
        return tuple(seen)[:most]

    def share(self, is_one: Callable[[Cell], object]) -> float:
        """Return the share of cells that are something."""
        return sum(bool(is_one(cell)) for cell in self._sample) / max(len(self._sample), 1)

    def share_of_marks(self, *marks: Container[str]) -> float:
        """Return the share of cells, dashes too, that hold one of these marks."""
        found = (fold_mark(text_of(cell)) for cell in self._marks)
        return sum(any(mark in known for known in marks) for mark in found) / max(len(self._marks), 1)

    def share_written(self, is_one: Callable[[Cell], object]) -> float:
        """Return the share of cells, dashes too, that are something."""
        return sum(bool(is_one(cell)) for cell in self._marks) / max(len(self._marks), 1)

    def births(self) -> list[int]:
        """Return the years of birth that stand in it, in order."""
        births = (birth_of(cell, ANY_DAY) for cell in self._sample)
        return sorted(birth.year for birth in births if birth and birth.year)

    def names(self, least: int, most: int) -> float:
        """Return the share of cells that are so many words of a name."""
        return sum(_is_name(text, least, most) for text in self._texts) / max(len(self._texts), 1)

    @property
    def size(self) -> int:
        """Return how many cells are looked at."""
        return len(self._sample)

    @property
    def different(self) -> int:
        """Return how many different things are in it, whatever their capitals."""
        return len({fold(text) for text in self._texts})

    @property
    def distinct(self) -> float:
        """Return how many of the cells are different, as a share."""
        return self._distinct

    def is_each_another(self) -> bool:
        """Tell whether there is a short thing with a figure on every line, as of a code or a number."""
        figured = sum(len(text) <= _LONGEST_CODE and any(map(str.isdigit, text)) for text in self._texts)
        return figured >= _ALWAYS * self.size and self._distinct >= _EACH_ANOTHER

    def begins(self) -> float:
        """Return the first number that stands in it, 0 where that is none."""
        return number_of(self._in_a_row[0]) or 0.0 if self._in_a_row else 0.0

    def counts_up(self) -> float:
        """Return how steadily the numbers go up by one, as lines are numbered."""
        numbers = [number_of(cell) for cell in self._in_a_row]
        if len(numbers) < 2 or any(number is None for number in numbers[:3]):
            return 1.0 if numbers == [1.0] else 0.0
        steps = sum(b is not None and a is not None and b - a == 1 for a, b in pairwise(numbers))
        return steps / (len(numbers) - 1)


def _line_number(contents: Contents) -> float:
    return contents.counts_up()


def _code(contents: Contents) -> float:
    if contents.distinct < 0.3:
        return 0.0
    counts_up = contents.counts_up() > 0.8
    if counts_up and contents.share(lambda cell: len(text_of(cell)) >= 4) < 0.9:
        return 0.0
    share = contents.share(_is_a_code)
    strange = max(contents.share(_is_phone), contents.share(_is_written_day))
    return max(0.0, share - strange) * min(1.0, contents.distinct + 0.1) * (0.7 if counts_up else 1.0)


def _lettered_code(contents: Contents) -> float:
    return _code(contents) if contents.share(_has_letters) >= _ALWAYS else 0.0


def _has_letters(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and _is_a_code(cell)


def _is_a_code(cell: Cell) -> bool:
    text = text_of(cell)
    return any(map(str.isdigit, text)) and len(text) >= 3 and looks_like_a_code(cell)


def _is_written_day(cell: Cell) -> bool:
    return not text_of(cell).isdigit() and date_of(cell, ANY_DAY) is not None


def _is_phone(cell: Cell) -> bool:
    text = text_of(cell)
    return 8 <= sum(map(str.isdigit, text)) <= 13 and normalise_phone(text) is not None


def _phone(contents: Contents) -> float:
    return contents.share(lambda cell: phones_of(cell) and len(text_of(cell)) >= 8)


def _date(contents: Contents) -> float:
    return contents.share(lambda cell: (day := date_of(cell, ANY_DAY)) is not None and day.year >= 1990)


def _birth(contents: Contents) -> float:
    years = contents.births()
    if not years:
        return 0.0
    return (1.0 if years[len(years) // 2] < 2012 else 0.4) * len(years) / contents.size


def _age(contents: Contents) -> float:
    if contents.counts_up() > 0.8:
        return 0.0
    return contents.share(lambda cell: (age := age_of(cell)) is not None and 5 <= age.years <= 110)


def _is_name(text: str, least: int, most: int) -> bool:
    words = text.split()
    return least <= len(words) <= most and all(_NAME.fullmatch(word.strip("()\"',.")) for word in words)


def _one_name(contents: Contents) -> float:
    if max(_sex(contents), _status(contents), _mark(contents)) > 0.6 or contents.distinct < 0.02:
        return 0.0
    return contents.names(1, 1)


def _all_names(contents: Contents) -> float:
    return contents.names(2, 6) if contents.distinct >= 0.2 else 0.0


def _sex(contents: Contents) -> float:
    return contents.share(sex_of)


def _status(contents: Contents) -> float:
    return contents.share(status_of)


def _mark(contents: Contents) -> float:
    return contents.share_of_marks(CELL_MARKS, CROSSES)


def _ticked(contents: Contents) -> float:
    return contents.share_of_marks(TICKS, CELL_MARKS)


def _ward(contents: Contents) -> float:
    words = contents.share(lambda cell: isinstance(cell, str) and not any(map(str.isdigit, cell)))
    few = contents.different <= _FEW_WARDS
    return words * (0.8 if few else 0.4) if max(_sex(contents), _status(contents)) < 0.6 else 0.0


def _quantity(contents: Contents) -> float:
    return contents.share_written(lambda cell: number_of(cell) is not None or says_nothing(cell))


def _service(contents: Contents) -> float:
    return max(contents.share_of_marks(TICKS, NOT_TICKS), _ALWAYS)


def _activity(contents: Contents) -> float:
    return max(contents.share(activity_of), 0.5)


def _any_text(_contents: Contents) -> float:
    return _ALWAYS


_FITS: dict[str, Callable[[Contents], float]] = {
    "line_number": _line_number,
    "code": _code,
    "mat_number": _code,
    "lettered_code": _lettered_code,
    "full_name": _all_names,
    "first_name": _one_name,
    "middle_name": _one_name,
    "last_name": _one_name,
    "other_names": lambda contents: contents.names(1, 3),
    "sex": _sex,
    "birth_date": _birth,
    "age": _age,
    "phone": _phone,
    "ward": _ward,
    "first_contact_on": _date,
    "inducted_on": _date,
    "day": _date,
    "status": _status,
    "mark": _mark,
    **dict.fromkeys(TICKED, _ticked),
    **dict.fromkeys((*SUPPLIES, "needles_returned", *HEADS), _quantity),
    **dict.fromkeys(SERVICES, _service),
    "activity": _activity,
}

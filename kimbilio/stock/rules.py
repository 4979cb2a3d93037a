"""Decisions about supplies: which batch goes first, how long they last, what to warn of, what a count found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kimbilio.stock.choices import Warned


@dataclass
class Lot:
    """Pieces of one batch in one place (None: of no batch), and the last day on which they are good."""

    batch: Any
    expires_on: date | None
    quantity: int


class Shelf:
    """The lots of one item in one place, from which pieces are taken: those that expire first go first.

    Source: docs/sources.md, 'Supplies'.
    """

    def __init__(self, lots: Iterable[Lot]) -> None:
        self._lots = sorted(
            (lot for lot in lots if lot.quantity > 0), key=lambda lot: lot.expires_on or date.max
        )

    def take(self, wanted: int, on: date) -> list[tuple[Any, int]]:
        """Take that many pieces and return (batch, pieces). Never refused: what is not there is taken of no batch.

        What had expired by that day is taken last, since nobody gives it while there is anything else.
        """
        taken = []
        for lot in [*self._good(on), *self._expired(on)]:
            part = min(wanted, lot.quantity)
            if part > 0:
                lot.quantity -= part
                wanted -= part
                taken.append((lot.batch, part))
            if not wanted:
                return taken
        return _with_missing(taken, wanted)

    def _good(self, on: date) -> list[Lot]:
        return [lot for lot in self._lots if not is_expired(lot.expires_on, on)]

    def _expired(self, on: date) -> list[Lot]:
        return [lot for lot in self._lots if is_expired(lot.expires_on, on)]


def _with_missing(taken: list[tuple[Any, int]], missing: int) -> list[tuple[Any, int]]:
    """Add the pieces that are not there: they go of no batch, beside those that were."""
    without_batch = missing + sum(part for batch, part in taken if batch is None)
    return [*((batch, part) for batch, part in taken if batch is not None), (None, without_batch)]


def is_expired(expires_on: date | None, on: date) -> bool:
    """Tell whether pieces are past their last good day."""
    return expires_on is not None and expires_on < on


def expires_soon(expires_on: date | None, on: date, weeks: int) -> bool:
    """Tell whether pieces that are good now are so for no more than these weeks."""
    return expires_on is not None and on <= expires_on <= on + timedelta(weeks=weeks)


def pace(given: Mapping[date, int], began_on: date | None, on: date, weeks: int) -> float:
    """Return how many pieces are given a week, from what was given on each of the last days, up to that day.

    Where neither the ledger nor anything given reaches back over these weeks, only the time that they reach is
    asked: a young ledger is not taken for a slow one. Less than a week counts as one, so that a first busy day does
    not foretell a year.
    """
    begins = on - timedelta(weeks=weeks) + timedelta(days=1)
    lately = {day: pieces for day, pieces in given.items() if begins <= day <= on}
    first = min([*(day for day, pieces in lately.items() if pieces), began_on or on, on])
    days = (on - max(first, begins)).days + 1
    return max(sum(lately.values()), 0) * 7 / max(days, 7)


def weeks_left(held: int, a_week: float) -> float | None:
    """Return for how many weeks pieces last at this pace; None where nothing is given, so that they last on."""
    if held <= 0:
        return 0.0
    return held / a_week if a_week > 0 else None


def warned_of(
    *,
    places: Sequence[int],
    a_week: float,
    reorder_weeks: int,
    expiry_weeks: int,
    lots: Sequence[Lot],
    on: date,
) -> list[Warned]:
    """Return what to say of an item, the gravest first. `places`: how many pieces each store and bag has.

    Of an item that there is none of, and that nobody was given of late, nothing is said.
    """
    held = sum(places)
    left = weeks_left(held, a_week)
    there = [lot for lot in lots if lot.quantity > 0]
    said = {
        Warned.BELOW_ZERO: any(pieces < 0 for pieces in places),
        Warned.EXPIRED: any(is_expired(lot.expires_on, on) for lot in there),
        Warned.OUT: held <= 0 and a_week > 0,
        Warned.LOW: held > 0 and left is not None and left <= reorder_weeks,
        Warned.EXPIRES_SOON: any(expires_soon(lot.expires_on, on, expiry_weeks) for lot in there),
    }
    return [warned for warned, is_so in said.items() if is_so]


@dataclass(frozen=True)
class Difference:
    """One line of a count: what was found of an item and batch, and what the ledger had expected."""

    item: Any
    batch: Any
    counted: int
    expected: int

    @property
    def more(self) -> int:
        """Return how many more were found than expected; fewer are below zero."""
        return self.counted - self.expected


def differences(
    counted: Mapping[tuple[Any, Any], int], expected: Mapping[tuple[Any, Any], int]
) -> list[Difference]:
    """Return a line for each (item, batch) of the items that were counted, by what was found and expected.

    Of an item that was counted at all, a batch that nobody found is not there. An item of which nothing was
    written down was not counted, and stays as it is.
    """
    items = {item for item, _batch in counted}
    keys = [*counted, *(key for key in expected if key[0] in items and key not in counted)]
    return [Difference(*key, counted.get(key, 0), expected.get(key, 0)) for key in keys]

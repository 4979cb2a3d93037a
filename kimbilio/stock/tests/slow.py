"""A slow, obvious ledger to hold the real one against: what came to a place on which day, in the order of writing.

It knows nothing of accounts, batches or kept sums. What lies in a place is the sum of all that came to it, and a
paper or visit that is taken back is answered by its opposite. Of a place that was counted on a later day, nothing
that is written later changes anything: that count saw it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

Place = tuple[str, str]
"""Where, and which item."""


@dataclass
class SlowLedger:
    """Every change of every place, every count, and since when each store is kept."""

    changes: list[tuple[Place, date, int]] = field(default_factory=list)
    written: dict[Any, list[tuple[Place, date, int]]] = field(default_factory=dict)
    counts: dict[Any, tuple[str, set[str], date]] = field(default_factory=dict)
    begun: dict[Any, tuple[str, date]] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    handed: dict[Any, list[tuple[str, int]]] = field(default_factory=dict)
    unanswered: list[tuple[set[Any] | None, Place, date, int]] = field(default_factory=list)

    def has_begun(self, store: str, day: date) -> bool:
        """Tell whether something that stands came to a store, or was counted there, by that day."""
        return any(where == store and on <= day for where, on in self.begun.values())

    def counted_later(self, place: Place, day: date) -> bool:
        """Tell whether a place was counted on a later day."""
        return any(
            where == place[0] and place[1] in items and on > day for where, items, on in self.counts.values()
        )

    def held(self, place: Place, until: date = date.max) -> int:
        """Return what lies in a place at the end of a day."""
        return sum(pieces for where, day, pieces in self.changes if where == place and day <= until)

    def come(self, paper: Any, place: Place, day: date, pieces: int) -> None:
        """Write that pieces came to a place, or (below zero) left it."""
        if pieces and not self.counted_later(place, day):
            self.changes.append((place, day, pieces))
            self.written.setdefault(paper, []).append((place, day, pieces))

    def take_back(self, paper: Any) -> None:
        """Answer everything that a paper or visit wrote by its opposite, unless a standing count saw it.

        What a count had put right is answered when no count stands any more that saw it.
        """
        before = set(takewhile(lambda other: other != paper, self.counts)) if paper in self.counts else None
        self.counts.pop(paper, None)
        self.begun.pop(paper, None)
        entries = [(before, *one) for one in self.written.pop(paper, [])]
        if before is not None:
            entries, self.unanswered = [*self.unanswered, *entries], []
        for earlier, place, day, pieces in entries:
            if not self.counted_later(place, day) and not self._counted_again(earlier, place, day):
                self.changes.append((place, day, -pieces))
            elif earlier is not None:
                self.unanswered.append((earlier, place, day, pieces))
        for item, pieces in self.handed.pop(paper, []):
            self.given[item] -= pieces

    def _counted_again(self, earlier: set[Any] | None, place: Place, day: date) -> bool:
        """Tell whether a place was counted on the same day after a count; `earlier` are those before that count."""
        return earlier is not None and any(
            where == place[0] and place[1] in items and on == day and count not in earlier
            for count, (where, items, on) in self.counts.items()
        )

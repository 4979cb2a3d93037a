"""What somebody with a pencil has of all that the hands did: every visit a line, every place a slow ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kimbilio.stock.tests.slow import SlowLedger

PEOPLE, BEGAN, FIRST = 3, 3, 500
"""How many people there are; the first receipt at both sites: so many days ago, so many pieces of each kind."""
DAYS = 6
KINDS = ("needles", "condoms")
Told = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A visit that stands: whose, on which day, what was given, whether out of the bag."""

    person: str
    day: date
    given: dict[str, int]
    bag: bool


@dataclass
class Paper:
    """Both sites on paper, written in the order of the audit: one thing after another, though many hands did them."""

    began: Told
    forms: Sequence[Any]
    slow: SlowLedger = field(default_factory=SlowLedger)
    lines: dict[str, Line] = field(default_factory=dict)
    nameless: dict[str, tuple[str, int]] = field(default_factory=dict)
    went: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    sent: dict[int, str] = field(default_factory=dict)

    def write(self, entries: Iterable[tuple[str, str]], done: Iterable[Told]) -> None:
        """Write down what the hands told of each entry. Each entry is told of, and all that is told of is an entry."""
        told = {(one["event"], one["record"]): one for one in done}
        told |= {
            ("stock.received", paper): {"begins": store}
            for paper, store in zip(self.began["papers"], ("store", "other"), strict=True)
        }
        seen: Counter[tuple[str, str]] = Counter()
        for event, record in entries:
            if event == "people.registered" or (event == "visits.moved" and record in self.lines):
                continue  # of those whose line it was until now
            seen[event, record] += 1
            getattr(self, event.replace(".", "_"))(record, told[event, record])
        assert seen.keys() == told.keys(), "something was done and never written down"
        twice = [entry for entry, number in seen.items() if number > 1 and entry[0] != "stock.reversed"]
        assert not twice, "something was done twice"

    def visits_recorded(self, visit: str, told: Told) -> None:
        """Write a visit."""
        person, back, given, bag = self.forms[told["form"]]
        assert self.sent.setdefault(told["form"], visit) == visit, "one form made two visits"
        self._write(visit, Line(self.began["people"][person], self._day(back), given, bag))

    def visits_corrected(self, visit: str, told: Told) -> None:
        """Rub a visit out and write what is right."""
        old = self._rub_out(told["old"])
        back, given = told["to"]
        self._write(visit, Line(old.person, self._day(back), given, old.bag))

    def visits_moved(self, visit: str, told: Told) -> None:
        """Rub a visit out and write it for another person."""
        old = self._rub_out(told["old"])
        self._write(visit, Line(self.began["people"][told["to"]], old.day, old.given, old.bag))

    def visits_undone(self, visit: str, _told: Told) -> None:
        """Rub a visit out."""
        self._rub_out(visit)

    def visits_anonymous_recorded(self, row: str, told: Told) -> None:
        """Write what was taken without a name."""
        back, item, pieces = told["gave"]
        self.nameless[row] = item, pieces
        self._give(row, "store", self._day(back), {item: pieces})

    def visits_anonymous_undone(self, row: str, _told: Told) -> None:
        """Rub that out."""
        del self.nameless[row]
        self.slow.take_back(row)

    def stock_received(self, paper: str, told: Told) -> None:
        """Write what came to a store."""
        store = told.get("begins", "store")
        came = [[BEGAN, item, FIRST] for item in KINDS] if "begins" in told else [told["moved"]]
        for back, item, pieces in came:
            self.slow.begun[paper] = store, self._day(back)
            self.slow.come(paper, (store, item), self._day(back), pieces)
            self.went[f"{paper} {item}"] = "supplier", item, -pieces

    def stock_lost(self, paper: str, told: Told) -> None:
        """Write what left a place."""
        back, item, pieces = told["moved"]
        source = "store's bag" if told["to"] == "store" else "store"
        target = {"bag": "store's bag"}.get(told["to"], told["to"])
        self.slow.come(paper, (source, item), self._day(back), -pieces)
        if target == "lost":
            self.went[f"{paper} {item}"] = "lost", item, pieces
        else:
            self.slow.come(paper, (target, item), self._day(back), pieces)
        if target == "other":
            self.slow.begun[paper] = target, self._day(back)

    stock_moved = stock_given_back = stock_lost

    def stock_counted(self, paper: str, told: Told) -> None:
        """Write what was found."""
        where, back, item, found = told["found"]
        place = "store's bag" if where == "bag" else "store"
        missing = found - self.slow.held((place, item), self._day(back))
        self.slow.come(paper, (place, item), self._day(back), missing)
        self.slow.counts[paper] = place, {item}, self._day(back)
        if place == "store":
            self.slow.begun[paper] = place, self._day(back)

    def stock_reversed(self, paper: str, _told: Told) -> None:
        """Answer a paper."""
        self.slow.take_back(paper)
        for item in KINDS:
            self.went.pop(f"{paper} {item}", None)

    def visits(self) -> dict[str, list[Any]]:
        """Return the visits that stand, as `telling` tells them."""
        return {visit: [line.person, line.day.isoformat(), line.given] for visit, line in self.lines.items()}

    def given(self) -> dict[str, dict[str, int]]:
        """Return what was given by each visit that stands, and without a name."""
        named = {visit: line.given for visit, line in self.lines.items() if line.given}
        return named | {row: {item: pieces} for row, (item, pieces) in self.nameless.items()}

    def lies(self) -> list[list[Any]]:
        """Return what lies in each place at the end of each day."""
        found = [
            [place, item, back, self.slow.held((place, item), self._day(back))]
            for place in ("store", "store's bag", "other", "other's bag")
            for item in KINDS
            for back in range(DAYS)
        ]
        return [one for one in found if one[3]]

    def balances(self) -> dict[str, int]:
        """Return what each kind of account has; what is left is what counts and the time before explain."""
        net: Counter[str] = Counter()
        for (place, item), _day, pieces in self.slow.changes:
            net[f"{'bag' if 'bag' in place else 'store'} {item}"] += pieces
        for its in self.given().values():
            net.update({f"given {item}": pieces for item, pieces in its.items()})
        for account, item, pieces in self.went.values():
            net[f"{account} {item}"] += pieces
        for item in KINDS:
            net[f"explained {item}"] = -sum(n for key, n in net.items() if key.endswith(item))
        return {key: pieces for key, pieces in net.items() if pieces}

    def _write(self, visit: str, line: Line) -> None:
        self.lines[visit] = line
        self._give(visit, "store's bag" if line.bag else "store", line.day, line.given)

    def _give(self, document: str, place: str, day: date, given: dict[str, int]) -> None:
        for item, pieces in given.items():
            if self.slow.has_begun("store", day):
                self.slow.come(document, (place, item), day, -pieces)

    def _rub_out(self, visit: str) -> Line:
        self.slow.take_back(visit)
        return self.lines.pop(visit)

    def _day(self, back: int) -> date:
        return date.fromisoformat(self.began["today"]) - timedelta(days=back)

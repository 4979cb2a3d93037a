"""What a scripted day adds up to: counted from the script alone, slowly and obviously."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tests.stories import day_script as told
from tests.stories.day_script import Group, Person, Script, Visit

Part = frozenset[tuple[str, str]]
Figures = dict[tuple[str, Part], int]
_PIECES = {told.NEEDLES: "needles", told.CONDOMS: "condoms", told.LUBRICANTS: "lubricants"}
_PIECES |= {told.NALOXONE: "naloxone_kits"}
_TICKS = {told.COUNSELLING: "support.peer_counselling", told.HIV: "referrals.hiv", told.TB: "referrals.tb"}


def who_is(card: int) -> int:
    """Return the person whose card this is."""
    return told.TWO_CARDS.get(card, card)


def came(visits: Iterable[Visit]) -> set[int]:
    """Return who came, each once."""
    return {who_is(one.who) for one in visits}


def pieces(visits: Iterable[Visit], item: str) -> int:
    """Return how many pieces of an item were given."""
    return sum(one.given.get(item, 0) for one in visits)


def taken_without_a_name(script: Script) -> Counter[str]:
    """Return what was taken without a name, by item."""
    taken: Counter[str] = Counter()
    for item, number in script.without_a_name:
        taken[item] += number
    return taken


def sums_of_today(script: Script) -> dict[str, int]:
    """Return the sums of the day by what Today calls them."""
    today, before = script.comings, came(script.earlier)
    people = came(today)
    return {
        "People": len(people),
        "New": len(people - before),
        "Returning": len(people & before),
        "Visits": len(today),
        "Collected for others": sum(one.others for one in today),
        "Services": sum(len(one.done) for one in today),
        **{item: pieces(today, item) for item in told.ITEMS},
        told.RETURNED: sum(one.back for one in today),
    }


def left_in_store(script: Script, visits: Iterable[Visit]) -> dict[str, int]:
    """Return what the ledger has in the store once these visits and all taps are written down."""
    visits, taken = list(visits), taken_without_a_name(script)
    return {item: script.received[item] - pieces(visits, item) - taken[item] for item in told.ITEMS}


def counted(script: Script) -> dict[str, int]:
    """Return what is found on the shelf when it is counted, before the last one comes."""
    ledger = left_in_store(script, script.comings[:-1])
    return {item: max(0, left + script.differences.get(item, 0)) for item, left in ledger.items()}


def figures_of_month(script: Script, site: str) -> Figures:
    """Return every figure of the month of the day that is not nought: whole, by site, sex, ward and week."""
    first = script.today.replace(day=1)
    known = came(one for one in script.earlier if one.on < first)
    month = Reckoning(script.people, site, told.TWO_CARDS)
    for one in (*script.earlier, *script.comings):
        if one.on >= first:
            month.visit(one, is_new=who_is(one.who) not in known)
    for group in script.groups:
        month.group(group)
    for item, number in taken_without_a_name(script).items():
        month.add(f"supplies.anonymous_{_PIECES.get(item, 'needles_returned')}", number)
    return month.figures()


class Reckoning:
    """Figures of a month, reckoned by hand: sums and people. `cards`: second cards, each with its first."""

    def __init__(self, people: Mapping[int, Person], site: str, cards: Mapping[int, int]) -> None:
        self.people, self.site, self.cards = people, site, cards
        self.sums: Counter[tuple[str, Part]] = Counter()
        self.persons: dict[tuple[str, Part], set[int]] = defaultdict(set)

    def figures(self) -> Figures:
        """Return all that are not nought."""
        found = self.sums | {key: len(people) for key, people in self.persons.items()}
        return {key: value for key, value in found.items() if value}

    def visit(self, one: Visit, *, is_new: bool) -> None:
        """Count a visit in everything that it belongs to."""
        week = ("week", _week(one.on))
        self.person("visits.people", one.who)
        self.person(f"visits.{'new' if is_new else 'returning'}_people", one.who)
        self.add("visits.visits", 1, one.who, week)
        self.add("supplies.needles_returned", one.back, one.who)
        for item, number in one.given.items():
            self.add(f"supplies.{_PIECES[item]}", number, one.who)
            self.person(f"supplies.{_PIECES[item].removesuffix('_kits')}_people", one.who)
        for service, _topic in one.done:
            if service in _TICKS:
                self.add(_TICKS[service], 1, one.who)
            if service == told.SUPPORT:
                self.person("support.people", one.who, week)
            if service == told.LEGAL_AID:
                self.person("legal.people", one.who)

    def group(self, group: Group) -> None:
        """Count a session, who came to it, and its guests."""
        self.add("support.sessions", 1)
        self.add("support.guests", group.men + group.women)
        self.sums["support.guests", frozenset({("sex", "male")})] += group.men
        self.sums["support.guests", frozenset({("sex", "female")})] += group.women
        for number in group.people:
            self.person("support.session_people", number)
            if group.kind == "Psychosocial group":
                self.person("support.people", number, ("week", _week(group.on)))

    def person(self, code: str, card: int, *more: tuple[str, str]) -> None:
        """Count a person once, whichever card it was."""
        for part in self._parts(card, more):
            self.persons[code, part].add(self.cards.get(card, card))

    def add(self, code: str, amount: int, card: int | None = None, *more: tuple[str, str]) -> None:
        """Count so much more, of a person or of nobody."""
        for part in self._parts(card, more):
            self.sums[code, part] += amount

    def _parts(self, card: int | None, more: tuple[tuple[str, str], ...]) -> list[Part]:
        """Return the parts that something counts in: the whole, its site, and what is known of the person."""
        splits = [("site", self.site), *more]
        if card is not None:
            one = self.people[self.cards.get(card, card)]
            splits += [("sex", one.sex), ("ward", f"{one.ward}, {told.SUB_COUNTY}")]
        return [frozenset(), *(frozenset({split}) for split in splits)]


def _week(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"

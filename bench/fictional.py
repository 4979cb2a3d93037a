"""Fictional people, the same ones for the same seed: as names repeat in a real register, and as books spell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.names import FAMILY, MEN, NICKNAMES, WOMEN
from bench.spelling import spelled_another_way

_WOMEN = 0.06
_SPELLED_ANOTHER_WAY = 0.08
_HAS_MIDDLE, _HAS_NICKNAME, _HAS_PHONE = 0.8, 0.3, 0.55


@dataclass(frozen=True)
class Fictional:
    """One made-up person: what a book would say of them."""

    female: bool
    age: int
    first: str
    middle: str
    last: str
    nickname: str
    phone: str
    number: str

    @property
    def names(self) -> list[str]:
        """Return the names that are known, without the nickname."""
        return [name for name in (self.first, self.middle, self.last) if name]


def fictional_people(count: int, seed: int, first_number: int = 1) -> list[Fictional]:
    """Make this many people up, with old codes that count from `first_number`."""
    chance = Random(seed)
    return [_person(number, chance) for number in range(first_number, first_number + count)]


def _person(number: int, chance: Random) -> Fictional:
    female = chance.random() < _WOMEN
    return Fictional(
        female=female,
        age=min(max(round(chance.gauss(37, 7.2)), 18), 68),
        first=_written(WOMEN if female else MEN, chance),
        middle=_written(FAMILY, chance) if chance.random() < _HAS_MIDDLE else "",
        last=_written(FAMILY, chance),
        nickname=chance.choice(NICKNAMES) if chance.random() < _HAS_NICKNAME else "",
        phone=_phone(chance) if chance.random() < _HAS_PHONE else "",
        number=f"KSS-{number:05}",
    )


def _written(names: Sequence[str], chance: Random) -> str:
    """Draw a name, the commonest most often, now and then spelled as another clerk would."""
    weights = accumulate(1 / (rank + 12) for rank in range(len(names)))
    name = chance.choices(names, cum_weights=list(weights))[0]
    return spelled_another_way(name, chance) if chance.random() < _SPELLED_ANOTHER_WAY else name


def _phone(chance: Random) -> str:
    """Make up a number in a block that the regulator has given to nobody (07 then three zeros)."""
    return f"07{chance.choice('0129')}{chance.randrange(1, 10)}000{chance.randrange(1000):03}"

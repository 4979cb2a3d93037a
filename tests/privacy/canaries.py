"""Values that stand nowhere by chance: what is typed of made-up people in a test, to be looked for afterwards."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOKEN = 12
"""How many letters a word has; with as many, none of them is ever met by chance."""


@dataclass
class Canaries:
    """Gives out values of each kind, no two alike, and remembers all of them."""

    seed: str
    words: set[str] = field(default_factory=set)
    """In small letters: names, nicknames, places, relationships."""
    numbers: set[str] = field(default_factory=set)
    """As looked up: four capitals and eight digits, nothing between them."""
    phones: set[str] = field(default_factory=set)
    """The nine digits after the country's code."""
    birth_dates: set[str] = field(default_factory=set)
    """Eight digits: year, month, day."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def __len__(self) -> int:
        return len(self.words) + len(self.numbers) + len(self.phones) + len(self.birth_dates)

    def all(self) -> set[str]:
        """Return every one, in the form in which it is looked up."""
        return self.words | self.numbers | self.phones | self.birth_dates

    def word(self) -> str:
        """Return a name, written as names are."""
        return self._new(self.words, lambda: "".join(self._random.choices(LETTERS, k=TOKEN))).title()

    def note(self, words: int) -> str:
        """Return a sentence that hides this many words."""
        return " by the ".join(self.word() for _ in range(words)) + "."

    def number(self) -> str:
        """Return an outside number as old books write them."""
        new = self._new(
            self.numbers, lambda: "".join(self._random.choices("BCDFGHJK", k=4)) + self._digits(8)
        )
        return self._random.choice(["{0}/{1}/{2}", "{0}-{1}-{2}", "{0} {1} {2}", "{0}{1}{2}"]).format(
            new[:4], new[4:8], new[8:]
        )

    def phone(self) -> str:
        """Return a Kenyan mobile number, in one of the ways in which people write them."""
        new = self._new(self.phones, lambda: "71" + self._digits(7))
        written = ["0{0}{1}{2}", "0{0} {1} {2}", "+254{0}{1}{2}", "+254 {0} {1} {2}", "254{0}{1}{2}"]
        return self._random.choice(written).format(new[:3], new[3:6], new[6:])

    def birth_date(self) -> str:
        """Return a day as a browser sends it."""
        new = self._new(self.birth_dates, self._day)
        return f"{new[:4]}-{new[4:6]}-{new[6:]}"

    def _day(self) -> str:
        at_random = self._random.randint
        return f"{at_random(1951, 1999)}{at_random(1, 12):02}{at_random(1, 28):02}"

    def _digits(self, count: int) -> str:
        return "".join(self._random.choices("0123456789", k=count))

    @staticmethod
    def _new(known: set[str], make: Callable[[], str]) -> str:
        made = make()
        while made in known:
            made = make()
        known.add(made)
        return made

"""A history as it was told: plain rows of what happened, which the oracle counts and `drawn_month` writes down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Person:
    """What is known of a person by one card."""

    site: str
    sex: str
    birth_year: int | None
    precision: str
    ward: str
    population: str
    first_contact: date | None


@dataclass(frozen=True)
class Came:
    """A visit: of the card with this number, where, when; what was given and done; whether it still counts."""

    card: int
    site: str
    day: date
    returned: int
    supplies: Mapping[str, int]
    services: frozenset[str]
    voided: bool


@dataclass(frozen=True)
class Met:
    """A session: where, when, of which kind; guests; who stands on its sheet and was not struck off."""

    site: str
    day: date
    kind: str
    men: int
    women: int
    cards: frozenset[int]
    struck: frozenset[int]
    voided: bool


@dataclass(frozen=True)
class Took:
    """Something that somebody without a name took or brought back."""

    site: str
    day: date
    kind: str
    pieces: int
    returned: int
    voided: bool


@dataclass(frozen=True)
class Held:
    """A community event."""

    site: str
    day: date
    activity: str
    men: int
    women: int
    unsorted: int
    voided: bool


@dataclass(frozen=True)
class Said:
    """A step on MAT."""

    card: int
    day: date
    kind: str
    from_books: bool
    voided: bool


@dataclass
class Told:
    """All that was ever told of a programme."""

    people: list[Person] = field(default_factory=list)
    visits: list[Came] = field(default_factory=list)
    sessions: list[Met] = field(default_factory=list)
    anonymous: list[Took] = field(default_factory=list)
    events: list[Held] = field(default_factory=list)
    steps: list[Said] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)

    def stands(self, card: int) -> int:
        """The card that stands for this one."""
        while card in self.joined:
            card = self.joined[card]
        return card

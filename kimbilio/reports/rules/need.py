"""How much of a supply a month needed: pieces for each person who came, at each site. Never a constant of ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

One = TypeVar("One")


@dataclass(frozen=True)
class SiteNeed:
    """One site: who came, and how many pieces each of them needs as somebody set it; None where nobody did."""

    people: int
    per_person: int | None
    source: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True)
class Need:
    """How many pieces were needed, for how many people, and who stands behind it."""

    pieces: int
    people: int
    per_person: tuple[int, ...]
    sources: tuple[str, ...]
    confirmed_by: tuple[str, ...]


def need_of(sites: Iterable[SiteNeed]) -> Need | None:
    """Return the need of several sites; None where one to which people came has none set, since the sum is unknown."""
    with_people = [site for site in sites if site.people]
    if not with_people or any(site.per_person is None for site in with_people):
        return None
    return Need(
        pieces=sum(site.people * (site.per_person or 0) for site in with_people),
        people=sum(site.people for site in with_people),
        per_person=_each_once(site.per_person or 0 for site in with_people),
        sources=_each_once(site.source for site in with_people),
        confirmed_by=_each_once(site.confirmed_by for site in with_people),
    )


def _each_once(many: Iterable[One]) -> tuple[One, ...]:
    return tuple(dict.fromkeys(many))

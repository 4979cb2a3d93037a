"""A programme of several sites for measuring: sites with a clinic each, and people by code; the same for the same seed.

Imported once Django is ready.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bench.home import MANAGER
from kimbilio.accounts.actions import give_role
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.queries import actor_named, sites_in
from kimbilio.accounts.roles import Role
from kimbilio.core.many import in_batches
from kimbilio.people.actions import AboutClient, NewClient, merge_clients, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentManner, PopulationType, Sex
from kimbilio.people.models import Client
from kimbilio.places.actions import add_mat_clinic
from kimbilio.places.models import MatClinic, Ward
from kimbilio.places.queries import wards_near

SITES = ("Karuri safe space", "Kiambu safe space", "Thika safe space")
_AT_ONCE = 5_000
_TWO_CARDS = 0.005


@dataclass(frozen=True)
class Place:
    """One site, its clinic, who is known there since when, and which of these cards are somebody's second one."""

    site: Site
    clinic: MatClinic
    people: list[tuple[UUID, date]]
    second_cards: set[UUID]


def add_places() -> list[Place]:
    """Return the site of a home that was set up, and others beside it where the manager works too.

    Made past the page that adds a site: they begin as the first one did.
    """
    by = actor_named(MANAGER)
    (first,) = sites_in(by.organisation_id)
    others = [
        Site.objects.create(organisation_id=by.organisation_id, name=name, county=first.county)
        for name in SITES[1:]
    ]
    manager, keeper = Staff.objects.get(username=MANAGER), Actor.keeper(by.organisation_id)
    for site in others:
        for role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            give_role(by=keeper, site=site, staff=manager, role=role)
        add_mat_clinic(by=actor_named(MANAGER), site=site, name=f"Clinic of {site.name}")
    return [Place(site, MatClinic.objects.get(site=site), [], set()) for site in (first, *others)]


def add_people(places: list[Place], count: int, first: date, last: date, seed: int) -> None:
    """Register fictional people, a few in a hundred of them under two cards, known since some day of these."""
    by, chance = actor_named(MANAGER), Random(seed)
    for number, place in enumerate(places):
        here = count // len(places) + (number < count % len(places))
        wards = list(wards_near(place.site))
        for some in in_batches(range(here), _AT_ONCE):
            new = [NewClient(_about(chance, wards, first, last), ConsentManner.SPOKEN) for _one in some]
            clients = register_clients(by=by, site=place.site, people=new)
            place.people.extend((one.pk, one.first_contact_on or first) for one in clients)
            place.second_cards.update(_give_two_cards(by, clients, chance))


def _about(chance: Random, wards: list[Ward], first: date, last: date) -> AboutClient:
    """Make somebody up. Half of all were known in the first year, since programmes begin with those around them."""
    days = (last - first).days
    known = chance.randrange(min(days, 365)) if chance.random() < 0.5 else chance.randrange(days)
    return AboutClient(
        sex=Sex.FEMALE if chance.random() < 0.06 else Sex.MALE,
        birth_year=chance.randint(1958, 2007),
        birth_precision=BirthPrecision.AGE if chance.random() < 0.97 else BirthPrecision.UNKNOWN,
        ward=chance.choice(wards) if chance.random() < 0.9 else None,
        population=chance.choice(list(PopulationType)),
        first_contact_on=first + timedelta(days=known) if chance.random() < 0.8 else None,
    )


def _give_two_cards(by: Actor, clients: list[Client], chance: Random) -> list[UUID]:
    """Say of a few that they were entered twice, and return the cards that are set aside."""
    some = chance.sample(clients, 2 * round(len(clients) * _TWO_CARDS))
    for client, into in zip(some[::2], some[1::2], strict=True):
        merge_clients(by=by, client=client, into=into)
    return [client.pk for client in some[::2]]

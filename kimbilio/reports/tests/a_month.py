"""A small June of one site and a part of another, as plain rows: what the tests of pages and closing begin with."""

from datetime import date

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.reports.tests.drawn_month import Written, write
from kimbilio.reports.tests.told import Came, Held, Met, Person, Said, Told, Took
from tests.programme import Programme, staff_with

JUNE, MAY = date(2025, 6, 1), date(2025, 5, 1)
MAN = Person("Karuri", "male", 1988, "year", "Karuri, Kiambaa", "injects_drugs", date(2025, 3, 1))
WOMAN = Person("Karuri", "female", 1995, "year", "not_known", "uses_drugs", None)
UNKNOWN = Person("Karuri", "not_stated", None, "unknown", "not_known", "not_stated", None)
NEIGHBOUR = Person("Thika", "male", 1990, "year", "not_known", "uses_drugs", None)


def came(card: int, day: int, **given: int) -> Came:
    """A visit at the first site in June, with what was given."""
    needs = frozenset({"peer_counselling"}) if given else frozenset()
    return Came(card, "Karuri", JUNE.replace(day=day), 0, given, needs, voided=False)


def a_small_june() -> Told:
    """Three people of the first site and one of the other; four visits, a group, an event, needles without a name."""
    return Told(
        people=[MAN, WOMAN, UNKNOWN, NEIGHBOUR],
        visits=[came(0, 2, needles=10), came(0, 9, needles=5, condoms=12), came(1, 3, condoms=6), came(2, 4)],
        sessions=[Met("Karuri", JUNE, "psychosocial", 1, 2, frozenset({0, 1}), frozenset(), voided=False)],
        anonymous=[Took("Karuri", JUNE, "needles", 7, 3, voided=False)],
        events=[Held("Karuri", JUNE, "clean_up", 45, 5, 2, voided=False)],
    )


def write_small_june(programme: Programme) -> Written:
    """Write it into the tables."""
    return write(programme, a_small_june())


def officer_at(*sites: Site, role: Role = Role.ME_OFFICER) -> Actor:
    """Somebody with this role at each of these sites."""
    first, *others = sites
    staff = staff_with(role, first)
    for site in others:
        SiteRole.objects.create(organisation_id=site.organisation_id, staff=staff, site=site, role=role)
    return actor_for(staff)


def a_tricky_june() -> Told:
    """A month in which each rule of counting matters once: what random months meet rarely."""
    other_card, unmet = (
        Person("Karuri", "female", 1970, "year", "Shella, Malindi", "in_prison", None),
        UNKNOWN,
    )
    joined_late = Person("Karuri", "male", 2004, "estimate", "not_known", "other", None)
    elsewhere = Came(0, "Thika", JUNE, 4, {"needles": 3}, frozenset({"legal_aid"}), voided=False)
    before = Came(1, "Thika", MAY, 0, {}, frozenset(), voided=False)
    voided = Came(2, "Karuri", JUNE, 9, {"naloxone": 9}, frozenset({"hiv_referral"}), voided=True)
    last_day = Came(4, "Karuri", JUNE.replace(day=30), 0, {}, frozenset({"psychosocial"}), voided=False)
    group = Met(
        "Karuri", JUNE.replace(day=30), "cbt", 0, 0, frozenset({0, 1, 2}), frozenset({2}), voided=False
    )
    return Told(
        # The first was entered twice, and came before the month under the other card; so was the last.
        people=[unmet, other_card, WOMAN, NEIGHBOUR, joined_late],
        visits=[
            came(0, 2, condoms=2),
            elsewhere,
            before,
            voided,
            came(3, 8, needles=1),
            last_day,
            came(1, 30),
        ],
        sessions=[group, Met("Karuri", JUNE, "family", 2, 3, frozenset({3}), frozenset(), voided=True)],
        anonymous=[
            Took("Thika", JUNE, "", 0, 5, voided=False),
            Took("Karuri", MAY, "needles", 5, 0, voided=False),
        ],
        events=[Held("Thika", JUNE, "family_day", 0, 0, 9, voided=False)],
        steps=[
            Said(1, JUNE, "inducted", from_books=True, voided=False),
            Said(0, JUNE, "inducted", from_books=False, voided=False),
            Said(4, JUNE, "died", from_books=True, voided=False),
            Said(2, JUNE, "completed", from_books=False, voided=False),
        ],
        joined={1: 0, 4: 2},
    )

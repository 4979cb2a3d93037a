"""A fictional season at a safe space, told by calling the real actions. No name here is a real person's."""

from dataclasses import dataclass
from random import Random

from django.utils import timezone

from kimbilio.accounts.actions import add_staff
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import actor_named, sites_in
from kimbilio.accounts.roles import Role
from kimbilio.demo.consent_season import make_consent_season
from kimbilio.demo.entered_twice import enter_some_twice
from kimbilio.demo.follow_up_season import make_follow_up_season
from kimbilio.demo.gatherings_season import make_gatherings_season
from kimbilio.demo.mat_season import make_mat_season, mat_number
from kimbilio.demo.names import FEMALE, MALE, NICKNAMES, SURNAMES
from kimbilio.demo.rights_season import make_rights_season
from kimbilio.demo.supplies_season import begin_supplies, count_supplies
from kimbilio.demo.visits_season import make_visits_season
from kimbilio.demo.watched_season import make_watched_season
from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
from kimbilio.identity.choices import MayCall, NumberKind, PhoneBelongsTo, SafeToSay
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentManner, Gender, HowTheyCame, PopulationType, Sex
from kimbilio.people.models import Client
from kimbilio.places.actions import add_facility, add_hotspot
from kimbilio.places.choices import FacilityKind, HotspotKind
from kimbilio.places.models import Ward
from kimbilio.places.queries import wards_near

SITE = "Karuri safe space"
DESK = "wanja"
LIAISON = "mwende"
COUNSELLOR = "halima"
OFFICER = "barasa"
PEERS = ("kamau", "njeri")
# The share of women among visitors, as the Kiambu programme publishes it (23 of 644).
WOMEN = 23 / 644


@dataclass(frozen=True)
class DemoStaff:
    """A fictional member of staff."""

    username: str
    name: str
    role: Role
    site: str = SITE


DEMO_STAFF = (
    DemoStaff(DESK, "Wanja", Role.DESK_OFFICER),
    DemoStaff("kamau", "Kamau", Role.PEER_EDUCATOR),
    DemoStaff("njeri", "Njeri", Role.OUTREACH_WORKER),
    DemoStaff(COUNSELLOR, "Halima", Role.COUNSELLOR),
    DemoStaff("otieno", "Otieno", Role.PARALEGAL),
    DemoStaff(LIAISON, "Mwende", Role.MAT_LIAISON),
    DemoStaff(OFFICER, "Barasa", Role.ME_OFFICER),
    DemoStaff("county", "County office", Role.REPORT_READER),
)


def make_season(*, manager: str, password: str, people: int, seed: int = 2026) -> None:
    """Fill a new demo home: staff, places and this many people, the same ones for the same seed."""
    by = actor_named(manager)
    site = sites_in(by.organisation_id)[0]
    chance = Random(seed)  # noqa: S311  # fictional people need no secret dice
    # Not by the manager: nobody approves a file for somebody whose sign-in they made lately.
    keeper = Actor.keeper(by.organisation_id)
    for member in DEMO_STAFF:
        add_staff(
            by=keeper,
            site=site,
            username=member.username,
            display_name=member.name,
            role=member.role,
            password=password,
        )
    wards = list(wards_near(site))
    _make_places(by, site, wards)
    clients = _make_people(by, site, wards, chance, people)
    enter_some_twice(by=by, site=site, wards=wards)
    make_mat_season(by=actor_named(LIAISON), site=site, clients=clients, chance=chance)
    workers = [actor_named(username) for username in PEERS]
    make_follow_up_season(by=actor_named(LIAISON), site=site, workers=workers)
    begin_supplies(by=actor_named(DESK), site=site, carriers=workers)
    make_visits_season(by=actor_named(DESK), site=site, clients=clients, seed=seed)
    make_gatherings_season(by=actor_named(COUNSELLOR), site=site, clients=clients, seed=seed)
    count_supplies(by=actor_named(DESK), site=site)
    make_consent_season(by=actor_named(COUNSELLOR), clients=clients)
    make_rights_season(by=by, clients=clients)
    make_watched_season(
        curious=actor_named(PEERS[0]),
        officer=actor_named(OFFICER),
        counsellor=actor_named(COUNSELLOR),
        manager=by,
        site=site,
        clients=clients,
    )


def _make_places(by: Actor, site: Site, wards: list[Ward]) -> None:
    add_facility(
        by=by, site=site, name="Karuri Level 4 Hospital", kind=FacilityKind.HOSPITAL, contact="Desk 4"
    )
    add_facility(
        by=by, site=site, name="Kiambu law courts", kind=FacilityKind.COURT_OR_POLICE, contact="Registry"
    )
    for number, kind in enumerate((HotspotKind.STREET, HotspotKind.DEN, HotspotKind.EMPTY_BUILDING), start=1):
        add_hotspot(by=by, site=site, code=f"KR-{number:02}", kind=kind, ward=wards[number])


def _make_people(by: Actor, site: Site, wards: list[Ward], chance: Random, people: int) -> list[Client]:
    sexes = [Sex.FEMALE if chance.random() < WOMEN else Sex.MALE for _ in range(people)]
    clients = register_clients(
        by=by,
        site=site,
        people=[NewClient(_about(sex, wards, chance), ConsentManner.SPOKEN) for sex in sexes],
    )
    record_many(
        by=by,
        site=site,
        people=[_who(client, place, people, chance) for place, client in enumerate(clients, start=1)],
    )
    return clients


def _about(sex: Sex, wards: list[Ward], chance: Random) -> AboutClient:
    age = min(max(round(chance.gauss(37, 7.2)), 18), 68)
    return AboutClient(
        sex=sex,
        gender=Gender.WOMAN if sex == Sex.FEMALE else Gender.MAN,
        birth_year=timezone.localdate().year - age,
        birth_precision=chance.choice([BirthPrecision.YEAR, BirthPrecision.AGE, BirthPrecision.ESTIMATE]),
        ward=chance.choice(wards),
        population=chance.choice([PopulationType.INJECTS_DRUGS, PopulationType.USES_DRUGS]),
        how_they_came=chance.choice([HowTheyCame.PEER, HowTheyCame.OUTREACH, HowTheyCame.SELF]),
    )


def _who(client: Client, place: int, people: int, chance: Random) -> WhoTheyAre:
    """Make up who one person is: names, now and then a phone, a code from an old book, a clinic number."""
    firsts = FEMALE if client.sex == Sex.FEMALE else MALE
    details = Details(
        first=chance.choice(firsts),
        middle=chance.choice(SURNAMES),
        last=chance.choice(SURNAMES),
        nickname=chance.choice(NICKNAMES) if chance.random() < 0.3 else "",
    )
    phones = [_phone(chance)] if chance.random() < 0.55 else []
    numbers = [(NumberKind.OLD_CODE, f"KSS-{place:04}")]
    if number := mat_number(place, people):
        numbers.append((NumberKind.MAT_NUMBER, number))
    return WhoTheyAre(client, details, phones, numbers)


def _phone(chance: Random) -> PhoneDetails:
    """Make up a number of the right form. Nobody is ever called from a demo."""
    return PhoneDetails(
        number=f"07{chance.choice('0129')}{chance.randrange(1, 10)}000{chance.randrange(1000):03}",
        belongs_to=chance.choice(list(PhoneBelongsTo)),
        may_call=chance.choice(list(MayCall)),
        safe_to_say=chance.choice(list(SafeToSay)),
    )

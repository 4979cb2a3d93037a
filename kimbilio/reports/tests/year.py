"""Two years of a safe space, for tests of reports: people, visits, supplies, stays on MAT, sessions, events."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kimbilio.accounts.models import Site
from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.core.ids import uuid7
from kimbilio.mat.choices import ListKind, Source, StepKind
from kimbilio.mat.models import ClinicList, JourneyStep, StandingMonth
from kimbilio.people.choices import Sex
from kimbilio.people.models import Client
from kimbilio.people.rules import ALPHABET, CODE_DIGITS, card_code_from
from kimbilio.places.models import MatClinic
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Attendance, Session
from kimbilio.visits.choices import Service, VisitSource
from kimbilio.visits.models import GivenService, GivenSupply, Visit

JUNE = date(2025, 6, 1)
LAST = date(2025, 6, 30)


@dataclass(frozen=True)
class Season:
    """Who is there."""

    people: list[Client]
    clinic: MatClinic


def season_at(site: Site, *, people: int = 60, months: int = 24, seed: int = 5) -> Season:
    """Make a season that ends with June 2025: the same each time for the same numbers."""
    by_chance = Random(f"{seed} {site.name}")
    clients = Client.objects.bulk_create(
        Client(
            organisation_id=site.organisation_id,
            site=site,
            code=card_code_from([by_chance.randrange(len(ALPHABET)) for _ in range(CODE_DIGITS)]),
            sex=Sex.FEMALE if place % 10 == 0 else Sex.MALE,
            birth_year=1970 + place % 35,
            first_contact_on=None,
        )
        for place in range(people)
    )
    _come(site, clients, months, by_chance)
    clinic = MatClinic.objects.create(organisation_id=site.organisation_id, site=site, name="Karuri clinic")
    _on_mat(clinic, clients, by_chance)
    _around(site, clients)
    return Season(clients, clinic)


def _come(site: Site, clients: list[Client], months: int, by_chance: Random) -> None:
    items = standard_items(site.organisation_id)
    ours = {"organisation_id": site.organisation_id}
    visits, supplies, services = [], [], []
    for place, client in enumerate(clients):
        began = by_chance.randrange(months)
        for month in range(began, months):
            if by_chance.random() < 0.3 and month < months - 1:
                continue
            for _visit in range(by_chance.randrange(1, 4)):
                day = LAST - timedelta(days=30 * (months - 1 - month) + by_chance.randrange(28))
                visit = Visit(
                    id=uuid7(),
                    client=client,
                    at_site=site,
                    occurred_on=day,
                    source=VisitSource.DESK,
                    needles_returned=by_chance.randrange(4),
                    **ours,
                )
                visits.append(visit)
                for kind, most in ((SupplyKind.NEEDLES, 9), (SupplyKind.CONDOMS, 4)):
                    if by_chance.random() < 0.8:
                        quantity = by_chance.randrange(1, most)
                        supplies.append(
                            GivenSupply(
                                visit=visit, client=client, item=items[kind], quantity=quantity, **ours
                            )
                        )
                if place % 4 == 0:
                    services.append(
                        GivenService(visit=visit, client=client, service=Service.LEGAL_AID, **ours)
                    )
    Visit.objects.bulk_create(visits)
    GivenSupply.objects.bulk_create(supplies)
    GivenService.objects.bulk_create(services)


def _on_mat(clinic: MatClinic, clients: list[Client], by_chance: Random) -> None:
    ours = {"organisation_id": clinic.organisation_id}
    steps = []
    for place, client in enumerate(clients):
        if place % 3 == 0:
            steps.append((client, StepKind.REFERRED, LAST - timedelta(days=700)))
        if place % 2 == 0:
            continue
        start = LAST - timedelta(days=by_chance.randrange(200, 720))
        steps.append((client, StepKind.INDUCTED, start))
        stayed = int(by_chance.expovariate(1 / 500))
        if start + timedelta(days=stayed) < LAST - timedelta(days=40):
            kind = by_chance.choice([StepKind.OUT_OF_TOUCH, StepKind.STOPPED_BY_CHOICE, StepKind.TRANSFERRED])
            steps.append((client, kind, start + timedelta(days=stayed)))
    JourneyStep.objects.bulk_create(
        JourneyStep(client=client, kind=kind, occurred_on=day, source=Source.STAFF, clinic=clinic, **ours)
        for client, kind, day in steps
    )
    gone = {client.pk for client, kind, _day in steps if kind not in (StepKind.INDUCTED, StepKind.REFERRED)}
    started = [client for client, kind, _day in steps if kind == StepKind.INDUCTED and client.pk not in gone]
    _listed(clinic, started)


def _listed(clinic: MatClinic, started: list[Client]) -> None:
    ours = {"organisation_id": clinic.organisation_id}
    ClinicList.objects.create(
        clinic=clinic,
        kind=ListKind.BOOK,
        month=JUNE,
        days="x" * 30 + " ",
        people=len(started),
        source=Source.BOOK,
        digest=b"0" * 32,
        **ours,
    )
    StandingMonth.objects.bulk_create(
        StandingMonth(
            client=client,
            clinic=clinic,
            month=JUNE,
            signs=("+" * 24 + "------ " if place % 6 == 0 else "+" * 30 + " "),
            **ours,
        )
        for place, client in enumerate(started)
    )


def _around(site: Site, clients: list[Client]) -> None:
    ours = {"organisation_id": site.organisation_id}
    CommunityEvent.objects.create(
        site=site, activity=Activity.CLEAN_UP, occurred_on=LAST - timedelta(days=3), male=45, female=5, **ours
    )
    CommunityEvent.objects.create(
        site=site,
        activity=Activity.FAMILY_DAY,
        occurred_on=LAST - timedelta(days=9),
        male=60,
        female=40,
        **ours,
    )
    session = Session.objects.create(
        site=site, kind=SessionKind.PSYCHOSOCIAL, occurred_on=LAST - timedelta(days=5), **ours
    )
    Attendance.objects.bulk_create(
        Attendance(session=session, client=client, **ours) for client in clients[:12]
    )

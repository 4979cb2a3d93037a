"""A programme's June as Hypothesis draws it: written into the tables, and told to the oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from kimbilio.accounts.models import Site
from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.mat.choices import Source, StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.people.choices import BirthPrecision, PopulationType, Sex
from kimbilio.people.models import Alias, Client
from kimbilio.people.rules import card_code_from
from kimbilio.places.models import Ward
from kimbilio.reports.tests.told import Came, Held, Met, Person, Said, Told, Took
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.models import Item
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Attendance, Session
from kimbilio.visits.choices import Service, VisitSource
from kimbilio.visits.models import AnonymousSupply, GivenService, GivenSupply, Visit
from tests.programme import Programme

PEOPLE = 5
SITES = ("Karuri", "Thika")
WARDS = ("Karuri, Kiambaa", "Shella, Malindi", "not_known")

cards = st.integers(0, PEOPLE - 1)
sites = st.sampled_from(SITES)
# A few days before June and after it, so that its edges are often met.
days = st.integers(-6, 33).map(lambda number: date(2025, 6, 1) + timedelta(days=number))
voided = st.sampled_from([False, False, False, True])
few = st.integers(0, 6)
services = [one.value for one in Service if one != Service.OTHER]
someone = st.builds(
    Person,
    site=sites,
    sex=st.sampled_from(Sex.values),
    birth_year=st.sampled_from([None, 1950, 1975, 1976, 1990, 2004, 2005, 2009, 2010, 2024]),
    precision=st.sampled_from(BirthPrecision.values),
    ward=st.sampled_from(WARDS),
    population=st.sampled_from(PopulationType.values),
    first_contact=st.one_of(st.none(), days),
)
supplies = st.dictionaries(st.sampled_from(SupplyKind.values), st.integers(1, 20), max_size=3)
came = st.builds(
    Came, cards, sites, days, few, supplies, st.frozensets(st.sampled_from(services), max_size=3), voided
)
on_sheet = st.frozensets(cards, max_size=4)
met = st.builds(Met, sites, days, st.sampled_from(SessionKind.values), few, few, on_sheet, on_sheet, voided)
took = st.builds(
    Took, sites, days, st.sampled_from(["", *SupplyKind.values]), st.integers(1, 9), st.integers(1, 9), voided
)
held = st.builds(Held, sites, days, st.sampled_from(Activity.values), few, few, few, voided)
steps = st.sampled_from(["inducted", "re_inducted", "died", "completed", "stopped_by_choice", "referred"])
said = st.builds(Said, cards, days, steps, st.booleans(), voided)
months = st.builds(
    Told,
    people=st.lists(someone, min_size=PEOPLE, max_size=PEOPLE),
    visits=st.lists(came, max_size=9),
    sessions=st.lists(met, max_size=3),
    anonymous=st.lists(took, max_size=4),
    events=st.lists(held, max_size=4),
    steps=st.lists(said, max_size=5),
    joined=st.dictionaries(cards, cards, max_size=2),
)


@dataclass
class Written:
    """The rows of a programme, by what they were drawn as."""

    programme: Programme
    clients: list[Client]
    items: dict[str, UUID]

    def site(self, name: str) -> Site:
        """The site of this name."""
        return self.programme.site if name == self.programme.site.name else self.programme.other_site


@contextmanager
def a_month(programme: Programme, drawn: Told) -> Iterator[Told]:
    """Write a month into the tables, and forget it in the end; what is yielded has only joinings that can be."""
    told = replace(drawn, joined=_joinings_that_can_be(drawn))
    with transaction.atomic():
        write(programme, told)
        yield told
        transaction.set_rollback(True)


def write(programme: Programme, told: Told) -> Written:
    """Write what was told into the tables of a programme."""
    written = Written(programme, _people(programme, told), _items(programme))
    for visit in told.visits:
        _visit(written, visit)
    for session in told.sessions:
        _session(written, session)
    for one in told.anonymous:
        _anonymous(written, one)
    for event in told.events:
        _event(written, event)
    for step in told.steps:
        JourneyStep.objects.create(
            organisation=programme.organisation,
            client=written.clients[step.card],
            kind=StepKind(step.kind),
            occurred_on=step.day,
            source=Source.EARLIER_BOOKS if step.from_books else Source.STAFF,
            voided_at=_at(step.voided),
        )
    return written


def _joinings_that_can_be(drawn: Told) -> dict[int, int]:
    """Of the joinings that were drawn, those of two cards of one site, and without a circle."""
    told = replace(drawn, joined={})
    for aside, standing in drawn.joined.items():
        if drawn.people[aside].site == drawn.people[standing].site and told.stands(standing) != aside:
            told.joined[aside] = standing
    return told.joined


def _people(programme: Programme, told: Told) -> list[Client]:
    wards = {
        f"{ward.name}, {ward.sub_county.name}": ward
        for ward in Ward.objects.filter(organisation=programme.organisation).select_related("sub_county")
    }
    clients = [
        Client.objects.create(
            organisation=programme.organisation,
            site=programme.site if person.site == programme.site.name else programme.other_site,
            code=card_code_from([number % 13, number // 13, 2, 3, 4, 5]),
            sex=person.sex,
            birth_year=person.birth_year,
            birth_precision=person.precision,
            ward=wards.get(person.ward),
            population=person.population,
            first_contact_on=person.first_contact,
        )
        for number, person in enumerate(told.people)
    ]
    for aside, joined_to in told.joined.items():
        Alias.objects.create(
            organisation=programme.organisation,
            client=clients[aside],
            joined_to=clients[joined_to],
            stands_for=clients[told.stands(aside)],
        )
    # One that was ended counts for nothing.
    Alias.objects.create(
        organisation=programme.organisation,
        client=clients[0],
        joined_to=clients[1],
        stands_for=clients[1],
        ended_at=timezone.now(),
    )
    return clients


def _items(programme: Programme) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for kind in SupplyKind.values:
        item, _made = Item.objects.get_or_create(
            organisation=programme.organisation,
            name=f"Item of {kind}",
            defaults={"kind": kind, "unit": "piece"},
        )
        found[kind] = item.pk
    return found


def _visit(written: Written, visit: Came) -> None:
    about: dict[str, Any] = {
        "organisation": written.programme.organisation,
        "client": written.clients[visit.card],
    }
    row = Visit.objects.create(
        **about,
        at_site=written.site(visit.site),
        occurred_on=visit.day,
        source=VisitSource.DESK,
        needles_returned=visit.returned,
        voided_at=_at(visit.voided),
    )
    for kind, pieces in visit.supplies.items():
        GivenSupply.objects.create(**about, visit=row, item_id=written.items[kind], quantity=pieces)
    for service in visit.services:
        GivenService.objects.create(**about, visit=row, service=service)


def _session(written: Written, session: Met) -> None:
    row = Session.objects.create(
        organisation=written.programme.organisation,
        site=written.site(session.site),
        kind=session.kind,
        occurred_on=session.day,
        guests_male=session.men,
        guests_female=session.women,
        voided_at=_at(session.voided),
    )
    for card in session.cards:
        Attendance.objects.create(
            organisation=written.programme.organisation,
            client=written.clients[card],
            session=row,
            voided_at=_at(card in session.struck),
        )


def _anonymous(written: Written, one: Took) -> None:
    AnonymousSupply.objects.create(
        organisation=written.programme.organisation,
        site=written.site(one.site),
        occurred_on=one.day,
        item_id=written.items.get(one.kind),
        quantity=one.pieces if one.kind else 0,
        needles_returned=one.returned,
        voided_at=_at(one.voided),
    )


def _event(written: Written, event: Held) -> None:
    CommunityEvent.objects.create(
        organisation=written.programme.organisation,
        site=written.site(event.site),
        activity=event.activity,
        occurred_on=event.day,
        male=event.men,
        female=event.women,
        unsorted=event.unsorted,
        voided_at=_at(event.voided),
    )


def _at(voided: bool) -> Any:
    return timezone.now() if voided else None

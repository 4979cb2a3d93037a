"""A history as Hypothesis draws it, told to the real actions on the database and, beside it, to the oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.mat.actions import (
    Claim,
    correct_day,
    record_clinic_list,
    record_days,
    record_step,
    set_rule,
    void_step,
    withdraw_lists,
)
from kimbilio.mat.choices import DayMark, RuleName, StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.clinic import new_people
from kimbilio.mat.tests.drawing import FIRST, day_marks, days, kinds
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic
from tests.programme import Programme

PEOPLE, CLINICS = 3, 2
# A few days more than the first clinic's, so that both lie within the days that are drawn.
OUT_OF_TOUCH = (9, 30)
everybody = st.dictionaries(st.integers(0, PEOPLE - 1), day_marks, min_size=1)
clinic_numbers = st.integers(0, CLINICS - 1)
told = st.one_of(
    st.tuples(st.just("step"), st.integers(0, PEOPLE - 1), days, kinds),
    st.tuples(st.just("step"), st.integers(0, PEOPLE - 1), days, st.sampled_from([StepKind.INDUCTED])),
    st.tuples(st.just("list"), clinic_numbers, days, everybody),
    st.tuples(st.just("list"), clinic_numbers, days, everybody),
    st.tuples(
        st.just("book"),
        clinic_numbers,
        st.dictionaries(
            st.integers(0, PEOPLE - 1), st.dictionaries(days, day_marks, max_size=30), min_size=1
        ),
    ),
    st.tuples(st.just("one day"), st.integers(0, PEOPLE - 1), clinic_numbers, days, day_marks),
    st.tuples(st.just("take a list back"), st.integers(0, 20)),
    st.tuples(st.just("take a step back"), st.integers(0, 20)),
    st.tuples(st.just("join"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
)
histories = st.lists(told, max_size=14)


@dataclass
class Told:
    """One history as the database and as the oracle know it."""

    by: Actor
    site: Site
    clinics: list[MatClinic]
    people: list[Client]
    papers: oracle.Clinic = field(default_factory=oracle.Clinic)
    lists: list[tuple[UUID, oracle.Paper]] = field(default_factory=list)
    steps: list[JourneyStep] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)

    def tell(self, what: str, *rest: Any) -> None:
        """Tell both what happened."""
        getattr(self, "_" + what.replace(" ", "_"))(*rest)

    def _step(self, person: int, on: date, kind: StepKind) -> None:
        self.steps.append(record_step(by=self.by, client=self.people[person], claim=Claim(kind, on)))

    def _list(self, clinic: int, day: date, marks: dict[int, DayMark]) -> None:
        if all(mark == DayMark.UNKNOWN for mark in marks.values()):
            return  # refused: nobody is on it
        by_id = {self.people[person].pk: mark for person, mark in marks.items()}
        made = record_clinic_list(by=self.by, clinic=self.clinics[clinic], day=day, marks=by_id)
        self._keep(
            [made.pk], oracle.Paper(clinic, {person: {day: m} for person, m in marks.items()}, whole_day=day)
        )

    def _book(self, clinic: int, marks: dict[int, dict[date, DayMark]]) -> None:
        by_id = {self.people[person].pk: known for person, known in marks.items()}
        made = record_days(by=self.by, clinic=self.clinics[clinic], days=by_id)
        for one in made:
            of_month = {
                person: {day: mark for day, mark in known.items() if day.replace(day=1) == one.month}
                for person, known in marks.items()
            }
            self._keep([one.pk], oracle.Paper(clinic, of_month))

    def _one_day(self, person: int, clinic: int, day: date, mark: DayMark) -> None:
        line = correct_day(
            by=self.by, client=self.people[person], clinic=self.clinics[clinic], day=day, mark=mark
        )
        self._keep([line.clinic_list_id], oracle.Paper(clinic, {person: {day: mark}}, of_one=True))

    def _keep(self, ids: list[UUID], paper: oracle.Paper) -> None:
        self.papers.papers.append(paper)
        self.lists += [(list_id, paper) for list_id in ids]

    def _take_a_list_back(self, number: int) -> None:
        if self.lists:
            list_id, paper = self.lists[number % len(self.lists)]
            withdraw_lists(by=self.by, site=self.site, lists=[list_id])
            paper.taken_back = True

    def _take_a_step_back(self, number: int) -> None:
        if self.steps:
            step = self.steps[number % len(self.steps)]
            void_step(by=self.by, step=step)
            self.steps = [other for other in self.steps if other.pk != step.pk]

    def _join(self, one: int, other: int) -> None:
        aside, stands = self.person(one), self.person(other)
        if aside != stands:
            merge_clients(by=self.by, client=self.people[one], into=self.people[other])
            self.joined = {record: stands if p == aside else p for record, p in self.joined.items()} | {
                aside: stands
            }

    def person(self, number: int) -> int:
        """Which card stands for this one."""
        return self.joined.get(number, number)

    def persons(self) -> dict[int, set[int]]:
        """The cards of each person, by the one that stands."""
        return {
            one: {card for card in range(PEOPLE) if self.person(card) == one}
            for one in range(PEOPLE)
            if self.person(one) == one
        }

    def claims_of(self, cards: set[int], on: date) -> oracle.Claims:
        """What is claimed of a person by a day, in order."""
        ids = {self.people[card].pk for card in cards}
        drawn = [(step.occurred_on, StepKind(step.kind)) for step in self.steps if step.client_id in ids]
        return [claim for claim in oracle.in_order(drawn) if claim[0] <= on]


@contextmanager
def a_history(programme: Programme, liaison: Actor, drawn: list[Any]) -> Iterator[Told]:
    """Tell a history to both, and forget it in the end."""
    with transaction.atomic():
        site = programme.site
        clinics = [
            MatClinic.objects.create(organisation=site.organisation, site=site, name=f"Clinic {n}")
            for n in range(CLINICS)
        ]
        told_here = Told(liaison, site, clinics, new_people(liaison, site, PEOPLE))
        set_rule(
            by=liaison,
            clinic=clinics[0],
            rule=RuleName.OUT_OF_TOUCH_AFTER,
            value=OUT_OF_TOUCH[0],
            source="Orders",
            confirmed_by="In-charge",
            confirmed_on=FIRST,
        )
        for what, *rest in drawn:
            told_here.tell(what, *rest)
        yield told_here
        transaction.set_rollback(True)

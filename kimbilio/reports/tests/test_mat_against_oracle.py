"""The numbers of MAT are what the slow way gives, person by person from all claims and lists; part by part."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.accounts.roles import Role
from kimbilio.mat.choices import DayMark, Standing, StepKind
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.history import PEOPLE, a_history, histories
from kimbilio.mat.tests.slow_lists import slow_active, slow_runs
from kimbilio.people.choices import BirthPrecision, PopulationType, Sex
from kimbilio.people.models import Client
from kimbilio.people.rules import AGE_BANDS
from kimbilio.reports.choices import Where
from kimbilio.reports.queries import month_figures, records_behind
from kimbilio.reports.tests.a_month import officer_at
from kimbilio.reports.tests.oracle import BY_LIST, ORACLES, Person, about
from tests.programme import actor_with

pytestmark = pytest.mark.django_db
MAY, MAY_ENDS = date(2025, 5, 1), date(2025, 5, 31)
CODES = [code for code, how in ORACLES.items() if how == BY_LIST]
WAITING = {StepKind.REFERRED, StepKind.SCREENED_ELIGIBLE, StepKind.PREPARING}
people = st.lists(
    st.builds(
        Person,
        site=st.just("Karuri"),
        sex=st.sampled_from(Sex.values),
        birth_year=st.sampled_from([None, 1975, 2004, 2005]),
        precision=st.sampled_from(BirthPrecision.values),
        ward=st.just("not_known"),
        population=st.sampled_from(PopulationType.values),
        first_contact=st.none(),
    ),
    min_size=PEOPLE,
    max_size=PEOPLE,
)
PARTS = {
    "sex": Sex.values,
    "age": [*AGE_BANDS, "not_known"],
    "population": PopulationType.values,
    "ward": ["not_known"],
    "site": ["Karuri"],
}


def slow_people(history):
    """The cards that stand of the people of each number, by code."""
    numbers = {history.people[number].pk: number for number in range(PEOPLE)}
    found = defaultdict(set, {"mat.active": {numbers[one] for one in slow_active(history, MAY_ENDS)}})
    for person, run in slow_runs(history, MAY_ENDS).items():
        for code in codes_of_run(*run):
            found[code].add(numbers[person])
    for person, cards in history.persons().items():
        claimed = history.claims_of(cards, MAY_ENDS)
        if any(kind in oracle.ON for _day, kind in claimed):
            found["mat.ever_inducted"].add(person)
        if oracle.standing(claimed) == Standing.BEFORE and claimed[-1][1] in WAITING:
            found["mat.waiting"].add(person)
        marks = oracle.explained(history.papers.marks_of(cards, MAY_ENDS), claimed, MAY_ENDS)
        if came_back_in_may(marks):
            found["mat.returned"].add(person)
    return found


def codes_of_run(missed, _last_dose, _unknown, gone, where):
    """In which numbers somebody with such a run is counted."""
    if where == Standing.PAUSED:
        return
    if gone:
        yield "mat.out_of_touch"
    if missed:
        yield "mat.missing_1_2" if missed < 3 else "mat.missing_3_4" if missed < 5 else "mat.missing_5_plus"


def came_back_in_may(marks):
    """Whether somebody was dosed by the clinic in May after a missed day, walking over every day."""
    missed, day = 0, min(marks, default=MAY)
    while day <= MAY_ENDS:
        mark = marks.get(day)
        if mark in oracle.FROM_CLINIC and missed and day >= MAY:
            return True
        missed = 0 if mark in oracle.DOSES else missed + (mark == DayMark.MISSED)
        day += timedelta(days=1)
    return False


def slow_where(history, person, active):
    """Where somebody is who ever started."""
    claimed = history.claims_of(history.persons()[person], MAY_ENDS)
    where = oracle.standing(claimed)
    if person in active:
        return "active"
    if where == Standing.LEFT:
        last = [kind for _day, kind in claimed if kind in oracle.LEFT][-1]
        return {StepKind.COMPLETED: "completed", StepKind.TRANSFERRED: "transferred"}.get(last, "stopped")
    told = {Standing.DIED: "died", Standing.PAUSED: "paused"}
    told |= dict.fromkeys((Standing.BEFORE, Standing.CANNOT_START), "on_the_way")
    return told.get(where, "out_of_touch")


@settings(max_examples=40)
@given(histories, people)
def test_every_number_of_mat_is_what_the_slow_way_gives_part_by_part(programme, drawn, known):
    manager, officer = actor_with(Role.PROGRAMME_MANAGER, programme.site), officer_at(programme.site)
    with a_history(programme, manager, drawn) as history:
        for client, person in zip(history.people, known, strict=True):
            Client.objects.filter(pk=client.pk).update(
                sex=person.sex,
                birth_year=person.birth_year,
                birth_precision=person.precision,
                population=person.population,
            )
        slow = slow_people(history)
        shown = {
            (one.code, *sorted(one.split.items())): one.value
            for one in month_figures(officer, MAY, programme.site)
        }
        for code in CODES:
            assert shown[code,] == len(slow[code]), code
            for split, parts in PARTS.items():
                for part in parts:
                    expected = [
                        one for one in slow[code] if {**about(known[one]), "site": "Karuri"}[split] == part
                    ]
                    assert shown.get((code, (split, part)), 0) == len(expected), (code, split, part)
        places = [slow_where(history, one, slow["mat.active"]) for one in slow["mat.ever_inducted"]]
        for where in Where.values:
            assert shown.get(("mat.ever_inducted", ("where", where)), 0) == places.count(where), where


@settings(max_examples=8)
@given(histories)
def test_every_number_of_mat_opens_to_as_many_people(programme, drawn):
    manager, officer = actor_with(Role.PROGRAMME_MANAGER, programme.site), officer_at(programme.site)
    with a_history(programme, manager, drawn):
        for figure in month_figures(officer, MAY, programme.site):
            if figure.code.startswith("mat.") and figure.value:
                behind = records_behind(officer, figure.code, MAY, programme.site, figure.split)
                assert (behind.value, len(behind.rows)) == (figure.value, figure.value), (
                    figure.code,
                    figure.split,
                )

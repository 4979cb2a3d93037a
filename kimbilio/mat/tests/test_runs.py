"""The list of people to look for: who is on it, in which step, and what it costs to ask."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.actions import record_days, set_rule
from kimbilio.mat.choices import DayMark, RuleName, Standing, StepKind
from kimbilio.mat.queries import PersonRun, missing_by_step, runs_as_at
from kimbilio.mat.tests.clinic import Place, days_by_letter, make_place
from kimbilio.people.actions import merge_clients
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
FIRST = date(2025, 6, 1)
END = date(2025, 6, 30)


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site, count=6)


def book(place: Place, *rows: str, first: date = FIRST) -> None:
    """Record the month's book: a row of letters a person."""
    people = zip(place.people, rows, strict=False)
    record_days(
        by=place.by, clinic=place.clinic, days=days_by_letter(first, {p.pk: row for p, row in people})
    )


def run_of(place: Place, number: int, on: date = END) -> PersonRun | None:
    """The run of the person with this number, if they have one."""
    runs = {run.client_id: run for run in runs_as_at(place.by, place.site, on)}
    return runs.get(place.people[number].pk)


def test_missed_days_by_step_the_longest_first(place) -> None:
    book(place, "PPPPPPP", "PPPPPPA", "PPPPAAA", "PAAAAAA", "PPPPPAA", "PPPAJAA")
    runs = runs_as_at(place.by, place.site, date(2025, 6, 7))
    assert [(run.days, run.step) for run in runs] == [
        (6, "5+"),
        (3, "3-4"),
        (3, "3-4"),
        (2, "1-2"),
        (1, "1-2"),
    ]
    assert missing_by_step(runs) == {"5+": 1, "3-4": 2, "1-2": 2}
    assert [run.assess_before_dose for run in runs] == [True, True, True, False, False]
    assert [run.may_start_again for run in runs] == [True, False, False, False, False]
    assert {run.clinic_id for run in runs} == {place.clinic.pk}


def test_as_at_an_earlier_day_the_list_is_what_it_was(place) -> None:
    book(place, "PPAAAPP")
    assert [run_of(place, 0, FIRST + timedelta(days=n)).days for n in (2, 3, 4)] == [1, 2, 3]
    assert run_of(place, 0, FIRST + timedelta(days=5)) is None


def test_days_without_a_list_are_unknown_and_never_missed(place) -> None:
    book(place, "PPA", "PPP")
    run = run_of(place, 0)
    assert (run.days, run.last_dose, run.unknown_days, run.out_of_touch) == (1, date(2025, 6, 2), 27, False)
    assert run_of(place, 1) is None


def test_somebody_who_died_left_or_is_explained_is_not_on_the_list(place) -> None:
    book(place, *["PPPPPAA"] * 6)
    for number, kind in enumerate(
        (StepKind.DIED, StepKind.TRANSFERRED, StepKind.ADMITTED, StepKind.IMPRISONED)
    ):
        place.claim(number, StepKind.INDUCTED, date(2024, 1, 1))
        place.claim(number, kind, date(2025, 6, 6))
    found = {run.client_id: run.standing for run in runs_as_at(place.by, place.site, date(2025, 6, 7))}
    # In prison: what was missed before stays missed, and the page says where they are.
    assert found == {
        place.people[4].pk: Standing.NOTHING_KNOWN,
        place.people[5].pk: Standing.NOTHING_KNOWN,
    }


def test_absences_before_prison_stay_and_say_where_the_person_is(place) -> None:
    book(place, "PPPAAAA")
    place.claim(0, StepKind.INDUCTED, date(2024, 1, 1))
    place.claim(0, StepKind.IMPRISONED, date(2025, 6, 6))
    run = run_of(place, 0, date(2025, 6, 7))
    assert (run.days, run.standing, run.since) == (2, Standing.PAUSED, date(2025, 6, 6))
    assert missing_by_step([run]) == {}


def test_out_of_touch_after_so_many_lists_without_a_sign(place, actor: MakeActor) -> None:
    set_rule(
        by=place.by,
        clinic=place.clinic,
        rule=RuleName.OUT_OF_TOUCH_AFTER,
        value=10,
        source="Standing orders",
        confirmed_by="In-charge",
        confirmed_on=FIRST,
    )
    book(place, "P" * 30, "P" + "." * 29, "P" + "A" * 29, "P" + "J" * 29)
    place.claim(4, StepKind.INDUCTED, date(2025, 5, 1))
    runs = {run.client_id: run for run in runs_as_at(place.by, place.site, date(2025, 6, 11))}
    told = {n: runs[client.pk] for n, client in enumerate(place.people) if client.pk in runs}
    assert {number: (run.days, run.out_of_touch) for number, run in told.items()} == {
        1: (0, True),
        2: (10, True),
        4: (0, True),
    }
    day_before = {
        run.client_id for run in runs_as_at(place.by, place.site, date(2025, 6, 10)) if run.out_of_touch
    }
    assert day_before == {place.people[4].pk}


def test_out_of_touch_by_a_claim_until_the_next_dose(place) -> None:
    book(place, "PPPPPPP")
    place.claim(0, StepKind.INDUCTED, date(2024, 1, 1))
    place.claim(0, StepKind.OUT_OF_TOUCH, date(2025, 6, 8))
    run = run_of(place, 0, date(2025, 6, 8))
    assert (run.days, run.step, run.out_of_touch) == (0, "", True)
    book(place, "........P")
    assert run_of(place, 0, date(2025, 6, 9)) is None


def test_somebody_on_mat_by_their_claims_who_is_on_no_list_is_out_of_touch_by_claim_only(place) -> None:
    place.claim(0, StepKind.INDUCTED, date(2020, 1, 1))
    place.claim(1, StepKind.INDUCTED, date(2020, 1, 1))
    place.claim(1, StepKind.OUT_OF_TOUCH, date(2022, 1, 1))
    place.claim(2, StepKind.REFERRED, date(2022, 1, 1))
    place.claim(2, StepKind.OUT_OF_TOUCH, date(2022, 2, 1))
    runs = runs_as_at(place.by, place.site, END)
    assert [(run.client_id, run.out_of_touch, run.last_dose) for run in runs] == [
        (place.people[1].pk, True, None)
    ]


def test_a_person_with_two_cards_is_one_and_known_by_the_one_that_stands(place, actor: MakeActor) -> None:
    book(place, "PPAAAAA", "....A.P")
    manager = actor(Role.PROGRAMME_MANAGER)
    merge_clients(by=manager, client=place.people[0], into=place.people[1])
    assert run_of(place, 0, date(2025, 6, 7)) is None
    assert run_of(place, 1, date(2025, 6, 7)) is None
    run = run_of(place, 1, date(2025, 6, 6))
    assert (run.days, run.last_dose) == (4, date(2025, 6, 2))


def test_a_dose_at_another_clinic_ends_a_run(place) -> None:
    book(place, "PAAAAAA")
    other = make_place(place.by, place.site, count=0, name="A satellite")
    record_days(
        by=place.by, clinic=other.clinic, days={place.people[0].pk: {date(2025, 6, 5): DayMark.DOSED}}
    )
    run = run_of(place, 0, date(2025, 6, 7))
    assert (run.days, run.last_dose, run.clinic_id) == (2, date(2025, 6, 5), place.clinic.pk)


def test_a_run_over_many_months_is_counted_from_the_last_dose(place) -> None:
    book(place, "PPPA", first=date(2024, 1, 1))
    for month in range(2, 13):
        book(place, ".AA", first=date(2024, month, 1))
    run = run_of(place, 0, date(2025, 6, 7))
    assert (run.days, run.last_dose) == (23, date(2024, 1, 3))


def test_people_of_another_site_are_on_its_own_list(programme: Programme, place) -> None:
    elsewhere = make_place(actor_with(Role.MAT_LIAISON, programme.other_site), programme.other_site)
    book(elsewhere, "PA", "PA", "PA")
    assert runs_as_at(place.by, place.site, date(2025, 6, 2)) == []
    assert len(runs_as_at(elsewhere.by, elsewhere.site, date(2025, 6, 2))) == 3


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_the_list_is_on_the_page_of_roles(
    programme: Programme, actor: MakeActor, role: Role
) -> None:
    by = actor(role)
    if Permission.SEE_JOURNEY in WHAT_ROLES_MAY[role]:
        assert runs_as_at(by, programme.site, END) == []
    else:
        with pytest.raises(Refused):
            runs_as_at(by, programme.site, END)
    for site in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            runs_as_at(by, site, END)


def questions(place: Place, on: date) -> int:
    """How many questions the list takes."""
    with CaptureQueriesContext(connection) as asked:
        runs_as_at(place.by, place.site, on)
    return len(asked)


def test_more_people_and_more_years_take_hardly_more_questions(programme: Programme, place) -> None:
    book(place, *["PPPPPAA"] * 6)
    few = questions(place, date(2025, 6, 7))
    many = make_place(place.by, place.site, count=30, name="Another clinic")
    for year in (2022, 2023, 2024):
        for month in range(1, 13):
            book(many, *["PPPA"] * 30, first=date(year, month, 1))
    assert few <= 12
    # One more for each time that it looks further back for a last dose, each twice as far as before.
    assert questions(place, date(2025, 6, 7)) <= few + 5

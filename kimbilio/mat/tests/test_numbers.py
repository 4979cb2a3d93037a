"""The numbers on the manager's page, the clinic's morning, and what raises a question."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.mat.actions import record_days
from kimbilio.mat.choices import DayMark, OddOrder, Standing, StepKind
from kimbilio.mat.queries import (
    active_on,
    expected_on_list,
    first_lists_at,
    numbers_as_at,
    odd_orders_at,
    returned_between,
    silences,
    waiting_at,
)
from kimbilio.mat.tests.clinic import make_place
from kimbilio.mat.tests.test_runs import book
from kimbilio.people.actions import merge_clients
from tests.programme import Programme

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
FIRST, END = date(2025, 6, 1), date(2025, 6, 30)


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site, count=6)


def test_the_managers_numbers(place) -> None:
    for number in range(5):
        place.claim(number, StepKind.INDUCTED, date(2024, 1, 1))
    place.claim(5, StepKind.PREPARING, date(2025, 5, 1))
    place.claim(4, StepKind.COMPLETED, date(2025, 6, 20))
    book(place, "P" * 30, "P" * 24 + "A" * 4 + "PP", "P" * 25 + "A" * 5, "PAP" + "P" * 27, "P" * 20)
    numbers = numbers_as_at(place.by, place.site, END)
    assert (numbers.on_mat, numbers.missing, numbers.out_of_touch) == (4, {"5+": 1}, 0)
    assert [(back.client_id, back.on.day, back.days) for back in numbers.returned] == [
        (place.people[3].pk, 3, 1),
        (place.people[1].pk, 29, 4),
    ]
    assert numbers.returned_after == 2.5
    assert numbers.waiting.people == {place.people[5].pk}
    assert [silence.last_list for silence in numbers.silences] == [END]


def test_numbers_of_a_place_where_nothing_is_known(place) -> None:
    numbers = numbers_as_at(place.by, place.site, END)
    assert (numbers.on_mat, numbers.missing, numbers.returned, numbers.returned_after) == (0, {}, [], None)
    assert numbers.waiting.asks is False


def test_before_the_first_list_those_who_started_and_stayed_are_active(place) -> None:
    place.claim(0, StepKind.INDUCTED, date(2024, 1, 1))
    place.claim(1, StepKind.INDUCTED, date(2024, 1, 1))
    place.claim(1, StepKind.OUT_OF_TOUCH, date(2025, 5, 1))
    place.claim(2, StepKind.REFERRED, date(2025, 5, 1))
    assert active_on(place.by, place.site, END) == {place.people[0].pk}
    assert first_lists_at(place.site) == {}
    book(place, ".P", ".", first=date(2025, 6, 29))
    assert first_lists_at(place.site) == {place.clinic.pk: END, None: END}
    # From the first list on, a dose tells: also of somebody who was thought to be out of touch.
    assert active_on(place.by, place.site, END) == {place.people[0].pk}
    assert active_on(place.by, place.site, END - timedelta(days=1)) == {place.people[0].pk}


def test_a_person_with_two_cards_counts_once(place, actor: MakeActor) -> None:
    place.claim(0, StepKind.INDUCTED, date(2024, 1, 1))
    book(place, "", "PAP" + "P" * 27)
    assert active_on(place.by, place.site, END) == set()
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=place.people[1], into=place.people[0])
    assert active_on(place.by, place.site, END) == {place.people[0].pk}
    assert [back.client_id for back in returned_between(place.by, place.site, FIRST, END)] == [
        place.people[0].pk
    ]


def test_coming_back_after_absences_that_began_months_before(place) -> None:
    book(place, "PA", first=date(2025, 1, 1))
    book(place, "AA", first=date(2025, 2, 1))
    book(place, "..P")
    (back,) = returned_between(place.by, place.site, FIRST, END)
    assert (back.on, back.days) == (date(2025, 6, 3), 3)


def test_a_clinic_that_sends_no_list_raises_a_question(place) -> None:
    (never,) = silences(place.by, place.site, END)
    assert (never.last_list, never.days, never.asks) == (None, None, True)
    book(place, "P")
    asks = {n: silences(place.by, place.site, FIRST + timedelta(days=n))[0].asks for n in (0, 1, 2)}
    assert asks == {0: False, 1: False, 2: True}


@pytest.mark.parametrize("after", [399, 400, 401, 429, 900])
def test_a_clinic_that_was_silent_for_long_is_not_one_that_never_sent_a_list(place, after) -> None:
    book(place, "PP")
    second = FIRST + timedelta(days=1)
    (silent,) = silences(place.by, place.site, second + timedelta(days=after))
    assert (silent.last_list, silent.days, silent.asks) == (second, after, True)


def test_a_book_of_unknown_days_alone_is_no_first_list_and_no_last_one(place) -> None:
    place.claim(0, StepKind.INDUCTED, FIRST - timedelta(days=60))
    unknown = {
        place.people[0].pk: {date(2024, 3, 9): DayMark.UNKNOWN, FIRST - timedelta(days=50): DayMark.UNKNOWN}
    }
    record_days(by=place.by, clinic=place.clinic, days=unknown)
    (silent,) = silences(place.by, place.site, END)
    assert (silent.last_list, silent.days, silent.asks) == (None, None, True)
    assert active_on(place.by, place.site, FIRST) == {place.people[0].pk}, "by what was claimed: no list yet"
    book(place, "PA")
    assert active_on(place.by, place.site, END) == {place.people[0].pk}
    assert active_on(place.by, place.site, FIRST + timedelta(days=35)) == set()
    assert silences(place.by, place.site, END)[0].last_list == FIRST + timedelta(days=1)


def test_nobody_starting_while_people_wait_raises_a_question(place) -> None:
    place.claim(0, StepKind.INDUCTED, date(2025, 6, 1))
    assert not waiting_at(place.by, place.site, END).asks
    place.claim(1, StepKind.SCREENED_ELIGIBLE, date(2025, 6, 2))
    early = waiting_at(place.by, place.site, date(2025, 6, 28))
    assert (early.people, early.weeks, early.asks) == ({place.people[1].pk}, 3, False)
    late = waiting_at(place.by, place.site, date(2025, 6, 29))
    assert (late.last_start, late.weeks, late.asks) == (date(2025, 6, 1), 4, True)
    place.claim(2, StepKind.INDUCTED, date(2025, 6, 29))
    assert not waiting_at(place.by, place.site, date(2025, 6, 29)).asks


def test_people_wait_and_nobody_ever_started(place) -> None:
    place.claim(1, StepKind.REFERRED, date(2025, 6, 2))
    waiting = waiting_at(place.by, place.site, END)
    assert (waiting.last_start, waiting.weeks, waiting.asks) == (None, None, True)


def test_whoever_belongs_on_the_clinics_list_is_expected_there(place) -> None:
    day = date(2025, 6, 10)
    for number in range(6):
        place.claim(number, StepKind.INDUCTED, date(2024, 1, 1))
    book(place, "PPPPPPPPP", "PPPPPPPAA", "PPPP", "PPPPPPPPJ")
    place.claim(2, StepKind.TRANSFERRED, date(2025, 6, 5))
    place.claim(3, StepKind.IMPRISONED, date(2025, 6, 9))
    place.claim(5, StepKind.RE_INDUCTED, date(2025, 6, 8))
    expected = {one.client_id: one for one in expected_on_list(place.by, place.clinic, day)}
    told = {n: expected[client.pk] for n, client in enumerate(place.people) if client.pk in expected}
    assert {number: (one.mark, one.last_mark, one.standing) for number, one in told.items()} == {
        0: (None, DayMark.DOSED, Standing.ON_MAT),
        1: (None, DayMark.MISSED, Standing.ON_MAT),
        3: (None, DayMark.IMPRISONED, Standing.PAUSED),
        5: (None, None, Standing.ON_MAT),
    }
    place.list_of(day, "P.A")
    expected = {one.client_id: one.mark for one in expected_on_list(place.by, place.clinic, day)}
    assert expected[place.people[0].pk] == DayMark.DOSED
    assert expected[place.people[2].pk] == DayMark.MISSED, "whoever is on the list that came is on it"


def test_the_page_for_absentees_is_for_those_who_record(place, actor: MakeActor) -> None:
    with pytest.raises(Refused):
        expected_on_list(actor(Role.PEER_EDUCATOR), place.clinic, END)


def test_what_does_not_fit_is_listed_for_the_liaison(place) -> None:
    place.claim(0, StepKind.INDUCTED, date(2025, 6, 5))
    place.claim(1, StepKind.INDUCTED, date(2024, 1, 1))
    book(place, "PPP", "PPP")
    flags = odd_orders_at(place.by, place.site, END)
    assert {client: [flag.what for flag in found] for client, found in flags.items()} == {
        place.people[0].pk: [OddOrder.DOSE_BEFORE_START]
    }


def test_each_question_is_for_those_who_may_see(programme: Programme, actor: MakeActor) -> None:
    reader = actor(Role.REPORT_READER)
    for ask in (numbers_as_at, active_on, silences, waiting_at, odd_orders_at):
        with pytest.raises(Refused):
            ask(reader, programme.site, END)
    with pytest.raises(Refused):
        returned_between(reader, programme.site, FIRST, END)

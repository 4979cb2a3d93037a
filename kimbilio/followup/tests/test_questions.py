"""Questions raise themselves, and stay until somebody answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.followup.actions import answer_question
from kimbilio.followup.choices import AnswerGiven, QuestionKind
from kimbilio.followup.queries import Question, questions_at
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
from kimbilio.mat.actions import Claim, record_step
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import ClinicList
from kimbilio.mat.tests.clinic import new_people
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ["P", "P"])


def asked(looking: Looking) -> list[Question]:
    return questions_at(looking.liaison, looking.place.site, today())


def kinds(looking: Looking) -> list[tuple[str, bool]]:
    return [(question.kind.value, question.ended) for question in asked(looking)]


def answer(looking: Looking, question: Question, days: int = 7) -> None:
    answer_question(
        by=looking.liaison,
        site=looking.place.site,
        question=question,
        answer=AnswerGiven.CLINIC_CLOSED,
        ask_again_on=today() + timedelta(days=days),
    )


def test_a_list_of_yesterday_raises_no_question(looking: Looking) -> None:
    assert kinds(looking) == []


def test_a_clinic_without_any_list_raises_one(looking: Looking) -> None:
    ClinicList.objects.update(withdrawn_at=timezone.now())
    assert [(one.kind, one.since) for one in asked(looking)] == [(QuestionKind.NO_LIST, None)]
    answer(looking, asked(looking)[0])
    assert kinds(looking) == []


def test_a_silence_stays_a_question_after_its_list_came(looking: Looking) -> None:
    looking.place.list_of(days_ago(6), "PP")
    assert [(one.since, one.length, one.ended) for one in asked(looking)] == [(days_ago(6), 4, True)]
    answer(looking, asked(looking)[0])
    assert kinds(looking) == []


def test_a_list_that_comes_late_takes_the_question_back(looking: Looking) -> None:
    looking.place.list_of(days_ago(4), "PP")
    assert kinds(looking) == [("no_list", True)]
    for back in (3, 2):
        looking.place.list_of(days_ago(back), "PP")
    assert kinds(looking) == []


def test_nobody_starting_while_people_wait_raises_a_question(programme: Programme) -> None:
    looking = make_looking(programme, ["P" * 40, "P"])
    assert kinds(looking) == []
    looking.place.claim(1, StepKind.INDUCTED, days_ago(45))
    waits = new_people(looking.liaison, looking.place.site, 1)
    record_step(by=looking.liaison, client=waits[0], claim=Claim(StepKind.REFERRED, days_ago(30)))
    (question,) = asked(looking)
    assert (question.kind, question.waiting, question.length) == (QuestionKind.NO_START, 1, 6)
    answer(looking, question)
    assert kinds(looking) == []


def test_an_answer_says_when_to_ask_again(looking: Looking) -> None:
    looking.place.list_of(days_ago(6), "PP")
    with pytest.raises(Refused):
        answer(looking, asked(looking)[0], days=0)
    answer(looking, asked(looking)[0], days=1)
    later = questions_at(looking.liaison, looking.place.site, today() + timedelta(days=1))
    assert [one.kind for one in later if one.ended] == [QuestionKind.NO_LIST]


def test_only_those_who_arrange_it_answer(looking: Looking) -> None:
    looking.place.list_of(days_ago(6), "PP")
    with pytest.raises(Refused):
        answer_question(
            by=actor_with(Role.PEER_EDUCATOR, looking.place.site),
            site=looking.place.site,
            question=asked(looking)[0],
            answer=AnswerGiven.OTHER,
            ask_again_on=today() + timedelta(days=2),
        )

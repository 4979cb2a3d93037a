"""Questions that raise themselves, and what was answered to them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.followup.choices import QuestionKind
from kimbilio.followup.models import Answer
from kimbilio.followup.rules import silences_in
from kimbilio.mat.choices import RuleName
from kimbilio.mat.queries import Waiting, listed_days, reference_of, rules_of_clinics, waiting_at
from kimbilio.places.models import MatClinic

# A silence that is over is still asked about for so long.
_ASKED_FOR = timedelta(days=31)
_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Question:
    """A question that raised itself: what it is about, since when, for how many days or weeks, and who waits.

    `ended` tells of a silence that is over, and that nobody has answered for yet.
    """

    kind: QuestionKind
    clinic: MatClinic | None
    since: date | None
    length: int | None
    waiting: int = 0
    ended: bool = False

    @property
    def reference(self) -> str:
        """Return by what a form names this question."""
        about = reference_of(self.clinic) if self.clinic else ""
        return "/".join((self.kind.value, about, self.since.isoformat() if self.since else ""))


def questions_at(by: Actor, site: Site, on: date, waiting: Waiting | None = None) -> list[Question]:
    """Return the questions of a site that nobody has answered yet, or whose answer holds no more.

    A silence of the clinic stays a question after its list has come, until somebody says what happened.
    """
    require(by, Permission.SEE_JOURNEY, site)
    waiting = waiting or waiting_at(by, site, on)
    answered = {
        (answer.question, answer.clinic_id, answer.since)
        for answer in answers_at(site)
        if answer.ask_again_on > on
    }
    asked = [*_about_starts(waiting), *_about_lists(site, on)]
    return [
        question
        for question in asked
        if (question.kind.value, question.clinic.pk if question.clinic else None, question.since)
        not in answered
    ]


def _about_starts(waiting: Waiting) -> list[Question]:
    if not waiting.asks:
        return []
    return [
        Question(QuestionKind.NO_START, None, waiting.last_start, waiting.weeks, waiting=len(waiting.people))
    ]


def _about_lists(site: Site, on: date) -> list[Question]:
    clinics = list(MatClinic.objects.filter(organisation=site.organisation_id, site=site).order_by("name"))
    listed = listed_days(site.organisation_id, [clinic.pk for clinic in clinics], on - _LOOK_BACK, on)
    rules = rules_of_clinics(site.organisation_id)
    found = []
    for clinic in clinics:
        days = listed.get(clinic.pk, [])
        asks_after = rules.of(clinic.pk).value(RuleName.NO_LIST_FOR)
        for since, length in silences_in(days, on - _ASKED_FOR, on, asks_after):
            is_over = since is not None and since != days[-1]
            found.append(
                Question(QuestionKind.NO_LIST, clinic, since, length if since else None, ended=is_over)
            )
    return found


def answers_at(site: Site) -> QuerySet[Answer]:
    """Return what was answered at a site, the newest first."""
    return (
        Answer.objects.filter(organisation=site.organisation_id, site=site)
        .select_related("clinic")
        .order_by("-pk")
    )


def question_referred_to(by: Actor, site: Site, on: date, reference: str) -> Question | None:
    """Return the question that a form means; None where it is answered already."""
    return next(
        (question for question in questions_at(by, site, on) if question.reference == reference), None
    )

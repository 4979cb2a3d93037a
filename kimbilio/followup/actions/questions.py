"""Answering a question that raised itself: who, when, what, and from when it may ask again."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.followup.choices import AnswerGiven
from kimbilio.followup.models import Answer
from kimbilio.followup.queries.questions import Question


@action(Permission.ANSWER_FOLLOW_UP, event="followup.question_answered", at="site")
def answer_question(
    *, by: Actor, site: Site, question: Question, answer: AnswerGiven, ask_again_on: date
) -> Answer:
    """Record what somebody answers. The question asks again from that day, if it is then still so."""
    if ask_again_on <= timezone.localdate():
        raise Refused(_("Choose a later day on which to ask again."))
    row = Answer.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        clinic=question.clinic,
        question=question.kind,
        since=question.since,
        answer=answer,
        ask_again_on=ask_again_on,
        answered_by=by.staff_id,
    )
    row.audit_detail = {"question": question.kind.value, "answer": answer.value}
    return row

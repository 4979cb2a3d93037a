"""How MAT goes: the numbers of a site, the questions that raised themselves, and answering them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.followup.actions import answer_question
from kimbilio.followup.choices import AnswerGiven, QuestionKind
from kimbilio.followup.forms import AnswerForm
from kimbilio.followup.papers import numbers_shown, question_words
from kimbilio.followup.queries import Question, answers_at, question_referred_to, questions_at
from kimbilio.mat.queries import numbers_as_at

ANSWERS_SHOWN = 10


@entry(Permission.SEE_HOW_MAT_GOES)
def numbers(request: Request) -> HttpResponse:
    """Show how many are on MAT, are missing, came back, wait; and what asks for an answer."""
    return _page(request, _site(request, Permission.SEE_HOW_MAT_GOES))


@entry(Permission.ANSWER_FOLLOW_UP, methods="POST")
def answer(request: Request) -> HttpResponse:
    """Answer a question that raised itself."""
    site = _site(request, Permission.ANSWER_FOLLOW_UP)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, site, form)
    question = question_referred_to(request.actor, site, timezone.localdate(), form.cleaned_data["question"])
    if question is None:
        messages.info(request, _("This is answered already."))
        return redirect("follow_how")
    try:
        once(request.actor, form.sent(request.path), lambda: _answered(request, site, question, form))
    except Refused as why:
        form.add_error("ask_again_on", str(why))
        return _page(request, site, form)
    messages.success(request, _("Answered. Thank you."))
    return redirect("follow_how")


def _answered(request: Request, site: Site, question: Question, form: AnswerForm) -> Any:
    return answer_question(
        by=request.actor,
        site=site,
        question=question,
        answer=AnswerGiven(form.cleaned_data["answer"]),
        ask_again_on=form.cleaned_data["ask_again_on"],
    )


def _page(request: Request, site: Site, wrong: AnswerForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    found = numbers_as_at(request.actor, site, today)
    asked = questions_at(request.actor, site, today, found.waiting)
    may_answer = request.actor.may(Permission.ANSWER_FOLLOW_UP, site.pk)
    answers = list(answers_at(site)[:ANSWERS_SHOWN])
    staff = staff_names(site.organisation_id, {one.answered_by for one in answers if one.answered_by})
    shown = {
        "site": site,
        "as_at": today,
        "numbers": numbers_shown(found),
        "questions": [
            {"words": question_words(one), "form": _form_for(one, wrong) if may_answer else None}
            for one in asked
        ],
        "wrong": wrong,
        "answers": [
            {
                "question": QuestionKind(one.question).label,
                "clinic": one.clinic.name if one.clinic else "",
                "answer": one.get_answer_display(),
                "who": staff.get(one.answered_by, "") if one.answered_by else "",
                "when": one.recorded_at,
                "ask_again_on": one.ask_again_on,
            }
            for one in answers
        ],
    }
    return render(request, "followup/how.html", shown)


def _form_for(question: Question, wrong: AnswerForm | None) -> AnswerForm:
    """Return the form of a question: as it was sent, where that was not right, else a new one."""
    if wrong is not None and wrong.data.get("question") == question.reference:
        return wrong
    return AnswerForm(initial={"question": question.reference}, auto_id=f"id_{_mark_of(question)}_%s")


def _mark_of(question: Question) -> str:
    """Return what tells the fields of one question's form from those of another on the same page."""
    return question.reference.replace("/", "_")


def _site(request: Request, permission: Permission) -> Site:
    may = request.actor.sites_where(permission)
    return next(site for site in (request.site, *request.sites) if site.pk in may)

"""The question before somebody is opened outside one's own work: one page, one tap, and on to where one was going."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kimbilio.accounts.entry import entry
from kimbilio.accounts.own_pages import own_page
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.asking import keep_reason, people_outside, question_page
from kimbilio.caseload.forms import WhyForm
from kimbilio.people.queries import client_by_code


@entry(Permission.OPEN_PERSON, methods="GET POST")
def why(request: Request, code: str) -> HttpResponse:
    """Ask why a person is opened, and lead on. Whoever has said it today, or works for them, is led on at once."""
    client = client_by_code(request.actor, code)
    next_page = own_page(request.GET.get("next", ""), reverse("person", args=[client.code]))
    outside = people_outside(request.actor, {"code": code})
    form = WhyForm(request.POST or None)
    if outside and not form.is_valid():
        return question_page(request, outside, form, back_url=reverse("find"))
    if outside:
        keep_reason(request.actor, outside, form)
    return redirect(next_page)

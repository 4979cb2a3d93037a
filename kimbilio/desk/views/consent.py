"""Asking for consent: several purposes on one page with the words to read out, and a sheet of the words to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.desk.consent_shown import questions_shown, readings, told_first
from kimbilio.people import actions
from kimbilio.people.choices import ConsentManner, ConsentPurpose
from kimbilio.people.consent import standing_consent
from kimbilio.people.consent_forms import ConsentForm
from kimbilio.people.consent_words import SPOKEN, VERSION, WORDS
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import display_card_code


@entry(Permission.EDIT_PERSON, methods="GET POST")
def consent(request: Request, code: str) -> HttpResponse:
    """Record what a person says about one purpose or several. A no already said is shown before anything is asked."""
    client = client_by_code(request.actor, code, Permission.EDIT_PERSON)
    form = ConsentForm(
        request.POST or None, initial=draft_or_none(request), standing=standing_consent(client)
    )
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: actions.record_consents(
                    by=request.actor,
                    client=client,
                    said=form.said(),
                    manner=ConsentManner(form.cleaned_data["manner"]),
                    occurred_on=form.cleaned_data["occurred_on"],
                ),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", code=client.code)
    shown = {
        "form": form,
        "questions": questions_shown(form),
        "told_first": told_first(request.site.organisation.name),
        "display_code": display_card_code(client.code),
        "back_url": reverse("person", args=[client.code]),
    }
    return render(request, "desk/consent.html", shown)


@entry(Permission.EDIT_PERSON)
def words(request: Request) -> HttpResponse:
    """Show the words of every purpose in each language, to print and hand over. It names nobody."""
    shown = {
        "told_first": told_first(request.site.organisation.name),
        "purposes": [
            {"label": SPOKEN[purpose], "readings": readings(WORDS[VERSION][purpose])}
            for purpose in ConsentPurpose
        ],
        "version": VERSION,
    }
    return render(request, "desk/consent_words.html", shown)

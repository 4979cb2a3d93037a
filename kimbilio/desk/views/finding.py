"""The first page: one box, at most five people, and a way to register below them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.desk.forms import FindForm
from kimbilio.desk.queries import find_people, is_certain
from kimbilio.desk.saved import take_saved
from kimbilio.desk.visits_shown import visit_url
from kimbilio.desk.words import row


@entry.signed_in(methods="GET POST")
def find(request: Request) -> HttpResponse:
    """Find a person. What is typed is posted, so that no name ever stands in an address.

    It is also where everybody arrives after signing in, so who may not find anyone is told what they can do.
    """
    if not request.actor.may_somewhere(Permission.FIND_PERSON):
        return render(request, "desk/welcome.html")
    by_name = request.actor.may_somewhere(Permission.OPEN_IDENTITY)
    form = FindForm(request.POST or None, by_name=by_name)
    shown: dict[str, object] = {
        "form": form,
        "by_name": by_name,
        "register_url": _register_url(request),
        "tally_url": reverse("tally") if request.actor.may_somewhere(Permission.RECORD_VISIT) else None,
        "saved": take_saved(request) if request.method == "GET" else None,
    }
    if form.is_bound and form.is_valid() and form.cleaned_data["q"].strip():
        found = find_people(request.actor, form.cleaned_data["q"])
        today = timezone.localdate()
        if "open" in request.POST and is_certain(found):
            return _lead_to(request, found.hits[0].client.code)
        rows = [row(hit, today) | {"visit_url": visit_url(request.actor, hit.client)} for hit in found.hits]
        shown |= {"searched": True, "results": rows, "more": found.more}
    return render(request, "desk/parts/results.html" if request.htmx else "desk/find.html", shown)


def _lead_to(request: Request, code: str) -> HttpResponse:
    """Go straight to the one person who is meant, for the Find button, Enter and a scanner of cards."""
    where = reverse("person", args=[code])
    return HttpResponseClientRedirect(where) if request.htmx else redirect(where)


def _register_url(request: Request) -> str | None:
    may = request.actor.may(Permission.REGISTER_PERSON, request.site.pk)
    return reverse("register") if may else None

"""For how long each kind of record is kept: what would go is shown before anybody confirms it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.privacy.actions import confirm_period, say_date_is_right
from kimbilio.privacy.forms import PeriodForm
from kimbilio.privacy.queries import date_is_doubtful, kind_kept, kinds_kept
from kimbilio.privacy.showing import kept_shown


@entry(Permission.ANSWER_FOR_RIGHTS, methods="GET POST")
def kept(request: Request) -> HttpResponse:
    """Show every kind, its period, where that comes from, and what would go today; hear that the date is right."""
    if request.method == "POST":
        if date_is_doubtful(request.actor):
            say_date_is_right(by=request.actor)
        messages.success(request, _("Noted. What is older goes within a day."))
        return redirect("rights_kept")
    shown = {
        "kinds": [kept_shown(request.actor, one) for one in kinds_kept(request.actor)],
        "waits": date_is_doubtful(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "privacy/kept.html", shown)


@entry(Permission.ANSWER_FOR_RIGHTS, methods="GET POST")
def period(request: Request, kind: str) -> HttpResponse:
    """Show what would go with a number of months, and confirm it."""
    now = kind_kept(request.actor, kind)
    source = now.period.source if now.period else ""
    form = PeriodForm(request.POST or None, initial={"months": now.months, "source": source})
    looks_only = request.POST.get("do") == "look"
    form.fields["confirmed"].required = form.fields["source"].required = not looks_only
    is_answered = request.method == "POST" and form.is_valid()
    # Whoever only looked is shown again what it takes to confirm.
    form.fields["confirmed"].required = form.fields["source"].required = True
    if is_answered:
        months = form.cleaned_data["months"]
        if not looks_only:
            typed = form.cleaned_data["source"]
            once(
                request.actor,
                form.sent(request.path),
                lambda: confirm_period(by=request.actor, kind=now.kind, months=months, source=typed),
            )
            messages.success(request, _("It is confirmed. What is older goes within a day."))
            return redirect("rights_kept")
        now = kind_kept(request.actor, kind, months)
    shown = kept_shown(request.actor, now) | {
        "form": form,
        "back_url": reverse("rights_kept"),
        "today": timezone.localdate(),
    }
    return render(request, "privacy/period.html", shown)

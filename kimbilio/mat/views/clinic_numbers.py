"""The numbers that a clinic decides: what is used, who stands behind it, and setting one that it confirmed."""

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
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.actions import set_rule
from kimbilio.mat.choices import RuleName
from kimbilio.mat.forms import ClinicNumberForm
from kimbilio.mat.models import ClinicRule
from kimbilio.mat.queries import clinic_within_reach, clinics_where, reference_of, rule_history, rules_of
from kimbilio.mat.showing import number_shown, numbers_shown
from kimbilio.places.models import MatClinic


@entry(Permission.SET_CLINIC_RULES)
def clinics(request: Request) -> HttpResponse:
    """Lead to the numbers of the one clinic, or name those there are."""
    found = clinics_where(request.actor, Permission.SET_CLINIC_RULES)
    if len(found) == 1:
        return redirect("clinic_numbers", clinic=reference_of(found[0]))
    rows = [{"clinic": clinic, "reference": reference_of(clinic)} for clinic in found]
    return render(request, "mat/clinics.html", {"clinics": rows})


@entry(Permission.SET_CLINIC_RULES)
def numbers(request: Request, clinic: str) -> HttpResponse:
    """Show every number of a clinic, and what it ever confirmed."""
    place = _clinic(request, clinic)
    shown = {
        "clinic": place,
        "numbers": numbers_shown(rules_of(place), clinic),
        "history": list(rule_history(place)),
    }
    return render(request, "mat/clinic_numbers.html", shown)


@entry(Permission.SET_CLINIC_RULES, methods="GET POST")
def confirm(request: Request, clinic: str, rule: str) -> HttpResponse:
    """Set one number as the clinic confirmed it."""
    place, name = _clinic(request, clinic), _rule(rule)
    in_force = rules_of(place).rules[name]
    form = ClinicNumberForm(
        request.POST or None, initial=draft_or_none(request) or ClinicNumberForm.initial_of(in_force)
    )
    if request.method == "POST" and form.is_valid() and _is_set(request, form, place, name):
        messages.success(request, _("Saved. It counts from now on, for every day."))
        return redirect("clinic_numbers", clinic=clinic)
    number = number_shown(in_force, clinic)
    shown = {
        "form": form,
        "clinic": place,
        "number": number,
        "heading": number["label"],
        "back_url": reverse("clinic_numbers", args=[clinic]),
        "back_words": _("What the clinic decides"),
        "save_label": _("Save what the clinic confirmed"),
    }
    return render(request, "mat/confirm_number.html", shown)


def _is_set(request: Request, form: ClinicNumberForm, place: MatClinic, name: RuleName) -> bool:
    """Set the number, or put beside the form why it cannot be this one."""

    def do() -> ClinicRule:
        return set_rule(by=request.actor, clinic=place, rule=name, **form.confirmed())

    try:
        once(request.actor, form.sent(request.path), do)
    except Refused as why:
        form.add_error("value", str(why))
        return False
    return True


def _clinic(request: Request, reference: str) -> MatClinic:
    return clinic_within_reach(request.actor, Permission.SET_CLINIC_RULES, reference)


def _rule(name: str) -> RuleName:
    if name not in RuleName.values:
        raise NotHere
    return RuleName(name)

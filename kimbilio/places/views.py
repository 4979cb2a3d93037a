"""The pages of places: what is there, and a form for each kind of new one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.forms import Form
from kimbilio.core.refusals import Refused
from kimbilio.places import actions, queries
from kimbilio.places.forms import FacilityForm, HotspotForm, MatClinicForm, SiteForm


@entry(Permission.SEE_PLACES)
def places(request: Request) -> HttpResponse:
    """Show clinics, partner facilities and hotspots of one's sites, and which counties are loaded."""
    shown = {
        "sites": request.sites,
        "clinics": queries.mat_clinics_within_reach(request.actor),
        "facilities": queries.facilities_within_reach(request.actor),
        "hotspots": queries.hotspots_within_reach(request.actor),
        "counties": queries.counties_with_wards(request.actor.organisation_id),
        "may_manage": request.actor.may(Permission.MANAGE_PLACES, request.site.pk),
    }
    return render(request, "places/places.html", shown)


@entry(Permission.MANAGE_PLACES, methods="GET POST")
def new_site(request: Request) -> HttpResponse:
    """Add a site, beside the one where one works."""
    counties = [county.name for county in queries.counties_in(request.actor.organisation_id)]
    form = SiteForm(
        request.POST or None,
        initial=draft_or_none(request) or {"county": request.site.county},
        counties=dict.fromkeys((request.site.county, *counties)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_site(by=request.actor, beside=request.site, **form.cleaned_data)
        except Refused as why:
            form.add_error("name", str(why))
        else:
            messages.success(request, _("Saved. Under your name you choose where you work today."))
            return redirect("places")
    return _form_page(request, form, _("New site"))


@entry(Permission.MANAGE_PLACES, methods="GET POST")
def new_clinic(request: Request) -> HttpResponse:
    """Add a MAT clinic."""
    form = MatClinicForm(
        request.POST or None,
        initial=draft_or_none(request),
        site=request.site,
        taken=queries.mat_clinics_within_reach(request.actor),
    )
    return _new(request, form, _("New MAT clinic"), actions.add_mat_clinic)


@entry(Permission.MANAGE_PLACES, methods="GET POST")
def new_facility(request: Request) -> HttpResponse:
    """Add a partner facility."""
    form = FacilityForm(
        request.POST or None,
        initial=draft_or_none(request),
        site=request.site,
        taken=queries.facilities_within_reach(request.actor),
    )
    return _new(request, form, _("New partner facility"), actions.add_facility)


@entry(Permission.MANAGE_PLACES, methods="GET POST")
def new_hotspot(request: Request) -> HttpResponse:
    """Add a hotspot by coded name."""
    form = HotspotForm(
        request.POST or None,
        initial=draft_or_none(request),
        site=request.site,
        taken=queries.hotspots_within_reach(request.actor),
        wards=queries.wards_near(request.site),
    )
    return _new(request, form, _("New hotspot"), actions.add_hotspot)


def _new(
    request: Request,
    form: MatClinicForm | FacilityForm | HotspotForm,
    heading: str,
    add: Callable[..., object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        add(by=request.actor, site=request.site, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("places")
    return _form_page(request, form, heading)


def _form_page(request: Request, form: Form, heading: str) -> HttpResponse:
    back = {"back_url": reverse("places"), "back_words": _("Places")}
    return render(request, "core/one_form.html", {"form": form, "heading": heading} | back)

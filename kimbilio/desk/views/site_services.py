"""The services that a site offers beside those of all sites: added, and taken off the list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import reference_to, referred_to
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.desk.visit_form import SiteServiceForm
from kimbilio.visits.actions import add_site_service, end_site_service
from kimbilio.visits.queries import services_offered


@entry(Permission.KEEP_STOCK, methods="GET POST")
def site_services(request: Request) -> HttpResponse:
    """Show what a site offers of its own, and add to it."""
    site = site_where(request, Permission.KEEP_STOCK)
    form = SiteServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: add_site_service(by=request.actor, site=site, name=name),
            )
        except Refused as why:
            form.add_error("name", str(why))
        else:
            messages.success(request, _("Added. It stands among what can be done at a visit."))
            return redirect("site_services")
    offered = services_offered(request.actor, site)
    shown = {
        "site": site,
        "form": form,
        "services": [{"name": one.name, "reference": reference_to(one)} for one in offered],
    }
    return render(request, "desk/site_services.html", shown)


@entry(Permission.KEEP_STOCK, methods="POST")
def end_service(request: Request) -> HttpResponse:
    """Take a service of the site off the list. One that is off it already stays so."""
    site = site_where(request, Permission.KEEP_STOCK)
    try:
        service = referred_to(services_offered(request.actor, site), request.POST.get("service", ""))
        end_site_service(by=request.actor, service=service)
        messages.success(request, _("Taken off the list. What was recorded of it stays."))
    except (NotHere, Refused):
        messages.info(request, _("This is not on the list any more."))
    return redirect("site_services")

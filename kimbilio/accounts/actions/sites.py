"""A new site of an organisation: who adds it works there from the start, so that somebody can."""

from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, SiteRole
from kimbilio.core.refusals import Refused


def open_site(*, by: Actor, beside: Site, name: str, county: str) -> Site:
    """Add a site, where `by` holds the roles that they hold at the one beside it. For `places.actions.add_site`.

    Refused when the organisation has a site of this name.
    """
    assert by.staff_id is not None, "whoever manages places is staff"
    if Site.objects.filter(organisation=by.organisation_id, name__iexact=name).exists():
        raise Refused(_("There is a site of this name already."))
    site = Site.objects.create(organisation_id=by.organisation_id, name=name, county=county)
    roles = sorted(by.roles.get(beside.pk, ()))
    SiteRole.objects.bulk_create(
        SiteRole(organisation_id=by.organisation_id, staff_id=by.staff_id, site=site, role=role)
        for role in roles
    )
    site.audit_detail = {"roles": [role.value for role in roles]}
    return site

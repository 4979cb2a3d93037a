"""Books of one site are taken in, settled and taken back one after the other."""

from kimbilio.accounts.models import Organisation, Site


def hold_site(site: Site) -> None:
    """Wait for whoever else takes books in at this site, and make them wait."""
    Site.objects.select_for_update(no_key=True).get(organisation=site.organisation_id, pk=site.pk)
    Organisation.objects.select_for_update(no_key=True).get(pk=site.organisation_id)

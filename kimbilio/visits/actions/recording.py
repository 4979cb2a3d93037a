"""Recording visits, one at the desk or many out of a book. What was given leaves the stock with them."""

from collections.abc import Sequence
from uuid import UUID

from kimbilio.accounts.action import action, require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import Keys
from kimbilio.core.refusals import NotHere
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client
from kimbilio.visits.choices import VisitSource
from kimbilio.visits.models import Visit
from kimbilio.visits.rules import NewVisit
from kimbilio.visits.writing import write_visits


@action(Permission.RECORD_VISIT, event="visits.recorded", at="at_site")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def record_visit(
    *,
    by: Actor,
    client: Client,
    at_site: Site,
    visit: NewVisit,
    source: VisitSource = VisitSource.DESK,
    from_bag_of: UUID | None = None,
) -> Visit:
    """Record that somebody came to a site, what was given and done. They may be known at another of one's sites."""
    require(by, Permission.RECORD_VISIT, client)
    if visit.client_id != client.pk:
        raise NotHere
    (made,) = write_visits(by, at_site, [visit], source=source, from_bag_of=from_bag_of)
    made.client = client
    return made


@action(Permission.RECORD_VISIT, event="visits.many_recorded", at="site")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="visits")
def record_visits(
    *, by: Actor, site: Site, visits: Sequence[NewVisit], source: VisitSource = VisitSource.BOOK
) -> list[Visit]:
    """Record visits of many people of a site, each once as it is given, and return them in that order."""
    people = {visit.client_id for visit in visits}
    known = Client.objects.filter(organisation=site.organisation_id, site=site, pk__in=Keys(people))
    if known.count() != len(people):
        raise NotHere
    return write_visits(by, site, visits, source=source)

"""The way to MAT, as one closed group: everybody known by the end of a month, and how many took each step."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from kimbilio.mat.choices import StepKind
from kimbilio.mat.queries.records import steps_by
from kimbilio.mat.rules import STAGES, STARTS, WAITING
from kimbilio.people.models import Alias, Client
from kimbilio.people.queries import standing_ids
from kimbilio.reports.scope import Scope

# Whoever took a later step took this one too, whether or not a book says so.
_ASKED = WAITING | STARTS | STAGES | {StepKind.SCREENED_NOT_ELIGIBLE}


@dataclass(frozen=True)
class WayToMat:
    """How many are known, and how many of them were referred to the clinic or went further."""

    known: int
    referred: int


def way_to_mat(scope: Scope) -> WayToMat:
    """Return the first steps of the way, of everybody known at these sites by then. Three questions."""
    set_aside = Alias.objects.filter(
        organisation=scope.organisation_id, client=OuterRef("pk"), ended_at__isnull=True
    )
    known = Client.objects.filter(
        Q(first_contact_on__lte=scope.on) | Q(first_contact_on__isnull=True),
        ~Exists(set_aside),
        organisation=scope.organisation_id,
        site__in=scope.site_ids,
    )
    steps = steps_by(scope.organisation_id, scope.on).filter(client__site__in=scope.site_ids, kind__in=_ASKED)
    person_of = standing_ids(scope.organisation_id)
    records = steps.order_by().values_list("client_id", flat=True).distinct()
    return WayToMat(known.count(), len({person_of.get(record, record) for record in records}))

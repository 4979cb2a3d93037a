"""Which batch pieces belong to: known by item and the maker's number, made when it first comes."""

from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.core.refusals import Refused
from kimbilio.stock.models import Batch


def batch_of(organisation_id: UUID, item_id: UUID, number: str, expires_on: date | None) -> UUID | None:
    """Return the batch of this number and expiry, None where nothing is said of either.

    Pieces with an expiry and no number are a batch of that day. Refused when the same number is known with another
    expiry, since one of the two was misread; one that was known without any takes it on.
    """
    number = " ".join(number.split()) or (expires_on.isoformat() if expires_on else "")
    if not number:
        return None
    batch, _is_new = Batch.objects.get_or_create(
        organisation_id=organisation_id, item_id=item_id, number=number, defaults={"expires_on": expires_on}
    )
    if expires_on is None or batch.expires_on == expires_on:
        return batch.pk
    if batch.expires_on is not None:
        raise Refused(
            _("Batch %(number)s is known to be good until %(day)s. Look at the box again.")
            % {"number": number, "day": date_format(batch.expires_on, "j F Y")}
        )
    batch.expires_on = expires_on
    batch.save(update_fields=["expires_on"])
    return batch.pk

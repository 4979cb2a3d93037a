"""Words that forms and pages share: which batch, and how many more or fewer."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.stock.models import Batch


def batch_words(batch: Batch | None) -> str:
    """Return which batch pieces are of."""
    if batch is None:
        return _("no batch number")
    if batch.expires_on is None:
        return _("batch %(number)s") % {"number": batch.number}
    day = date_format(batch.expires_on, "j F Y")
    if batch.number == batch.expires_on.isoformat():
        return _("good until %(day)s") % {"day": day}
    return _("batch %(number)s, good until %(day)s") % {"number": batch.number, "day": day}


def signed(pieces: int) -> str:
    """Return how many more (+) or fewer (\u2212) there are; '' for no change."""
    if not pieces:
        return ""
    return f"+{pieces}" if pieces > 0 else f"\u2212{-pieces}"

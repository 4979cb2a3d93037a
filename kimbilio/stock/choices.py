"""The vocabulary of supplies: what is kept, where it is, and how it moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class SupplyKind(TextChoices):
    """What an item is counted as. Items of any kind may be added; those of 'other' stand in no indicator."""

    NEEDLES = "needles", _("Needles and syringes")
    CONDOMS = "condoms", _("Condoms")
    LUBRICANTS = "lubricants", _("Lubricants")
    NALOXONE = "naloxone", _("Naloxone kits")
    OTHER = "other", _("Another item")


class AccountKind(TextChoices):
    """Where pieces are, or where they came from or went. Every movement leads from one account to another."""

    STORE = "store", _("Store of the site")
    BAG = "bag", _("Bag of a worker")
    SUPPLIER = "supplier", _("Supplier")
    GIVEN = "given", _("Given to people")
    LOST = "lost", _("Gone, damaged or expired")
    COUNTED = "counted", _("Difference at a count")
    BEFORE = "before", _("Before the ledger")


class MovementKind(TextChoices):
    """Why pieces moved."""

    RECEIPT = "receipt", _("Received")
    TRANSFER = "transfer", _("Moved")
    DISTRIBUTION = "distribution", _("Given to people")
    RETURN = "return", _("Given back to the store")
    LOSS = "loss", _("Gone, damaged or expired")
    COUNT = "count", _("Put right at a count")
    REVERSAL = "reversal", _("Taken back")


STANDARD_ITEMS = {
    SupplyKind.NEEDLES: (gettext_noop("Needles and syringes"), gettext_noop("piece")),
    SupplyKind.CONDOMS: (gettext_noop("Condoms"), gettext_noop("piece")),
    SupplyKind.LUBRICANTS: (gettext_noop("Lubricants"), gettext_noop("sachet")),
    SupplyKind.NALOXONE: (gettext_noop("Naloxone kits"), gettext_noop("kit")),
}
"""Name and unit of the four items that every programme has; in the tables they stand in English."""

STANDARD_WORDS = frozenset(words for pair in STANDARD_ITEMS.values() for words in pair)

PLACES = frozenset({AccountKind.STORE, AccountKind.BAG})
"""The accounts in which pieces lie and can be counted; the others only say where pieces came from or went."""


class Warned(TextChoices):
    """What the pages say of an item in a place, the gravest first."""

    BELOW_ZERO = "below_zero", _("Below zero: count again")
    EXPIRED = "expired", _("Expired: take it off the shelf")
    OUT = "out", _("None left")
    LOW = "low", _("Low: order now")
    EXPIRES_SOON = "expires_soon", _("Expires soon")


BEGINS = (MovementKind.RECEIPT, MovementKind.TRANSFER, MovementKind.COUNT)
"""What begins the ledger of a site when it comes to its store."""

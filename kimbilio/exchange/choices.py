"""The vocabulary of books: what becomes of a line, and how one that waited was settled."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LineFate(TextChoices):
    """The one end of a line of a book. Source: the contract of `kimbilio import` (docs/commands.md)."""

    ACCEPTED = "accepted", _("Taken")
    CORRECTED = "corrected", _("Taken, with a correction noted")
    COPIES = "copies", _("Here already")
    AMBIGUOUS = "ambiguous", _("Could be several people")
    UNKNOWN = "unknown", _("Nobody known")
    UNREADABLE = "unreadable", _("Cannot be read")


TAKEN = frozenset({LineFate.ACCEPTED, LineFate.CORRECTED})
WAITING = frozenset({LineFate.AMBIGUOUS, LineFate.UNKNOWN, LineFate.UNREADABLE})


class Settlement(TextChoices):
    """What became of a line that waited."""

    WAITING = "", _("Waits")
    THIS_PERSON = "this_person", _("It is a person we know")
    NEW_PERSON = "new_person", _("A new person")
    CORRECTED = "corrected", _("Corrected")
    LEFT_OUT = "left_out", _("Left out")
    CAME_AGAIN = "came_again", _("Came again in a later book, and was taken then")

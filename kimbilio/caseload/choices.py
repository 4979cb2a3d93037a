"""The vocabulary of watching over records: why one is opened outside one's own work, and what stands out of a week."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Why(TextChoices):
    """Why somebody opens a person who is not among those they work for. The likeliest in need comes first."""

    EMERGENCY = "emergency", _("An emergency")
    CARE = "care", _("I give care today")
    ASKED = "asked", _("The person asked me to")
    CORRECTING = "correcting", _("To put a record right")
    CHECKING = "checking", _("To check the records")
    COMPLAINT = "complaint", _("A complaint")
    SUPERVISING = "supervising", _("To look over a colleague's work")
    ANOTHER = "another", _("Another reason")
    JOINING = "joining", _("To settle who is entered twice")
    """Said by the page itself (`asking.known_reason`), and never offered to whoever is asked."""


OFFERED = tuple(why for why in Why if why is not Why.JOINING)
_WORDS = dict(Why.choices)


def words_for_why(code: object) -> str:
    """Return the words for a reason that was given; '' for none."""
    return str(_WORDS.get(str(code), ""))


class Rule(TextChoices):
    """What may stand out of a week. Each is a pure rule of `rules/standing_out.py`."""

    MANY_OUTSIDE = "many_outside", _("Many people outside their own work")
    MORE_THAN_USUAL = "more_than_usual", _("Far more people than usual, with no work recorded")
    AGAIN_AND_AGAIN = "again_and_again", _("The same person again and again, with no work recorded")
    NAMES_WITHOUT_WORK = "names_without_work", _("Names opened, with no work recorded that day")
    AT_NIGHT = "at_night", _("Opened while the site was closed, with no work recorded")
    BY_MANY = "by_many", _("One person opened by many, with no work recorded")


class Outcome(TextChoices):
    """What came of looking into a line that stood out."""

    WAS_WORK = "was_work", _("It was their work")
    TALKED = "talked", _("We talked, and it ends there")
    TAKEN_FURTHER = "taken_further", _("It is taken further")
    NOT_CLEAR = "not_clear", _("It is not clear yet")

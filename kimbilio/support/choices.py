"""The vocabulary of sessions that several people come to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionKind(TextChoices):
    """What a session is, as the programmes name it."""

    PSYCHOSOCIAL = "psychosocial", _("Psychosocial group")
    CBT = "cbt", _("Cognitive behavioural therapy")
    PEER_SUPPORT = "peer_support", _("Peer support group")
    HEALTH_EDUCATION = "health_education", _("Health education")
    PREPARATION = "preparation", _("Preparation for induction")
    FAMILY = "family", _("Family session")


PSYCHOSOCIAL_SESSIONS = (SessionKind.PSYCHOSOCIAL, SessionKind.CBT, SessionKind.PEER_SUPPORT)
"""Those whose people count as having had psychosocial support."""


class Fault(TextChoices):
    """Why something cannot be recorded of a session, in the words shown."""

    FUTURE = "future", _("This day has not come yet. Check the date.")
    LONG_AGO = "long_ago", _("This was too long ago. Check the year.")
    NOBODY = "nobody", _("Nobody is on the list yet. Say who came, or how many guests.")
    NOBODY_TYPED = "nobody_typed", _("Nobody is on the list yet. Type who came.")
    TOO_MANY_GUESTS = "too_many_guests", _("This is more guests than can be. Check the number.")
    TOO_LONG = "too_long", _("This is too long. Say it in fewer words.")
    STANDS_NO_MORE = "stands_no_more", _("This session was corrected or taken back already.")
    NOT_ON_LIST = "not_on_list", _("This person does not stand on the list any more.")
    LAST_ONE = "last_one", _("Nobody else is on the list. Take the whole session back instead.")
    EARLIER_DAY = (
        "earlier_day",
        _(
            "This was recorded on an earlier day. Correct it, or ask whoever answers for the report to take it back."
        ),
    )

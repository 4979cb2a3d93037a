"""The vocabulary of what a programme does with the community around it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Activity(TextChoices):
    """What an event was. The codes stand in reports and never change."""

    CLEAN_UP = "clean_up", _("Clean-up")
    PUBLIC_BARAZA = "public_baraza", _("Public baraza")
    FAMILY_DAY = "family_day", _("Family day")
    COMMUNITY_SENSITIZATION = "community_sensitization", _("Community sensitisation")
    OVERDOSE_RESPONSE_TRAINING = "overdose_response_training", _("Overdose response training")
    PEER_EDUCATOR_TRAINING = "peer_educator_training", _("Training of peer educators")
    STAKEHOLDER_MEETING = "stakeholder_meeting", _("Meeting with local stakeholders")
    OUTREACH_EVENT = "outreach_event", _("Outreach event")
    SPORTS_DAY = "sports_day", _("Sports day")
    OTHER = "other", _("Another event")


class Fault(TextChoices):
    """Why an event cannot be recorded, in the words shown."""

    FUTURE = "future", _("This day has not come yet. Check the date.")
    LONG_AGO = "long_ago", _("This was too long ago. Check the year.")
    TOO_MANY = "too_many", _("This is more people than can be. Check the number.")
    NO_NAME = "no_name", _("Say what event it was.")
    TOO_LONG = "too_long", _("This is too long. Say it in fewer words.")
    STANDS_NO_MORE = "stands_no_more", _("This entry was corrected or taken back already.")
    EARLIER_DAY = (
        "earlier_day",
        _(
            "This was recorded on an earlier day. Correct it, or ask whoever answers for the report to take it back."
        ),
    )

"""The vocabulary of a person's rights: why somebody is forgotten, whom something was told, how long things are kept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WhyForgotten(TextChoices):
    """Why a person is forgotten. A code and never words: words would tell of them again."""

    ASKED = "asked", _("They asked for it")
    WITHDREW = "withdrew", _("They no longer agree to a record")
    FAMILY_ASKED = "family_asked", _("Their family asked, after their death")
    MISTAKE = "mistake", _("They should never have been registered")
    BEFORE_RESTORE = "before_restore", _("Forgotten before an older copy was put back")


class ToldWhom(TextChoices):
    """Who outside the programme was told something about a person."""

    POLICE = "police", _("Police")
    COURT = "court", _("A court or its officer")
    CLINIC = "clinic", _("A clinic or hospital")
    MINISTRY = "ministry", _("A ministry or county office")
    FAMILY = "family", _("Family or friend")
    LAWYER = "lawyer", _("Their lawyer or paralegal")
    OTHER = "other", _("Somebody else")


class Ground(TextChoices):
    """Why it was lawful to tell. Source: Data Protection Act 2019 of Kenya, section 30 (lawful processing)."""

    CONSENT = "consent", _("The person agreed")
    COURT_ORDER = "court_order", _("A court ordered it")
    LAW = "law", _("A law asks for it")
    DANGER = "danger", _("Somebody's life was in danger")


class Kept(TextChoices):
    """Kinds of what is kept, each with a period of its own."""

    CONTACTS = "contacts", _("Phones and emergency contacts that were replaced")
    PLACES = "places", _("Where to find a person, as it was before")
    NAMES = "names", _("Names and contacts of people not seen any more")
    WAITING_LINES = "waiting_lines", _("Lines of books that wait")
    SIGN_INS = "sign_ins", _("Sign-ins that ended")
    NOTES = "notes", _("What was told to others, and notes of disagreement")

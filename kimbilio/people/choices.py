"""The vocabulary of people: what is asked once, with the words shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    """Sex as counted in the national reports."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")
    INTERSEX = "intersex", _("Intersex")
    NOT_STATED = "not_stated", _("Not stated")


class Gender(TextChoices):
    """Gender as the person says it."""

    MAN = "man", _("Man")
    WOMAN = "woman", _("Woman")
    TRANS_MAN = "trans_man", _("Trans man")
    TRANS_WOMAN = "trans_woman", _("Trans woman")
    NON_BINARY = "non_binary", _("Non-binary")
    NOT_STATED = "not_stated", _("Not stated")


class BirthPrecision(TextChoices):
    """How well the year of birth is known."""

    DATE = "date", _("Date of birth is known")
    YEAR = "year", _("Year of birth is known")
    AGE = "age", _("Age as the person says")
    ESTIMATE = "estimate", _("Estimated by staff")
    UNKNOWN = "unknown", _("Not known")


class PopulationType(TextChoices):
    """Key and vulnerable population types. Source: docs/sources.md, 'National forms', registration."""

    INJECTS_DRUGS = "injects_drugs", _("Person who injects drugs")
    USES_DRUGS = "uses_drugs", _("Person who uses drugs, not by injecting")
    USED_DRUGS = "used_drugs", _("Person not using now")
    SEX_WORKER = "sex_worker", _("Sex worker who uses drugs")
    PARTNER_OR_FAMILY = "partner_or_family", _("Partner or family member")
    IN_PRISON = "in_prison", _("Person in prison")
    OTHER = "other", _("Another")
    NOT_STATED = "not_stated", _("Not stated")


class HowTheyCame(TextChoices):
    """How a person first came to the programme."""

    OUTREACH = "outreach", _("Met on outreach")
    PEER = "peer", _("Brought by a peer")
    SELF = "self", _("Came by themselves")
    FAMILY = "family", _("Brought by family")
    CLINIC = "clinic", _("Sent by the MAT clinic")
    FACILITY = "facility", _("Sent by another facility")
    HELP_LINE = "help_line", _("Called the help line")
    POLICE_OR_COURT = "police_or_court", _("From police, court or prison")
    OLD_BOOKS = "old_books", _("From the programme's earlier books")
    NOT_STATED = "not_stated", _("Not stated")


class ConsentPurpose(TextChoices):
    """What a consent is for. Each purpose is asked on its own, and a no to one is no to that one alone."""

    HOLD_A_RECORD = "hold_a_record", _("To keep a record")
    PHONE_CONTACT = "phone_contact", _("To call them")
    HOME_VISIT = "home_visit", _("To come to where they are")
    SHARE_WITH_CLINIC = "share_with_clinic", _("To tell the MAT clinic")
    SUPPORTER_TOLD = "supporter_told", _("To speak with their treatment supporter")
    HIV_RESULT_SHARED = "hiv_result_shared", _("To pass a test result on")
    PHOTO_OR_STORY = "photo_or_story", _("To use a photo or their story")


class ConsentAnswer(TextChoices):
    """What the person said. A no to the first question and a yes taken back are the same from then on."""

    GIVEN = "given", _("Yes")
    WITHDRAWN = "withdrawn", _("No")


class ConsentStands(TextChoices):
    """What holds of a purpose today, of all that the person ever answered."""

    AGREED = "agreed", _("Yes")
    SAID_NO = "said_no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")


class ConsentManner(TextChoices):
    """How the person was asked."""

    SPOKEN = "spoken", _("Spoken, to a member of staff")
    WRITTEN = "written", _("Signed on paper")
    EARLIER_BOOKS = "earlier_books", _("Taken over from the programme's earlier books")

"""The vocabulary of visits: what was done for somebody at one, and how it came to be recorded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Service(TextChoices):
    """What is done for a person at a visit, as the programmes and the national forms name it.

    Referrals and legal aid are services here until they have rooms of their own: a row says who, when and what, which
    is all that those rooms need to take it over.
    """

    HEALTH_EDUCATION = "health_education", _("Health education")
    PEER_COUNSELLING = "peer_counselling", _("Peer counselling")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial support")
    SELF_TEST = "self_test", _("HIV self-test given")
    WOUND_CARE = "wound_care", _("Wound care")
    HIV_REFERRAL = "hiv_referral", _("Referral for HIV testing")
    TB_REFERRAL = "tb_referral", _("Referral for TB screening")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SHOWER = "shower", _("Shower")
    MEAL = "meal", _("Meal")
    OTHER = "other", _("Another service of the site")


class Topic(TextChoices):
    """What health education was about. Source: docs/sources.md, 'National forms', peer calendar."""

    NOT_STATED = "", _("Not stated")
    PREP = "prep", _("PrEP")
    SELF_TESTING = "self_testing", _("HIV self-testing")
    SUBSTANCE_USE = "substance_use", _("Substance use")
    FAMILY_PLANNING = "family_planning", _("Family planning")
    HIV_STI = "hiv_sti", _("HIV and STI")
    PEP = "pep", _("PEP")
    TB = "tb", _("TB")
    U_EQUALS_U = "u_equals_u", _("Undetectable is untransmittable")
    STIGMA = "stigma", _("Stigma reduction")
    DISCLOSURE = "disclosure", _("Disclosure")
    OTHER_DISEASES = "other_diseases", _("Other diseases")
    OVERDOSE = "overdose", _("Preventing overdose")
    SAFER_INJECTING = "safer_injecting", _("Safer injecting and wound care")


class VisitSource(TextChoices):
    """How a visit came to be known."""

    DESK = "desk", _("Recorded at the desk")
    BOOK = "book", _("From a register")
    OUTREACH = "outreach", _("Recorded on outreach")


class WhyVoided(TextChoices):
    """Why a visit counts no more. Corrected and moved visits are replaced by another."""

    NOT_VOIDED = "", _("It counts")
    UNDONE = "undone", _("Undone")
    CORRECTED = "corrected", _("Corrected")
    MOVED = "moved", _("Was somebody else's")
    BOOK_TAKEN_BACK = "book_taken_back", _("Its book was taken back")


class VisitFault(TextChoices):
    """Why a visit, or what somebody took without a name, cannot be recorded or changed like this."""

    IN_THE_FUTURE = "in_the_future", _("A visit cannot lie in the future. Check the date.")
    LONG_AGO = "long_ago", _("This was too long ago. Check the year.")
    LESS_THAN_NOTHING = "less_than_nothing", _("There cannot be less than nothing. Check the numbers.")
    TOO_MANY = "too_many", _("This is more than one person takes at a visit. Check the numbers.")
    TOPIC_OF_NOTHING = "topic_of_nothing", _("Only health education has a topic.")
    NOTHING_AT_ALL = "nothing_at_all", _("Say what was given, or how many needles came back.")
    STANDS_NO_MORE = "stands_no_more", _("This was changed or taken back already. Look at what stands now.")
    TOO_LATE = (
        "too_late",
        _(
            "This can be taken back on the day it was recorded, by who recorded it or by the desk. Ask the manager."
        ),
    )
    THEIRS_ALREADY = "theirs_already", _("This visit is recorded for that person already.")
    SOMEBODY_ELSES = "somebody_elses", _("To record this for another person, move the visit to them.")
    NOT_OFFERED = "not_offered", _("This site does not offer that. Look at what is on the list now.")
    NAME_TAKEN = "name_taken", _("This is on the list of the site already.")

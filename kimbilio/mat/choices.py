"""The vocabulary of MAT: claims about a journey, marks of a day, rules of a clinic, with the words shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What can be claimed of a person's journey, on a date. Source: docs/sources.md, 'States on MAT'."""

    IDENTIFIED = "identified", _("Spoken with about MAT")
    REFERRED = "referred", _("Referred to the MAT clinic")
    SCREENED_ELIGIBLE = "screened_eligible", _("Screened: can start MAT")
    SCREENED_NOT_ELIGIBLE = "screened_not_eligible", _("Screened: cannot start MAT yet")
    PREPARING = "preparing", _("Preparing to start MAT")
    INDUCTED = "inducted", _("Started MAT")
    ALREADY_ON_MAT = "already_on_mat", _("Already on methadone when we met")
    STABILISING = "stabilising", _("Settling on MAT")
    MAINTENANCE = "maintenance", _("Steady on MAT")
    TAPERING = "tapering", _("Coming off MAT step by step")
    RETURNED = "returned", _("Back at the clinic")
    IN_TRANSIT = "in_transit", _("Away, with doses at another clinic")
    ADMITTED = "admitted", _("Admitted to hospital")
    IMPRISONED = "imprisoned", _("In prison")
    OUT_OF_TOUCH = "out_of_touch", _("Out of touch")
    COMPLETED = "completed", _("Completed MAT")
    TRANSFERRED = "transferred", _("Moved to another MAT clinic")
    STOPPED_BY_CHOICE = "stopped_by_choice", _("Chose to stop MAT")
    STOPPED_BY_CLINIC = "stopped_by_clinic", _("The clinic stopped MAT")
    RE_INDUCTED = "re_inducted", _("Started MAT again")
    DIED = "died", _("Died")


class StepReason(TextChoices):
    """Why somebody could not start, or stopped. Source: docs/sources.md, 'National forms', MAT."""

    NOT_STATED = "not_stated", _("Not stated")
    # Cannot start yet.
    UNDER_AGE = "under_age", _("Younger than the clinic may start")
    NO_DEPENDENCE = "no_dependence", _("No opioid dependence found")
    NOT_READY = "not_ready", _("Not ready to start yet")
    HEALTH_FIRST = "health_first", _("Another illness is treated first")
    # Chose to stop.
    FEELS_RECOVERED = "feels_recovered", _("Feels recovered")
    LOGISTICS = "logistics", _("The way or the hours of the clinic")
    TRAVEL = "travel", _("Travel")
    WORK = "work", _("Work")
    FASTING = "fasting", _("Ramadhan")
    DISSATISFIED = "dissatisfied", _("Not content with the service")
    # The clinic stopped.
    OVERDOSE_RISK = "overdose_risk", _("Risk of overdose from other drugs")
    VIOLENCE = "violence", _("Violence or threats")
    DRUGS_AT_CLINIC = "drugs_at_clinic", _("Drugs at the clinic")
    WEAPON = "weapon", _("A weapon at the clinic")
    DIVERSION = "diversion", _("Doses passed on to others")
    DAMAGE_OR_THEFT = "damage_or_theft", _("Damage or theft")
    DISRUPTION = "disruption", _("Disruption at the clinic")
    OTHER = "other", _("Another reason")


class Standing(TextChoices):
    """Where a person stands on the journey: derived from claims and days, never typed."""

    NOTHING_KNOWN = "nothing_known", _("Nothing known of MAT")
    BEFORE = "before", _("On the way to MAT")
    CANNOT_START = "cannot_start", _("Cannot start MAT yet")
    ON_MAT = "on_mat", _("On MAT")
    PAUSED = "paused", _("On MAT, elsewhere for now")
    OUT_OF_TOUCH = "out_of_touch", _("Out of touch")
    LEFT = "left", _("No longer on MAT")
    DIED = "died", _("Died")


class DayMark(TextChoices):
    """What is known of a person's dose on a day. Source: the legend of the clinic's daily dosing book."""

    DOSED = "dosed", _("Dosed")
    MISSED = "missed", _("Missed")
    TAKE_HOME = "take_home", _("Take-home dose")
    TRANSIT = "transit", _("In transit, dosed elsewhere")
    ADMITTED = "admitted", _("In hospital")
    IMPRISONED = "imprisoned", _("In prison")
    UNKNOWN = "unknown", _("Not known")


class Source(TextChoices):
    """Where a claim or a mark comes from."""

    CLINIC_LIST = "clinic_list", _("The clinic's list")
    BOOK = "book", _("A book of the clinic")
    STAFF = "staff", _("Our staff")
    PERSON = "person", _("The person themselves")
    EARLIER_BOOKS = "earlier_books", _("The programme's earlier books")


class ListKind(TextChoices):
    """How much a list says: whoever does not stand on a whole day's list has no mark on that day."""

    DAY = "day", _("A whole day's list")
    BOOK = "book", _("Lines of a book")
    ONE_DAY = "one_day", _("One person's day, put right")


class OddOrder(TextChoices):
    """What does not fit together in a journey. Accepted, and shown to the liaison to look into."""

    DOSE_BEFORE_START = "dose_before_start", _("Dosed before MAT was started")
    DOSE_AFTER_LEAVING = "dose_after_leaving", _("Dosed after leaving MAT")
    STARTED_TWICE = "started_twice", _("Started twice, with no end between")
    ON_MAT_WITHOUT_START = "on_mat_without_start", _("On MAT, and no start is recorded")
    AGAIN_WITHOUT_START = "again_without_start", _("Started again, and no first start is recorded")
    END_WITHOUT_START = "end_without_start", _("Left MAT, and no start is recorded")
    STARTED_WHEN_NOT_ELIGIBLE = "started_when_not_eligible", _("Started when the last screening said not yet")
    STEP_AFTER_DEATH = "step_after_death", _("A step after the day of death")
    MARK_AFTER_DEATH = "mark_after_death", _("On the clinic's list after the day of death")
    LISTED_WHILE_IMPRISONED = "listed_while_imprisoned", _("On the clinic's list while in prison")


class RuleName(TextChoices):
    """The numbers that a clinic decides. Each works from the start with a suggested value."""

    SECOND_STEP_FROM = "second_step_from", _("Days missed from which the second step begins")
    THIRD_STEP_FROM = "third_step_from", _("Days missed from which the third step begins")
    ASSESS_FROM = "assess_from", _("Days missed from which the clinic assesses before a dose")
    START_AGAIN_FROM = "start_again_from", _("Days missed from which the clinic starts MAT again")
    OUT_OF_TOUCH_AFTER = "out_of_touch_after", _("Days without a dose after which a person is out of touch")
    NO_LIST_FOR = "no_list_for", _("Days without a list from the clinic that raise a question")
    NO_START_FOR = (
        "no_start_for",
        _("Weeks without anybody starting, while people wait, that raise a question"),
    )


class SuggestedBecause(TextChoices):
    """Where a suggested value comes from. None is verified for Kenya. Source: docs/sources.md, 'Missed doses'."""

    LADDER = "ladder", _("Our suggestion after the Australian ladder; not verified for Kenya")
    COMMONLY = "commonly", _("Commonly used in MAT programmes; not verified for Kenya")
    OURS = "ours", _("Our own suggestion; not verified")


class RuleWords(TextChoices):
    """Whether a clinic stands behind a rule."""

    SUGGESTED = "suggested", _("suggested, not yet confirmed by the clinic")
    CONFIRMED = "confirmed", _("confirmed by the clinic")


class Advice(TextChoices):
    """What a row says from the step that the clinic names. Never a dose. Source: docs/sources.md, 'Missed doses'."""

    ASSESS_BEFORE_DOSE = "assess_before_dose", _("Assess before dose")
    TOLERANCE = (
        "tolerance",
        _(
            "Tolerance may have fallen, so overdose is a risk: go to the clinic before using or taking a dose."
        ),
    )
    OFFER_NALOXONE = "offer_naloxone", _("Offer naloxone, to them and to those they live with.")


class RuleFault(TextChoices):
    """Why a clinic's number cannot be set to a value."""

    OUT_OF_RANGE = "out_of_range", _("A number from 1 to 366 is needed.")
    STEPS_OUT_OF_ORDER = (
        "steps_out_of_order",
        _("The second step begins with 2 missed days or more, and the third step after the second."),
    )
    OUT_OF_TOUCH_TOO_SOON = (
        "out_of_touch_too_soon",
        _("A person cannot be out of touch before the third step of missed days begins."),
    )

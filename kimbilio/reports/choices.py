"""The vocabulary of reports: by what a number is split, what it counts, the states of a month, what a check finds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOT_KNOWN = "not_known"


class Split(TextChoices):
    """By what a number is split. The codes stand in reports and never change."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age at the end of the month")
    SITE = "site", _("Site")
    WARD = "ward", _("Ward")
    POPULATION = "population", _("Population type")
    WEEK = "week", _("Week")
    ACTIVITY = "activity", _("Activity")
    WHERE = "where", _("Where they are")


class Unit(TextChoices):
    """What is counted: the thing of which there are so many."""

    PEOPLE = "people", _("people")
    VISITS = "visits", _("visits")
    PIECES = "pieces", _("pieces")
    SESSIONS = "sessions", _("sessions")
    HEADS = "heads", _("heads")
    EVENTS = "events", _("events")


class Where(TextChoices):
    """Where somebody who ever started MAT is at the end of the month: each is in one place."""

    ACTIVE = "active", _("Active on MAT")
    PAUSED = "paused", _("In hospital, in prison or away, without a dose that we know of")
    OUT_OF_TOUCH = "out_of_touch", _("Out of touch")
    COMPLETED = "completed", _("Completed MAT")
    TRANSFERRED = "transferred", _("Moved to another MAT clinic")
    STOPPED = "stopped", _("MAT was stopped, by choice or by the clinic")
    ON_THE_WAY = "on_the_way", _("Left, and asked about MAT again since")
    DIED = "died", _("Died")


class MonthState(TextChoices):
    """Where a month stands on its way to being closed."""

    OPEN = "open", _("Open")
    PROPOSED = "proposed", _("Waits for a second person")
    CLOSED = "closed", _("Closed")


class CheckGroup(TextChoices):
    """What is the matter with what a check finds."""

    MISSING = "missing", _("Missing")
    DOUBTFUL = "doubtful", _("Doubtful")
    LATE = "late", _("Late")


class CheckKind(TextChoices):
    """What is looked for before a month is closed. The codes stand in addresses."""

    WAITING_LINES = "waiting_lines", _("Lines of books that wait")
    NO_LIST = "no_list", _("Days without a list from the MAT clinic")
    NOT_STATED = "not_stated", _("People without sex or year of birth")
    EMPTY_SESSIONS = "empty_sessions", _("Sessions without anybody")
    NOTHING_GIVEN = "nothing_given", _("Visits at which nothing was given or done")
    DUPLICATES = "duplicates", _("People who may be entered twice")
    TOO_MUCH = "too_much", _("Visits with more than is likely")
    BELOW_ZERO = "below_zero", _("Supplies below zero")
    ODD_STEPS = "odd_steps", _("Steps on MAT that do not fit")
    LATE_VISITS = "late_visits", _("Visits recorded more than a week after their day")
    CHANGED = "changed", _("Numbers that are others since the month was closed")


class WhyCheck(TextChoices):
    """Why it matters, of each of them."""

    WAITING_LINES = "waiting_lines", _("They are counted nowhere until somebody says whose they are.")
    NO_LIST = "no_list", _("Of these days nothing is known: nobody is counted as dosed or missing on them.")
    NOT_STATED = (
        "not_stated",
        _("They came this month, and stand as not known in the numbers by sex or by age."),
    )
    EMPTY_SESSIONS = "empty_sessions", _("Nobody stands on the sheet, and no guest is counted.")
    NOTHING_GIVEN = "nothing_given", _("They count as visits. Perhaps what was given was forgotten.")
    DUPLICATES = "duplicates", _("Each of them counts twice until the two records are joined.")
    TOO_MUCH = "too_much", _("Perhaps a slip of the hand. If it is right, leave it.")
    BELOW_ZERO = "below_zero", _("More was given than is known to have been there: count, and put it right.")
    ODD_STEPS = "odd_steps", _("They may make somebody count as active, or not.")
    LATE_VISITS = "late_visits", _("What is written down late is often written down from memory.")
    CHANGED = "changed", _("The frozen numbers stay until two people close the month anew.")


class WhyAgain(TextChoices):
    """Why a month that was closed is closed anew."""

    FIRST_CLOSE = "", _("Closed for the first time")
    LATE_RECORDS = "late_records", _("Records came late")
    PUT_RIGHT = "put_right", _("Records were put right")
    JOINED = "joined", _("People entered twice were joined")
    DEFINITION = "definition", _("A definition changed")


class StayEnd(TextChoices):
    """How a stay on MAT ended, or that it did not. Source: docs/sources.md, 'Staying on MAT'."""

    STILL_ON_MAT = "still_on_mat", _("On MAT")
    TRANSFERRED = "transferred", _("Moved to another MAT clinic")
    COMPLETED = "completed", _("Completed MAT")
    DIED = "died", _("Died")
    STOPPED = "stopped", _("Stopped MAT")
    OUT_OF_TOUCH = "out_of_touch", _("Out of touch")
    STARTED_AGAIN = "started_again", _("Started again after a gap")


class EstimateOf(TextChoices):
    """Of whom an estimate says how many there are."""

    INJECTS = "injects", _("People who inject drugs")
    USES = "uses", _("People who use heroin")


class FileKind(TextChoices):
    """As what the month's report can be taken along."""

    PDF = "pdf", _("PDF")
    WORKBOOK = "xlsx", _("Workbook")
    CSV = "csv", _("CSV table")

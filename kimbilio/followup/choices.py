"""The vocabulary of follow-up: wishes, attempts, outcomes, the way back, questions, with the words shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Wish(TextChoices):
    """What a person said about being called, visited or spoken of. Nothing recorded means: ask first."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ASK = "ask", _("Ask first")


class HowTried(TextChoices):
    """How somebody was looked for. Source: the national tracing register, 'Tracing type'."""

    PHONE = "phone", _("By phone")
    VISIT = "visit", _("By going there")


class Result(TextChoices):
    """Who was reached. Source: docs/sources.md, 'National forms', tracing register."""

    REACHED = "reached", _("We spoke with them")
    OTHER_INFORMANT = "other_informant", _("Somebody else told us")
    NOT_REACHED = "not_reached", _("Nobody was reached")


class Outcome(TextChoices):
    """What was learnt of a person. Source: the national tracing register (rules.py, NATIONAL); 'admitted' is ours."""

    FOUND = "found", _("Found")
    ADMITTED = "admitted", _("In hospital")
    BEDRIDDEN = "bedridden", _("Ill in bed at home")
    IMPRISONED = "imprisoned", _("In prison")
    RELOCATED = "relocated", _("Moved away")
    ON_MAT_ELSEWHERE = "on_mat_elsewhere", _("On MAT at another clinic")
    CHOSE_TO_STOP = "chose_to_stop", _("Chose to stop MAT")
    NOT_TRACED = "not_traced", _("Could not be traced")
    DIED = "died", _("Died")


class WhyStopped(TextChoices):
    """Why somebody stopped coming, in their own words or those of who told us."""

    NOT_STATED = "not_stated", _("Not stated")
    WORK = "work", _("Work")
    TRANSPORT = "transport", _("Bus fare or the way")
    POLICE = "police", _("Police")
    ILLNESS = "illness", _("Illness")
    FAMILY = "family", _("Family")
    SIDE_EFFECTS = "side_effects", _("Side effects")
    STIGMA = "stigma", _("How they are treated at the clinic")
    DOSE_TIMES = "dose_times", _("The hours of the clinic")
    OTHER = "other", _("Another reason")


class GoesWith(TextChoices):
    """Who goes back to the clinic with a person."""

    WORKER = "worker", _("One of us goes with them")
    FAMILY = "family", _("Family goes with them")
    FRIEND = "friend", _("A friend or peer goes with them")
    ALONE = "alone", _("They come by themselves")


class HowEnded(TextChoices):
    """What came of a way back that was agreed."""

    ARRIVED = "arrived", _("Arrived at the clinic")
    NOT_COME = "not_come", _("Did not come")
    CHANGED = "changed", _("Another day was agreed")


class Because(TextChoices):
    """Why this worker looks for this person."""

    WISH = "wish", _("the person wishes it")
    TRUST = "trust", _("reached them last time")
    HOTSPOT = "hotspot", _("looks for others at the same hotspot")
    WARD = "ward", _("looks for others in the same ward")
    FEWEST = "fewest", _("has the fewest people to look for")
    CHOSEN = "chosen", _("chosen by hand")


class Group(TextChoices):
    """The parts of the list, most urgent first."""

    MISSING = "missing", _("Missed days")
    OUT_OF_TOUCH = "out_of_touch", _("Out of touch")
    ON_THE_WAY = "on_the_way", _("On the way back")
    ANSWERED = "answered", _("We know where they are")
    ELSEWHERE = "elsewhere", _("Away for a reason on record")


class QuestionKind(TextChoices):
    """A question that raises itself."""

    NO_LIST = "no_list", _("No list from the clinic")
    NO_START = "no_start", _("Nobody has started MAT while people wait")


class AnswerGiven(TextChoices):
    """What was answered to a question that raised itself."""

    ASKED = "asked", _("The clinic was asked; we wait for its answer")
    ON_PAPER = "on_paper", _("The list is on paper and will be typed in")
    CLINIC_CLOSED = "clinic_closed", _("The clinic was closed")
    TAKES_NOBODY = "takes_nobody", _("The clinic takes nobody new for now")
    NO_MEDICINE = "no_medicine", _("The clinic is short of medicine")
    NOT_READY = "not_ready", _("Those who wait are not ready yet")
    BEFORE_COMMITTEE = "before_committee", _("It is before the clinic's committee")
    OTHER = "other", _("Another answer")


class SheetKind(TextChoices):
    """What a printed sheet is."""

    LOOK_FOR = "look_for", _("People to look for")
    CLINIC = "clinic", _("Answer to the clinic")


class Told(TextChoices):
    """What the clinic is told of a person who agreed to it."""

    FOUND = "found", _("Found")
    COMING = "coming", _("Found, and coming")
    ADMITTED = "admitted", _("In hospital")
    IMPRISONED = "imprisoned", _("In prison")
    DIED = "died", _("Died")


class Fault(TextChoices):
    """Why something cannot be recorded, in the words shown."""

    FUTURE = "future", _("This day has not come yet. Check the date.")
    NO_CALLS = "no_calls", _("This person does not want to be called. Nothing was recorded.")
    NO_VISITS = "no_visits", _("This person does not want to be visited. Nothing was recorded.")
    NOT_THIS_WORKER = "not_this_worker", _("This person wishes that somebody else looks for them.")
    NOBODY_MAY_LOOK = (
        "nobody_may_look",
        _("This person wants neither calls nor visits, so nobody looks for them."),
    )
    NOBODY_TOLD = "nobody_told", _("Where nobody was reached, nothing can be learnt of them.")
    FOUND_NOT_MET = "found_not_met", _("'Found' means that you spoke with them.")
    PLAN_IN_THE_PAST = "plan_in_the_past", _("The way back is agreed for today or a later day.")
    PLAN_TOO_FAR = "plan_too_far", _("Agree on a day within the next two weeks.")
    ENDED_ALREADY = "ended_already", _("What came of this way back is recorded already.")
    STANDS_NO_MORE = "stands_no_more", _("This entry was corrected or taken back already.")

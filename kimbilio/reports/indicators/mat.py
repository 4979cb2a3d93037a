"""MAT: who ever started, who started, is active, is missing, came back or left. As at the last day of the month."""

from django.utils.translation import gettext_noop as _

from kimbilio.accounts.roles import Role
from kimbilio.reports.choices import Split, Unit
from kimbilio.reports.indicators.base import BY_PERSON, Counts, Indicator, Measure, Records

EVER, ACTIVE, OUT_OF_TOUCH, RETURNED, WAITING = "ever", "active", "out_of_touch", "returned", "waiting"
MISSING = {"missing_1_2": (1, 2), "missing_3_4": (3, 4), "missing_5_plus": (5, None)}
INDUCTED, RE_INDUCTED, LEFT, DIED = "inducted", "re_inducted", "left", "died"

_CLAIMS = _("Steps on MAT that are recorded here or were taken over from the line list.")
_LISTS = _("The MAT clinic's lists and attendance books, and steps on MAT.")
_RUN = _(
    "A dose, here or elsewhere, ends a run of missed days. Prison, a blank and a day without a list are not known: "
    "neither a dose nor a miss. Whoever is in hospital, in prison or away by a recorded step is not missing."
)
_EARLIER_BOOKS = _("What earlier books say without a day, since nobody knows in which month it was.")


def _as_at(
    code: str, *, title: str, definition: str, why: str, key: str, leaves_out: str = "", out_of: str = ""
) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=why,
        source=_LISTS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.MAT, Measure.PEOPLE, key),
        leaves_out=leaves_out,
        out_of=out_of,
        splits=BY_PERSON,
        reviewed_by=Role.MAT_LIAISON,
    )


def _step(code: str, *, title: str, definition: str, why: str, key: str, leaves_out: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=why,
        source=_CLAIMS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.STEPS, Measure.PEOPLE, key),
        leaves_out=leaves_out,
        splits=BY_PERSON,
        reviewed_by=Role.MAT_LIAISON,
    )


_WHY_MISSING = _(
    "The sooner somebody is asked for, the easier is the way back; tolerance falls with every day."
)

MAT = (
    Indicator(
        code="mat.ever_inducted",
        title=_("People who ever started MAT"),
        definition=_(
            "People with a step by the end of the month that says that they started MAT or are on it. A person whom "
            "the line list gives a MAT number has such a step."
        ),
        why=_("Whom treatment reached since the programme began."),
        source=_CLAIMS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.MAT, Measure.PEOPLE, EVER),
        leaves_out=_(
            "People who are on a clinic's list and of whom no start is recorded: the liaison is asked about them."
        ),
        splits=(*BY_PERSON, (Split.WHERE,)),
        reviewed_by=Role.MAT_LIAISON,
    ),
    _step(
        "mat.inducted",
        title=_("People who started MAT"),
        definition=_("People with a first start of MAT on a day of the month."),
        why=_("Whether the way from outreach to treatment is open."),
        key=INDUCTED,
        leaves_out=_("People who were on MAT already when we met, and those who started again."),
    ),
    _step(
        "mat.re_inducted",
        title=_("People who started MAT again"),
        definition=_(
            "People with a start anew on a day of the month, after they had left or been out of touch."
        ),
        why=_("Whether the door stays open."),
        key=RE_INDUCTED,
        leaves_out=_EARLIER_BOOKS,
    ),
    _as_at(
        "mat.active",
        title=_("People active on MAT"),
        definition=_(
            "People who started by the end of the month, had not left by then, and had a dose, here or elsewhere, at "
            "least once within the days after which their clinic counts somebody as out of touch. Before the first "
            "list from a clinic, what the line list and steps say stands."
        ),
        why=_("Whom treatment keeps alive and well now."),
        key=ACTIVE,
        out_of="mat.ever_inducted",
    ),
    _as_at(
        "mat.missing_1_2",
        title=_("People with 1 or 2 days missed"),
        definition=_(
            "People who, as at the last day of the month, missed 1 or 2 days of doses since the last one."
        ),
        why=_WHY_MISSING,
        key="missing_1_2",
        leaves_out=_RUN,
    ),
    _as_at(
        "mat.missing_3_4",
        title=_("People with 3 or 4 days missed"),
        definition=_(
            "People who, as at the last day of the month, missed 3 or 4 days of doses since the last one."
        ),
        why=_WHY_MISSING,
        key="missing_3_4",
        leaves_out=_RUN,
    ),
    _as_at(
        "mat.missing_5_plus",
        title=_("People with 5 or more days missed"),
        definition=_(
            "People who, as at the last day of the month, missed 5 or more days of doses since the last one."
        ),
        why=_WHY_MISSING,
        key="missing_5_plus",
        leaves_out=_RUN,
    ),
    _as_at(
        "mat.out_of_touch",
        title=_("People out of touch"),
        definition=_(
            "People on MAT without a dose on so many days with a list as their clinic decides, or of whom it is "
            "recorded that they are out of touch, as at the last day of the month."
        ),
        why=_("Whom to look for most of all."),
        key=OUT_OF_TOUCH,
        leaves_out=_(
            "Some may be counted as active too: who had a dose lately, and is said to be out of touch since."
        ),
    ),
    _as_at(
        "mat.returned",
        title=_("People who came back after missed days"),
        definition=_("People who were dosed by their clinic in the month after one missed day or more."),
        why=_("Whether looking for people brings them back."),
        key=RETURNED,
    ),
    _as_at(
        "mat.waiting",
        title=_("People who wait to start MAT"),
        definition=_(
            "People who are referred, screened or preparing, and have not started by the end of the month."
        ),
        why=_("Treatment that people wait for in vain is not there."),
        key=WAITING,
    ),
    _step(
        "mat.left",
        title=_("People who left MAT"),
        definition=_(
            "People of whom it is recorded that, in the month, they completed MAT, moved to another clinic, chose to "
            "stop or were stopped."
        ),
        why=_("Who leaves, so that somebody asks why."),
        key=LEFT,
        leaves_out=_EARLIER_BOOKS,
    ),
    _step(
        "mat.died",
        title=_("People on our lists who died"),
        definition=_("People of whom it is recorded among the steps on MAT that they died in the month."),
        why=_("Every death is looked into."),
        key=DIED,
        leaves_out=_EARLIER_BOOKS,
    ),
)

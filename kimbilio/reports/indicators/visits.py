"""Who came, how often, and for the first time or again."""

from django.utils.translation import gettext_noop as _

from kimbilio.reports.choices import Unit
from kimbilio.reports.indicators.base import (
    BY_PERSON,
    BY_PERSON_AND_WEEK,
    Counts,
    Indicator,
    Measure,
    Records,
)

_REGISTER = _("Visits recorded at the desk and on outreach, and the visit register.")
_LEFT_OUT = _(
    "Lines of books that wait until somebody says whose they are, and supplies taken without a name."
)

VISITS = (
    Indicator(
        code="visits.people",
        title=_("People who came"),
        definition=_(
            "People with at least one visit in the month. Somebody who came ten times, or has several cards, is one."
        ),
        why=_("How many people the programme reaches."),
        source=_REGISTER,
        unit=Unit.PEOPLE,
        counts=Counts(Records.VISITS, Measure.PEOPLE),
        leaves_out=_LEFT_OUT,
        splits=BY_PERSON,
    ),
    Indicator(
        code="visits.visits",
        title=_("Visits"),
        definition=_("Every coming of a person whom we know, on a day of the month."),
        why=_("How much the safe space is used, and how staff and opening hours fit."),
        source=_REGISTER,
        unit=Unit.VISITS,
        counts=Counts(Records.VISITS, Measure.ROWS),
        leaves_out=_LEFT_OUT,
        splits=BY_PERSON_AND_WEEK,
    ),
    Indicator(
        code="visits.new_people",
        title=_("New people"),
        definition=_(
            "Of the people who came, those for whom nothing earlier is known: no visit before the month, at any site "
            "and under any card, and no earlier day of first contact."
        ),
        why=_("Whether the programme reaches people whom it did not know."),
        source=_("The same visits, and the day of first contact on a person's page or in the line list."),
        unit=Unit.PEOPLE,
        counts=Counts(Records.VISITS, Measure.PEOPLE, "new"),
        leaves_out=_("Visits of earlier months that were never entered: who came then seems new."),
        out_of="visits.people",
        splits=BY_PERSON,
    ),
    Indicator(
        code="visits.returning_people",
        title=_("Returning people"),
        definition=_("Of the people who came, those who are not new."),
        why=_("Whether people come back."),
        source=_("The same visits, and the day of first contact on a person's page or in the line list."),
        unit=Unit.PEOPLE,
        counts=Counts(Records.VISITS, Measure.PEOPLE, "returning"),
        out_of="visits.people",
        splits=BY_PERSON,
    ),
)

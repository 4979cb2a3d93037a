"""What was done with the community around: heads, never people."""

from django.utils.translation import gettext_noop as _

from kimbilio.reports.choices import Split, Unit
from kimbilio.reports.indicators.base import Counts, Indicator, Measure, Records

_BY: tuple[tuple[Split, ...], ...] = (
    (Split.SEX,),
    (Split.SITE,),
    (Split.ACTIVITY,),
    (Split.ACTIVITY, Split.SEX),
)

COMMUNITY = (
    Indicator(
        code="community.participants",
        title=_("Heads at community events"),
        definition=_("How many came to each community event of the month, added up."),
        why=_("Whether neighbours, families and leaders stand with the programme."),
        source=_("Community events as recorded, and the list of events."),
        unit=Unit.HEADS,
        counts=Counts(Records.EVENTS, Measure.SUM, "participants"),
        leaves_out=_(
            "Who came to several events counts at each. Heads that nobody sorted are of no stated sex."
        ),
        splits=_BY,
    ),
    Indicator(
        code="community.events",
        title=_("Community events"),
        definition=_("Community events that were held in the month."),
        why=_("What the programme does beyond its walls."),
        source=_("Community events as recorded, and the list of events."),
        unit=Unit.EVENTS,
        counts=Counts(Records.EVENTS, Measure.ROWS, "events"),
        splits=((Split.SITE,), (Split.ACTIVITY,)),
    ),
)

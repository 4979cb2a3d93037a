"""What was done for people: psychosocial support, peer counselling, referrals, legal aid, sessions."""

from django.utils.translation import gettext_noop as _

from kimbilio.reports.choices import Unit
from kimbilio.reports.indicators.base import (
    BY_PERSON,
    BY_PERSON_AND_WEEK,
    BY_SEX_AND_SITE,
    BY_SITE,
    Counts,
    Indicator,
    Measure,
    Records,
)
from kimbilio.visits.choices import Service

_TICKS = _("What is ticked at visits, at the desk, on outreach and in the visit register.")
_LINES_THAT_WAIT = _("Lines of books that wait until somebody says whose they are.")
_SHEETS = _("Attendance sheets of sessions.")


def _ticks(code: str, *, title: str, definition: str, why: str, service: Service) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=why,
        source=_TICKS,
        unit=Unit.VISITS,
        counts=Counts(Records.SERVICES, Measure.ROWS, service),
        leaves_out=_LINES_THAT_WAIT,
        splits=BY_PERSON,
    )


SERVICES = (
    Indicator(
        code="support.people",
        title=_("People who had psychosocial support"),
        definition=_(
            "People for whom psychosocial support is ticked at a visit, or who came to a psychosocial group, a session "
            "of cognitive behavioural therapy or a peer support group. Of a week: the people of that week."
        ),
        why=_("Support for mind and life is half of what makes treatment last."),
        source=_("What is ticked at visits, and attendance sheets of sessions."),
        unit=Unit.PEOPLE,
        counts=Counts(Records.SUPPORT, Measure.PEOPLE),
        leaves_out=_(
            "Guests of sessions, who have no card. The weeks do not add up to the month, since one person may come in "
            "several."
        ),
        splits=BY_PERSON_AND_WEEK,
    ),
    _ticks(
        "support.peer_counselling",
        title=_("Peer counselling"),
        definition=_(
            "Visits at which peer counselling is ticked: somebody who was counselled three times counts three times."
        ),
        why=_("People who use drugs listen first to those who know their life."),
        service=Service.PEER_COUNSELLING,
    ),
    Indicator(
        code="support.sessions",
        title=_("Sessions"),
        definition=_("Sessions that were held in the month, of every kind."),
        why=_("What the programme offers to several people at once."),
        source=_SHEETS,
        unit=Unit.SESSIONS,
        counts=Counts(Records.SESSIONS, Measure.ROWS),
        splits=BY_SITE,
    ),
    Indicator(
        code="support.session_people",
        title=_("People who came to sessions"),
        definition=_(
            "People with a card who stand on the attendance sheet of at least one session, of any kind."
        ),
        why=_("Whom sessions reach."),
        source=_SHEETS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.ATTENDANCES, Measure.PEOPLE),
        leaves_out=_("Guests, who are counted by head."),
        splits=BY_PERSON,
    ),
    Indicator(
        code="support.guests",
        title=_("Guests of sessions"),
        definition=_("Heads of guests at sessions: people without a card, counted by sex at each session."),
        why=_("Families and neighbours whom sessions reach."),
        source=_SHEETS,
        unit=Unit.HEADS,
        counts=Counts(Records.SESSIONS, Measure.SUM, "guests"),
        leaves_out=_("Whether a guest came twice is not known: each coming counts."),
        splits=BY_SEX_AND_SITE,
    ),
    _ticks(
        "referrals.hiv",
        title=_("Referrals for HIV testing"),
        definition=_("Visits at which a referral for HIV testing is ticked."),
        why=_("Who knows their status can be treated, and protects others."),
        service=Service.HIV_REFERRAL,
    ),
    _ticks(
        "referrals.tb",
        title=_("Referrals for TB screening"),
        definition=_("Visits at which a referral for TB screening is ticked."),
        why=_("TB is found early, or spreads."),
        service=Service.TB_REFERRAL,
    ),
    Indicator(
        code="legal.people",
        title=_("People who had legal aid"),
        definition=_("People for whom legal aid is ticked at a visit at least once in the month."),
        why=_("Arrests and evictions end treatment; a paralegal can prevent that."),
        source=_TICKS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.SERVICES, Measure.PEOPLE, Service.LEGAL_AID),
        leaves_out=_LINES_THAT_WAIT,
        splits=BY_PERSON,
    ),
)

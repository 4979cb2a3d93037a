"""What was given and brought back: in pieces, to how many people, and apart from them to people without a name."""

from django.utils.translation import gettext_noop as _

from kimbilio.reports.choices import Unit
from kimbilio.reports.indicators.base import BY_PERSON, BY_SITE, Counts, Indicator, Measure, Records
from kimbilio.stock.choices import SupplyKind

RETURNED = "returned"

_AT_VISITS = _("What is recorded as given at visits, at the desk, on outreach and in the visit register.")
_WITHOUT_A_NAME = _("Supplies taken without a name, which are counted apart, and lines of books that wait.")
_SAFER = _("Needles, condoms and naloxone prevent HIV, hepatitis and deaths where there are enough of them.")
_NEED = _("Whether supplies reach many people or few.")
_ANONYMOUS = _("What is recorded as taken or brought back by people who did not say who they are.")
_APART = _(
    "They belong to no person, so they stand in no other number: add them for all that left the store."
)


def _given(code: str, *, title: str, definition: str, key: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=_SAFER,
        source=_AT_VISITS,
        unit=Unit.PIECES,
        counts=Counts(Records.SUPPLIES, Measure.SUM, key),
        leaves_out=_WITHOUT_A_NAME,
        splits=BY_PERSON,
    )


def _to_people(code: str, *, title: str, definition: str, key: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=_NEED,
        source=_AT_VISITS,
        unit=Unit.PEOPLE,
        counts=Counts(Records.SUPPLIES, Measure.PEOPLE, key),
        leaves_out=_("Those for whom somebody else collected, and people without a name."),
        out_of="visits.people",
        splits=BY_PERSON,
    )


def _without_a_name(code: str, *, title: str, definition: str, key: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        definition=definition,
        why=_("People who do not want to be known need supplies all the same."),
        source=_ANONYMOUS,
        unit=Unit.PIECES,
        counts=Counts(Records.ANONYMOUS, Measure.SUM, key),
        leaves_out=_APART,
        splits=BY_SITE,
    )


SUPPLIES = (
    _given(
        "supplies.needles",
        title=_("Needles and syringes given"),
        definition=_(
            "Pieces of needles and syringes that were given to people at their visits, for themselves and for others."
        ),
        key=SupplyKind.NEEDLES,
    ),
    Indicator(
        code="supplies.needles_returned",
        title=_("Needles and syringes brought back"),
        definition=_("Pieces of used needles and syringes that people brought back at their visits."),
        why=_("Used needles that come back hurt nobody, and show trust."),
        source=_AT_VISITS,
        unit=Unit.PIECES,
        counts=Counts(Records.VISITS, Measure.SUM, RETURNED),
        leaves_out=_(
            "Needles brought back without a name, which are counted apart, and those found at clean-ups."
        ),
        splits=BY_PERSON,
    ),
    _given(
        "supplies.condoms",
        title=_("Condoms given"),
        definition=_("Pieces of condoms that were given to people at their visits."),
        key=SupplyKind.CONDOMS,
    ),
    _given(
        "supplies.lubricants",
        title=_("Lubricants given"),
        definition=_("Pieces of lubricant that were given to people at their visits."),
        key=SupplyKind.LUBRICANTS,
    ),
    _given(
        "supplies.naloxone_kits",
        title=_("Naloxone kits given"),
        definition=_("Naloxone kits that were given to people at their visits."),
        key=SupplyKind.NALOXONE,
    ),
    _to_people(
        "supplies.needles_people",
        title=_("People who were given needles and syringes"),
        definition=_("People who were given at least one needle or syringe in the month."),
        key=SupplyKind.NEEDLES,
    ),
    _to_people(
        "supplies.condoms_people",
        title=_("People who were given condoms"),
        definition=_("People who were given at least one condom in the month."),
        key=SupplyKind.CONDOMS,
    ),
    _to_people(
        "supplies.lubricants_people",
        title=_("People who were given lubricants"),
        definition=_("People who were given at least one lubricant in the month."),
        key=SupplyKind.LUBRICANTS,
    ),
    _to_people(
        "supplies.naloxone_people",
        title=_("People who were given naloxone"),
        definition=_("People who were given at least one naloxone kit in the month."),
        key=SupplyKind.NALOXONE,
    ),
    _without_a_name(
        "supplies.anonymous_needles",
        title=_("Needles and syringes given without a name"),
        definition=_(
            "Pieces of needles and syringes that were taken by people who did not say who they are."
        ),
        key=SupplyKind.NEEDLES,
    ),
    _without_a_name(
        "supplies.anonymous_needles_returned",
        title=_("Needles and syringes brought back without a name"),
        definition=_(
            "Pieces of used needles and syringes that were brought back by people who did not say who they are."
        ),
        key=RETURNED,
    ),
    _without_a_name(
        "supplies.anonymous_condoms",
        title=_("Condoms given without a name"),
        definition=_("Pieces of condoms that were taken by people who did not say who they are."),
        key=SupplyKind.CONDOMS,
    ),
    _without_a_name(
        "supplies.anonymous_lubricants",
        title=_("Lubricants given without a name"),
        definition=_("Pieces of lubricant that were taken by people who did not say who they are."),
        key=SupplyKind.LUBRICANTS,
    ),
    _without_a_name(
        "supplies.anonymous_naloxone_kits",
        title=_("Naloxone kits given without a name"),
        definition=_("Naloxone kits that were taken by people who did not say who they are."),
        key=SupplyKind.NALOXONE,
    ),
)

"""What is shown as bars: the way to MAT and where the others are, supplies against need, and what an estimate tells."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.reports.choices import EstimateOf, Split, Where
from kimbilio.reports.indicators import INDICATORS
from kimbilio.reports.models import PopulationEstimate
from kimbilio.reports.queries.cascade import WayToMat
from kimbilio.reports.queries.reach import Reached
from kimbilio.reports.rules.findings import of_a_hundred
from kimbilio.reports.rules.need import Need
from kimbilio.reports.wording import number, title_of
from kimbilio.reports.written.parts import Bar, ReachLine
from kimbilio.reports.written.tables import Figures

_ACTIVE = Where.ACTIVE.value
# Source: docs/sources.md, 'Needles for each person in a year'.
ENOUGH_NEEDLES = 200


def cascade_bars(way: WayToMat, figures: Figures) -> list[Bar]:
    """Return the steps of the way to MAT, each with its part of the step before."""
    steps = [
        (_("Known to us"), way.known, None),
        (_("Referred to the clinic, or further"), way.referred, None),
        (title_of("mat.ever_inducted"), figures.value("mat.ever_inducted"), figures.get("mat.ever_inducted")),
        (title_of("mat.active"), figures.value("mat.active"), figures.get("mat.active")),
    ]
    most = max((count for _label, count, _figure in steps), default=0) or 1
    bars, before = [], 0
    for label, count, figure in steps:
        beside = (
            _("%(part)s of 100 of the step before") % {"part": of_a_hundred(count, before)} if before else ""
        )
        bars.append(Bar(label, count, 100 * count / most, beside, figure=figure))
        before = count
    return bars if any(bar.count for bar in bars) else []


def whereabouts_bars(figures: Figures) -> list[Bar]:
    """Return where those are who started MAT and are not active on it, the most first."""
    parts = figures.parts("mat.ever_inducted", Split.WHERE)
    others = [(Where(name), one) for name, one in parts.items() if name != _ACTIVE and one.value]
    whole = figures.value("mat.ever_inducted") or 1
    bars = [Bar(str(where.label), one.value, 100 * one.value / whole, figure=one) for where, one in others]
    return sorted(bars, key=lambda bar: -bar.count)


def need_bars(figures: Figures, needs: Mapping[str, Need]) -> list[Bar]:
    """Return what was given of each supply, against what was needed, for those of which that is set."""
    bars = []
    for code in ("supplies.needles", "supplies.condoms", "supplies.lubricants", "supplies.naloxone_kits"):
        figure, need = figures.get(code), needs.get(code)
        if figure is None or need is None:
            continue
        most = max(figure.value, need.pieces) or 1
        said = _("%(need)s needed: %(part)s for every 100")
        beside = said % {"need": number(need.pieces), "part": of_a_hundred(figure.value, need.pieces or 1)}
        share, mark = 100 * figure.value / most, 100 * need.pieces / most
        bars.append(Bar(_(INDICATORS[code].title), figure.value, share, beside, mark, figure))
    return bars


def need_sources(needs: Mapping[str, Need]) -> list[str]:
    """Return, for each need, how it was reckoned and who stands behind it."""
    said = _(
        "%(title)s: %(per_person)s for each of the %(people)s people who came. Source: %(source)s; confirmed by "
        "%(confirmed_by)s."
    )
    return [
        said
        % {
            "title": title_of(code),
            "per_person": " / ".join(number(each) for each in need.per_person),
            "people": number(need.people),
            "source": "; ".join(need.sources),
            "confirmed_by": "; ".join(need.confirmed_by),
        }
        for code, need in needs.items()
    ]


def reach_lines(
    reached: Sequence[Reached], estimates: Mapping[tuple[str, EstimateOf], PopulationEstimate]
) -> list[ReachLine]:
    """Return whom the programme reached, and the needles a person in twelve months, against each estimate."""
    lines = []
    for one in reached:
        for of in EstimateOf:
            estimate = estimates.get((one.county, of))
            if estimate is not None:
                lines += [_people_line(one, estimate), _needles_line(one, estimate)]
    return lines


def _people_line(one: Reached, estimate: PopulationEstimate) -> ReachLine:
    value, low, high = (
        of_a_hundred(one.people, whole) for whole in (estimate.value, estimate.high, estimate.low)
    )
    said = _("%(county)s: people who came in twelve months, of every 100 that there are") % {
        "county": one.county
    }
    return ReachLine(said, number(value), _between(number(low), number(high)), _estimate_words(estimate))


def _needles_line(one: Reached, estimate: PopulationEstimate) -> ReachLine:
    each = [one.needles / whole for whole in (estimate.value, estimate.high, estimate.low)]
    value, low, high = (f"{part:.1f}" for part in each)
    said = _("%(county)s: needles and syringes for each person there is, in twelve months")
    beside = _("The target of UNAIDS for 2025 is more than %(enough)s.") % {"enough": ENOUGH_NEEDLES}
    return ReachLine(
        said % {"county": one.county}, value, f"{_between(low, high)}. {beside}", _estimate_words(estimate)
    )


def _between(low: str, high: str) -> str:
    return _("between %(low)s and %(high)s") % {"low": low, "high": high}


def _estimate_words(estimate: PopulationEstimate) -> str:
    said = _(
        "%(of)s: %(value)s (%(low)s to %(high)s), as at %(day)s. Source: %(source)s; confirmed by %(who)s."
    )
    return said % {
        "of": EstimateOf(estimate.of).label,
        "value": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "day": _day(estimate.as_at),
        "source": estimate.source,
        "who": estimate.confirmed_by,
    }


def _day(day: date) -> str:
    return date_format(day, "j F Y")

"""Writing a month's report: what is counted, what it says, what does not fit, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import organisation_names
from kimbilio.accounts.roles import Permission
from kimbilio.mat.rules import month_before
from kimbilio.people.choices import Sex
from kimbilio.reports.choices import EstimateOf, Split, WhyAgain
from kimbilio.reports.models import MonthClose, PopulationEstimate
from kimbilio.reports.queries import StateOfMonth, month_state
from kimbilio.reports.queries.cascade import way_to_mat
from kimbilio.reports.queries.checks import checks_of
from kimbilio.reports.queries.estimates import estimates_as_at, needs_in
from kimbilio.reports.queries.kept import kept
from kimbilio.reports.queries.month import figures_kept, frozen_figures
from kimbilio.reports.queries.reach import Reached, reached_in_a_year
from kimbilio.reports.queries.staying import Staying as StayingFound
from kimbilio.reports.queries.staying import staying_at
from kimbilio.reports.queries.trends import SUPPLY_CODES, Trend, last_start, trend_of
from kimbilio.reports.rules.findings import Finding, FindingKind, Numbers, findings, gaps
from kimbilio.reports.rules.need import Need, SiteNeed, need_of
from kimbilio.reports.rules.unchanged import RestsOn
from kimbilio.reports.scope import Scope, scope_for
from kimbilio.reports.sentences import in_words
from kimbilio.reports.wording import how_stays_count, number, title_of
from kimbilio.reports.written import bars, pictures, tables
from kimbilio.reports.written.parts import Quality, Staying, WrittenReport

_A_YEAR = 365


@dataclass(frozen=True)
class _Found:
    """All that a report is written from."""

    scope: Scope
    figures: tables.Figures
    state: StateOfMonth
    staying: StayingFound
    trend: Trend
    needs: Mapping[str, Need]
    reached: Sequence[Reached]
    estimates: Mapping[tuple[str, EstimateOf], PopulationEstimate]

    @property
    def is_whole(self) -> bool:
        """Say whether the month is over."""
        return self.scope.on == self.scope.last


def written_report(by: Actor, month: date, site: Site | None = None) -> WrittenReport:
    """Return the report of a month, at a site or at all sites where the actor may see reports.

    In the language that is active. A bounded number of questions, whatever there is in the month.
    """
    found = _found(by, month, site)
    scope, figures, numbers = found.scope, found.figures, _numbers(found)
    said = findings(numbers)
    return WrittenReport(
        organisation=organisation_names()[scope.organisation_id],
        place=_place(scope),
        month=scope.month,
        month_name=date_format(scope.month, "F Y"),
        state=found.state.state,
        state_words=_state_words(found.state, is_whole=found.is_whole),
        as_at=found.state.as_at,
        findings=[in_words(one) for one in said],
        gaps=[in_words(one) for one in gaps(numbers)],
        headlines=tables.headlines_of(figures, numbers.before),
        people=tables.rows_of(figures, tables.PEOPLE),
        supplies=tables.rows_of(figures, tables.SUPPLIES),
        services=tables.rows_of(figures, tables.SERVICES),
        mat=tables.rows_of(figures, tables.MAT),
        community=tables.community_rows(figures),
        needs=bars.need_bars(figures, found.needs),
        need_sources=bars.need_sources(found.needs),
        cascade=bars.cascade_bars(kept(RestsOn.MAT_AND_PEOPLE, scope, way_to_mat), figures),
        whereabouts=bars.whereabouts_bars(figures),
        staying=_staying(found.staying, said),
        months=pictures.months_drawn(found.trend, is_open=not found.is_whole),
        trend=pictures.trend_table(found.trend),
        reach=bars.reach_lines(found.reached, found.estimates),
        quality=_quality(by, scope),
        changes=_changes(found.state),
        definitions=tables.definitions_of(figures),
        figures=figures.all,
        is_empty=not any(one.value for one in figures.all),
    )


def _found(by: Actor, month: date, site: Site | None) -> _Found:
    scope = scope_for(by, Permission.SEE_REPORTS, month, site)
    state = month_state(by, month, site)
    figures = tables.Figures(frozen_figures(state.standing) if state.standing else figures_kept(scope))
    before = kept(RestsOn.RECORDS, replace(scope, month=month_before(scope.month)), trend_of)
    reached = kept(RestsOn.RECORDS, scope, reached_in_a_year)
    return _Found(
        scope=scope,
        figures=figures,
        state=state,
        staying=kept(RestsOn.MAT, scope, staying_at),
        trend=before.with_month(scope.month, figures.whole(), closed=state.standing is not None),
        needs=_needs(scope, figures),
        reached=reached,
        estimates=estimates_as_at(scope.organisation_id, [one.county for one in reached], scope.last),
    )


def _place(scope: Scope) -> str:
    """Return of which place the report is: the site, or the sites by name."""
    return scope.site.name if scope.site else ", ".join(site.name for site in scope.sites)


def _state_words(state: StateOfMonth, *, is_whole: bool) -> str:
    if state.standing and state.closed_at:
        said = _("Closed on %(day)s by %(people)s: these figures stay as they are.")
        said %= {"day": date_format(state.closed_at, "j F Y"), "people": ", ".join(state.closed_by)}
        return " ".join(filter(None, (said, _revision_words(state.standing), _waits_words(state))))
    if state.waiting:
        return _waits_words(state)
    if not is_whole:
        return _("The month is not over: every number may still grow.")
    return _("Not closed yet: numbers may still change.")


def _revision_words(standing: MonthClose) -> str:
    """Return which revision the figures are, and why the month was closed anew; '' for the first close."""
    if standing.revision == 1:
        return ""
    said = _("Revision %(number)s: %(why)s.")
    return said % {"number": standing.revision - 1, "why": WhyAgain(standing.why).label}


def _waits_words(state: StateOfMonth) -> str:
    if state.waiting is None:
        return ""
    said = _("%(person)s proposed to close it with the figures of %(day)s; another person has to confirm.")
    day = date_format(timezone.localtime(state.waiting.recorded_at), "j F Y, H:i")
    return said % {"person": state.proposed_by, "day": day}


def _numbers(found: _Found) -> Numbers:
    """Return what findings are made of. The month itself is told by its figures, closed or counted now."""
    whole = found.figures.whole()
    months: dict[str, Sequence[int | None]] = {
        code: [*values[:-1], whole.get(code, values[-1]) if values[-1] is not None else None]
        for code, values in found.trend.values.items()
    }
    before = {code: values[-2] for code, values in months.items() if values[-2] is not None}
    return Numbers(
        month=found.scope.month if found.is_whole else month_before(found.scope.month),
        now=whole,
        women=found.figures.value("visits.people", sex=Sex.FEMALE.value),
        before=before if found.is_whole else {},
        needs={code: need.pieces for code, need in found.needs.items()},
        months=months if found.is_whole else {},
        last_start=last_start(found.scope),
        after_a_year=found.staying.curve.at(_A_YEAR),
        left=found.staying.left,
        undated=found.staying.undated,
        reach=_only_reach(found.reached, found.estimates),
    )


def _needs(scope: Scope, figures: tables.Figures) -> dict[str, Need]:
    """Return the need of each supply that is known: of each site where people came, as it was set there."""
    came = figures.parts("visits.people", Split.SITE)
    standing = needs_in(scope.organisation_id, scope.site_ids, scope.month)
    found = {}
    for code, kind in SUPPLY_CODES.items():
        sites = []
        for site in scope.sites:
            row = standing.get((site.pk, kind))
            people = came[site.name].value if site.name in came else 0
            said = (row.per_person, row.source, row.confirmed_by) if row else (None, "", "")
            sites.append(SiteNeed(people, *said))
        need = need_of(sites)
        if need is not None:
            found[code] = need
    return found


def _only_reach(
    reached: Sequence[Reached], estimates: Mapping[tuple[str, EstimateOf], PopulationEstimate]
) -> tuple[int, int, int, int] | None:
    """Return people and estimate where there is exactly one of each to speak of in a sentence."""
    if len(reached) != 1 or len(estimates) != 1:
        return None
    (estimate,) = estimates.values()
    return reached[0].people, estimate.value, estimate.low, estimate.high


def _staying(staying: StayingFound, said: Sequence[Finding]) -> Staying:
    kinds = (FindingKind.STAYING, FindingKind.STAYING_UNDATED)
    sentence = next((in_words(one) for one in said if one.kind in kinds), "")
    return Staying(pictures.staying_drawn(staying, sentence), sentence, how_stays_count(staying))


def _quality(by: Actor, scope: Scope) -> list[Quality]:
    """Return what the checks of the month found."""
    return [
        Quality(str(one.group.label), str(one.label), str(one.why), one.count, one.url, one.days)
        for one in checks_of(by, scope.month, scope.site)
        if one.count
    ]


def _changes(state: StateOfMonth) -> list[str]:
    """Return what is another number now than when the month was closed: the whole ones, in sentences."""
    said = _("%(title)s: %(before)s when the month was closed, %(now)s now.")
    return [
        said % {"title": title_of(one.code), "before": number(one.before), "now": number(one.now)}
        for one in state.changes
        if not one.split
    ]

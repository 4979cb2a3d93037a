"""Who of a site's people is counted in each number of MAT, by the rules of `mat`."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.mat.choices import Standing, StepKind
from kimbilio.mat.queries import PersonRun, reckoned_active, reckoned_returns, reckoned_runs, reckoned_waiting
from kimbilio.mat.queries.glances import ON_MAT, claimed_to_be
from kimbilio.mat.queries.records import claims_of_people, joined_at
from kimbilio.mat.rules import State, state_at
from kimbilio.reports.choices import Where
from kimbilio.reports.indicators.mat import ACTIVE, EVER, MISSING, OUT_OF_TOUCH, RETURNED, WAITING
from kimbilio.reports.scope import Scope

People = Mapping[str, set[UUID]]

_BY_STANDING = {
    Standing.DIED: Where.DIED,
    Standing.PAUSED: Where.PAUSED,
    Standing.BEFORE: Where.ON_THE_WAY,
    Standing.CANNOT_START: Where.ON_THE_WAY,
}
_LEFT_TO = {StepKind.COMPLETED: Where.COMPLETED, StepKind.TRANSFERRED: Where.TRANSFERRED}


def people_on_mat(site: Site, scope: Scope) -> People:
    """Return the people of each number of MAT at a site, by its key (indicators/mat.py)."""
    runs = missing_runs(site, scope.on)
    return {
        EVER: claimed_to_be(site, ON_MAT, scope.on, joined_at(site)),
        ACTIVE: reckoned_active(site, scope.on),
        OUT_OF_TOUCH: {run.client_id for run in runs if run.out_of_touch},
        RETURNED: {back.client_id for back in reckoned_returns(site, scope.first, scope.on)},
        WAITING: set(reckoned_waiting(site, scope.on)),
        **{key: {run.client_id for run in runs if is_missing(run, key)} for key in MISSING},
    }


def missing_runs(site: Site, on: date) -> list[PersonRun]:
    """Return the runs of absences at a site as at a day, but for those that a step explains."""
    return [run for run in reckoned_runs(site, on) if run.standing != Standing.PAUSED]


def is_missing(run: PersonRun, key: str) -> bool:
    """Tell whether a run is of so many days as the number of this key counts."""
    least, most = MISSING[key]
    return run.days >= least and (most is None or run.days <= most)


def whereabouts(site: Site, on: date, people: People) -> dict[UUID, Where]:
    """Return where everybody of a site who ever started MAT is at the end of a day: each in one place."""
    others = people[EVER] - people[ACTIVE]
    claims = claims_of_people(site.organisation_id, others, on, joined_at(site))
    found = dict.fromkeys(people[EVER] & people[ACTIVE], Where.ACTIVE)
    return found | {person: _where(state_at(claims.get(person, ()), on)) for person in others}


def _where(state: State) -> Where:
    """Return where somebody is who is not active."""
    if state.standing == Standing.LEFT:
        return _LEFT_TO.get(state.kind, Where.STOPPED) if state.kind else Where.STOPPED
    return _BY_STANDING.get(state.standing, Where.OUT_OF_TOUCH)

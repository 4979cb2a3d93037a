"""What the pages of checks and of closing show."""

from collections.abc import Sequence
from typing import Any

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.reports.choices import CheckGroup, MonthState, WhyAgain
from kimbilio.reports.models import MonthClose
from kimbilio.reports.queries import Change, StateOfMonth
from kimbilio.reports.queries.checks import Check
from kimbilio.reports.wording import split_words, title_of

Shown = dict[str, Any]
# The rest is in the report itself: a page is read, and not searched.
CHANGES_SHOWN = 60


def checks_shown(checks: Sequence[Check]) -> Shown:
    """Return the checks under their groups: first what was found, then what there is none of."""
    found = [one for one in checks if one.count]
    return {
        "groups": [
            {"label": group.label, "checks": [one for one in found if one.group == group]}
            for group in CheckGroup
            if any(one.group == group for one in found)
        ],
        "nothing_of": [one.label for one in checks if not one.count],
    }


def close_shown(state: StateOfMonth, closes: Sequence[MonthClose], actor: Actor) -> Shown:
    """Return where a month stands, what changed since it was closed, and every close of it."""
    people = {person for one in closes for person in (one.proposed_by, one.confirmed_by) if person}
    names = staff_names(actor.organisation_id, people)
    whole = [one for one in state.changes if not one.split]
    parts = [one for one in state.changes if one.split]
    return {
        "state": state,
        "is_open": state.state == MonthState.OPEN,
        "may_propose": state.waiting is None and (state.standing is None or bool(state.changes)),
        "is_own": state.waiting is not None and state.waiting.proposed_by == actor.staff_id,
        "changes": [_change(one) for one in (*whole, *parts)[:CHANGES_SHOWN]],
        "more_changes": max(0, len(state.changes) - CHANGES_SHOWN),
        "closes": [
            {
                "revision": one.revision,
                "why": WhyAgain(one.why).label,
                "proposed_by": names.get(one.proposed_by, "") if one.proposed_by else "",
                "confirmed_by": names.get(one.confirmed_by, "") if one.confirmed_by else "",
                "at": one.confirmed_at,
            }
            for one in closes
        ],
    }


def _change(change: Change) -> Shown:
    return {
        "title": title_of(change.code),
        "part": split_words(change.split),
        "before": change.before,
        "now": change.now,
    }

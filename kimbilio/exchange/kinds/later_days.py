"""Days of which a later list tells: an older line is not laid over them, and no copy while a later book differs."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.earlier import EarlierLine, Standing
from kimbilio.exchange.kinds.base import Line
from kimbilio.mat.choices import DayMark, ListKind
from kimbilio.mat.queries import LaterList, lists_since
from kimbilio.places.models import MatClinic

LEFT_TO_NEWER = gettext_noop(
    "Newer lists tell already of %(count)s days from %(day)s on: they were kept as they are."
)


def standing_of(
    clinic: MatClinic, pairs: Sequence[tuple[dict[date, DayMark], EarlierLine]]
) -> dict[UUID, Standing]:
    """Return which earlier lines, given with the days they said, no longer stand, and why. Two questions."""
    told = [(days, earlier) for days, earlier in pairs if days and earlier.client_id is not None]
    if not told:
        return {}
    people = {earlier.client_id for _days, earlier in told if earlier.client_id is not None}
    months = {day.replace(day=1) for days, _earlier in told for day in days}
    lists = lists_since(clinic, people, months, min(earlier.since for _days, earlier in told))
    found = {}
    for days, earlier in told:
        against = {one.kind for one in lists if _says_otherwise(one, days, earlier)}
        if against:
            only_books = against == {ListKind.BOOK} and earlier.was_taken
            found[earlier.id] = Standing.LATER_BOOK if only_books else Standing.BY_HAND
    return found


def _says_otherwise(later: LaterList, days: dict[date, DayMark], earlier: EarlierLine) -> bool:
    if later.recorded_at <= earlier.since or earlier.client_id is None:
        return False
    said = later.says_of(earlier.client_id)
    return any(said.get(day, mark) != mark for day, mark in days.items())


def leave_to_newer(
    clinic: MatClinic, line: Line, people: Sequence[UUID], since: datetime, but: Sequence[UUID]
) -> bool:
    """Take the days out of a line's plan of which lists tell that were recorded since, and note it."""
    months = {day.replace(day=1) for day in line.plan}
    lists = lists_since(clinic, people, months, since, but)
    newer = {day for one in lists for client_id in people for day in one.says_of(client_id)}
    left = sorted(newer & line.plan.keys())
    if left:
        line.plan = {day: mark for day, mark in line.plan.items() if day not in newer}
        line.note(say(LEFT_TO_NEWER, count=len(left), day=left[0].isoformat()))
    return bool(left)

"""What was reckoned for a report is kept in memory, and given again while nothing that it rests on has changed.

Whether anything has is read off the audit chain: whatever is done is an entry of it, in the transaction of what it
records, one after the other. An entry that is not known to leave an answer as it is makes it be reckoned anew, and so
do many entries at once. Kept are numbers, by site and month: nothing that tells who anybody is.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps

from kimbilio.audit.queries import entries_between, newest_link
from kimbilio.core import vault
from kimbilio.core.many import Keys
from kimbilio.reports.rules.unchanged import DATED, NEVER_COUNTED, RestsOn
from kimbilio.reports.scope import Scope

Answer = TypeVar("Answer")
_Link = tuple[int, bytes]
# So many answers at most: each of a month at a site, or of all sites.
_MOST_ANSWERS = 100
# Beyond so many entries that need a look it is as quick to reckon anew.
_MOST_ENTRIES = 2000


@dataclass(frozen=True)
class _Kept:
    """An answer, and the last entry of the chain that was looked at for it."""

    link: _Link
    answer: Any


_answers: OrderedDict[Any, _Kept] = OrderedDict()


def kept(rests_on: RestsOn, scope: Scope, reckon: Callable[[Scope], Answer]) -> Answer:
    """Return what `reckon` says of this scope: as it was reckoned before where that still holds, else anew."""
    key = (reckon, scope.organisation_id, tuple(scope.site_ids), scope.site is None, scope.month, scope.on)
    # Read before anything else: what is done meanwhile is looked at the next time.
    newest = newest_link(scope.organisation_id)
    known = _answers.get(key)
    if known is not None and _still_holds(rests_on, scope, known.link, newest):
        answer: Answer = known.answer
    else:
        answer = reckon(scope)
    _answers[key] = _Kept(newest, answer)
    _answers.move_to_end(key)
    while len(_answers) > _MOST_ANSWERS:
        _answers.popitem(last=False)
    return answer


def forget_all() -> None:
    """Keep nothing of what was reckoned."""
    _answers.clear()


vault.on_lock(forget_all)


def _still_holds(rests_on: RestsOn, scope: Scope, link: _Link, newest: _Link) -> bool:
    """Tell whether nothing from one entry of the chain to another changes what was reckoned before."""
    if link == newest:
        return True
    digest, since = entries_between(scope.organisation_id, link[0], newest[0])
    if digest != link[1]:
        return False  # another chain: this one was put back from a copy
    others = since.exclude(event__in=NEVER_COUNTED | rests_on.leave_it)
    found = list(others.values_list("event", "record_kind", "record_id")[: _MOST_ENTRIES + 1])
    return len(found) <= _MOST_ENTRIES and _all_later(scope.organisation_id, found, scope.last)


def _all_later(organisation_id: UUID, entries: Iterable[tuple[str, str, UUID | None]], last: date) -> bool:
    """Tell whether each of these entries is of one record that is dated after this day."""
    records: dict[str, set[UUID]] = {}
    for event, kind, record in entries:
        if record is None or DATED.get(event) != kind:
            return False
        records.setdefault(kind, set()).add(record)
    for kind, ids in records.items():
        rows = apps.get_model(kind)._default_manager.filter(organisation=organisation_id, pk__in=Keys(ids))
        if rows.filter(occurred_on__gt=last).count() < len(ids):
            return False
    return True

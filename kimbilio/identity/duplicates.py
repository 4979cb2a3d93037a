"""Who of a site is likely entered twice: the pairs worth a person's time, from names held in memory alone.

What is known of everybody at a site is unsealed on first use and dropped when the home locks. After that the audit
tells, whichever process wrote it, whom to look at again: one person, or everybody after many were written at once;
and of those only they are read whose rows are others than before. Of all this nothing is ever written down.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.audit.choices import Event
from kimbilio.audit.queries import events_of, events_since
from kimbilio.core import vault
from kimbilio.core.keyring import Domain
from kimbilio.core.many import in_batches
from kimbilio.identity.models import PersonalDetails, Phone
from kimbilio.identity.queries import known_people
from kimbilio.identity.rules import Known, Likeness, Reason
from kimbilio.identity.rules.pairs import PairIndex
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id, pairs_said_two, standing_ids

# From so many on, all keys are fetched in one go.
_MANY = 50
# Who somebody is changes by what these rooms do and write down, and by nothing else.
_CHANGED_BY = r"^(person|people|identity|retention)\."
# Of that, what leaves everybody's names, phones, sex and year as they were.
_CHANGES_NOBODY = (
    Event.PERSON_OPENED,
    Event.PERSON_COMPARED,
    Event.PERSON_JOINED,
    Event.PERSON_PARTED,
    Event.PERSON_TWO,
    Event.PERSON_TWO_TAKEN_BACK,
    Event.PEOPLE_DUPLICATES,
    Event.IDENTITY_OPENED,
    Event.IDENTITY_NAMES_LISTED,
    Event.IDENTITY_NUMBERS_LISTED,
)


@dataclass(frozen=True)
class Pair:
    """Two people who are likely one, `a` registered first: how likely, from 0 to 1, and what speaks for and against."""

    a: Client
    b: Client
    score: float
    reasons: tuple[Reason, ...]


class _Warm:
    """The people of one site, from which rows they were read, and up to which audit entry that is true."""

    def __init__(self, destroyed: int) -> None:
        self.index = PairIndex()
        self.read_from: dict[UUID, object] = {}
        self.as_at: UUID | None = None
        self.destroyed = destroyed


_warm: dict[UUID, _Warm] = {}
_lock = Lock()


def likely_pairs(by: Actor, site: Site) -> list[Pair]:
    """Return the pairs of a site that a person should decide about, the likeliest first.

    Left out are those who are joined already, and those who were said to be two people. Refused to whoever may
    not join people there.
    """
    require(by, Permission.MERGE_PEOPLE, site)
    likely = undecided_pairs(site)
    ids = {person_id for pair in likely for person_id in pair}
    clients: dict[UUID, Client] = {}
    for some in in_batches(ids):
        clients |= clients_by_id(by, Permission.MERGE_PEOPLE, some)
    pairs = [
        Pair(*_oldest_first(clients[one], clients[other]), likeness.score, likeness.reasons)
        for (one, other), likeness in likely.items()
        if one in clients and other in clients
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a.pk, pair.b.pk))


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def undecided_pairs(site: Site) -> dict[tuple[UUID, UUID], Likeness]:
    """Return how likely two people of a site are one, by their ids in order, where nobody decided yet.

    Whoever said no to our keeping a record is offered beside nobody.
    Their number says nothing of anybody, so an import may tell it to whoever imports.
    """
    with _lock:
        found = list(_fresh(site).index.pairs())
    stands_for = standing_ids(site.organisation_id)
    two_people = {
        _in_order(stands_for.get(one, one), stands_for.get(other, other))
        for one, other in pairs_said_two(site.organisation_id)
    }
    silent = all_who_said_no(site.organisation_id, ConsentPurpose.HOLD_A_RECORD)
    undecided: dict[tuple[UUID, UUID], Likeness] = {}
    for pair in found:
        people = _in_order(stands_for.get(pair.one, pair.one), stands_for.get(pair.other, pair.other))
        if not silent.isdisjoint(people):
            continue
        if people[0] == people[1] or people in two_people:
            continue
        # Of two people with several records between them, the two that are most alike tell.
        if people not in undecided or undecided[people].score < pair.likeness.score:
            undecided[people] = pair.likeness
    return undecided


def pairs_with(site: Site, newcomers: Mapping[UUID, Known]) -> int:
    """Return how many likely pairs would be offered besides, if these people were registered; nobody is kept here."""
    if not newcomers:
        return 0
    with _lock:
        index = _fresh(site).index
        try:
            for one, known in newcomers.items():
                index.add(one, known)
            return sum(1 for pair in index.pairs() if pair.one in newcomers or pair.other in newcomers)
        finally:
            for one in newcomers:
                index.remove(one)


def drop_pairs() -> None:
    """Forget everybody in memory, without waiting for whoever is reading: what they read is kept nowhere else."""
    _warm.clear()


vault.on_lock(drop_pairs)


def _fresh(site: Site) -> _Warm:
    """Return what is held of the site's people, brought up to what stands in the database now."""
    destroyed = vault.keyring().how_many_destroyed(site.organisation_id)
    warm = _warm.get(site.pk)
    if warm is None or warm.destroyed != destroyed:
        warm = _warm[site.pk] = _Warm(destroyed)
    newest = events_of(site.organisation_id).values_list("pk", flat=True).first()
    if newest != warm.as_at:
        changed = _who_changed(warm, site)
        if changed is None or changed:
            _read_again(warm, site, changed)
        warm.as_at = newest
    return warm


def _who_changed(warm: _Warm, site: Site) -> set[UUID] | None:
    """Return who may have changed since; None for anybody, also where what was seen was taken back with its action."""
    seen = None
    if warm.as_at is not None:
        seen = events_of(site.organisation_id).filter(pk=warm.as_at).values_list("seq", flat=True).first()
    if seen is None:
        return None
    since = events_since(site.organisation_id, seen).filter(event__regex=_CHANGED_BY)
    about = set(
        since.exclude(event__in=_CHANGES_NOBODY).order_by().values_list("about", flat=True).distinct()
    )
    return None if None in about or len(about) >= _MANY else {one for one in about if one}


def _read_again(warm: _Warm, site: Site, only: Collection[UUID] | None) -> None:
    """Read every record anew, or of these alone, whose rows are others than those it was read from."""
    stands = _rows_that_stand(site, only)
    before = warm.read_from.keys() if only is None else warm.read_from.keys() & only
    for gone in before - stands.keys():
        warm.index.remove(gone)
        del warm.read_from[gone]
    changed = [client_id for client_id, rows in stands.items() if warm.read_from.get(client_id) != rows]
    keys = None
    if len(changed) >= _MANY:
        keys = vault.keyring().client_keys(site.organisation_id, Domain.IDENTITY)
    for some in in_batches(changed):
        vault.keyring()  # raises HomeLocked: of a home that was locked meanwhile nothing more is read
        known = known_people(site.organisation_id, some, keys)
        for client_id in some:
            if client_id in known:
                warm.index.add(client_id, known[client_id])
            else:
                warm.index.remove(client_id)
            warm.read_from[client_id] = stands[client_id]


def _rows_that_stand(site: Site, only: Collection[UUID] | None) -> dict[UUID, object]:
    """Return from which rows, and with which year and sex, each record of the site would be read. Two queries."""
    here: dict[str, object] = {"organisation": site.organisation_id, "replaced_at__isnull": True}
    here |= {"client__site": site} if only is None else {"client__site": site, "client__in": only}
    details = PersonalDetails.objects.filter(**here).order_by("pk")
    rows: dict[UUID, tuple[object, ...]] = {
        client_id: (pk, year, sex)
        for pk, client_id, year, sex in details.values_list(
            "pk", "client_id", "client__birth_year", "client__sex"
        )
    }
    for pk, client_id in Phone.objects.filter(**here).order_by("pk").values_list("pk", "client_id"):
        if client_id in rows:
            rows[client_id] += (pk,)
    return dict(rows)


def _oldest_first(one: Client, other: Client) -> tuple[Client, Client]:
    return (one, other) if (one.recorded_at, one.pk) <= (other.recorded_at, other.pk) else (other, one)


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one <= other else (other, one)

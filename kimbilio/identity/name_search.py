"""The names of an organisation, unsealed in memory for searching, and dropped when the home locks.

Built once per organisation on first use; after that only people whose names were written since are
read again. The audit chain tells who they are: every change of a name stands in it, whichever
process made it. Nothing of this is ever written down.
"""

from collections.abc import Iterable
from contextlib import suppress
from threading import Lock
from uuid import UUID

from kimbilio.audit.queries import events_since, last_seq
from kimbilio.core import vault
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.sealed import unseal_value
from kimbilio.identity.models import PersonalDetails
from kimbilio.identity.name_index import Match, NameIndex
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent

CHANGES_ONE = "identity.details_recorded"
CHANGES_MANY = "identity.many_recorded"
ENDS_MANY = "identity.many_ended"
TAKES_PEOPLE_OUT = "people.taken_back"
LETS_OLD_GO = "retention.carried_out"
_PARTS = ("first", "middle", "last", "nickname")


class _Warm:
    """One organisation's index, and up to which audit entry it is true."""

    def __init__(self) -> None:
        self.index = NameIndex()
        self.as_at = 0
        self.destroyed = 0


_warm: dict[UUID, _Warm] = {}
_lock = Lock()


def search_names(organisation_id: UUID, text: str, *, limit: int) -> list[Match]:
    """Return those whose names are like the text, best first. Matches are of the whole organisation.

    Whoever said no to our keeping a record is not found by a name.
    """
    return search_many_names(organisation_id, [text], limit=limit)[text]


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def search_many_names(organisation_id: UUID, texts: Iterable[str], *, limit: int) -> dict[str, list[Match]]:
    """Return the same as `search_names` for each of many texts, with the names brought up to date once."""
    silent = all_who_said_no(organisation_id, ConsentPurpose.HOLD_A_RECORD)
    with _lock:
        index = _fresh(organisation_id).index
        # Who is left out afterwards takes nobody's place.
        found = {text: index.search(text, limit=limit + len(silent)) for text in texts}
    return {
        text: [match for match in matches if match.person_id not in silent][:limit]
        for text, matches in found.items()
    }


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def people_sharing_names(organisation_id: UUID, text: str) -> list[UUID]:
    """Return those who share names with the text in any number: a wide net, for telling likely duplicates."""
    with _lock:
        sharing = _fresh(organisation_id).index.sharing(text)
    silent = all_who_said_no(organisation_id, ConsentPurpose.HOLD_A_RECORD)
    return [person for person in sharing if person not in silent]


def drop_names() -> None:
    """Forget every name in memory."""
    with _lock:
        _warm.clear()


vault.on_lock(drop_names)


def _fresh(organisation_id: UUID) -> _Warm:
    """Return the organisation's index, brought up to the newest audit entry.

    It is kept, and said to be true up to an entry, only once everything up to there was read.
    """
    warm = _warm.get(organisation_id)
    destroyed = vault.keyring().how_many_destroyed(organisation_id)
    if warm is None or warm.destroyed != destroyed:
        return _build(organisation_id, destroyed)
    as_at, changed = warm.as_at, set[UUID]()
    for seq, event, about in events_since(organisation_id, as_at).values_list("seq", "event", "about"):
        if event in {CHANGES_MANY, ENDS_MANY, TAKES_PEOPLE_OUT, LETS_OLD_GO}:
            return _build(organisation_id, destroyed)
        if event == CHANGES_ONE and about:
            changed.add(about)
        as_at = seq
    if changed:
        _load(warm.index, organisation_id, changed)
    warm.as_at = as_at
    return warm


def _build(organisation_id: UUID, destroyed: int) -> _Warm:
    warm = _Warm()
    warm.destroyed = destroyed
    warm.as_at = last_seq(organisation_id)
    _load(warm.index, organisation_id, None)
    _warm[organisation_id] = warm
    return warm


def _load(index: NameIndex, organisation_id: UUID, only: Iterable[UUID] | None) -> None:
    """Put the standing names of everybody, or of these people, into the index."""
    rows = PersonalDetails.objects.filter(organisation=organisation_id, replaced_at__isnull=True)
    keys: dict[tuple[UUID, int], bytes] = {}  # of a few people, each is looked up on its own
    if only is None:
        keys = vault.keyring().client_keys(organisation_id, Domain.IDENTITY)
    else:
        for client_id in only:
            index.remove(client_id)
        rows = rows.filter(client__in=list(only))
    for row_id, client_id, *sealed in rows.values_list("pk", "client_id", *_PARTS):
        # A person whose keys were destroyed has no names any more, and is not found by them.
        with suppress(KeyDestroyed):
            first, middle, last, nickname = (
                unseal_value(
                    PersonalDetails,
                    part,
                    organisation_id=organisation_id,
                    client_id=client_id,
                    row_id=row_id,
                    sealed=value,
                    keys=keys,
                )
                for part, value in zip(_PARTS, sealed, strict=True)
            )
            index.add(client_id, [first, middle, last], [nickname] if nickname else [])

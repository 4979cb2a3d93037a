"""Forgetting that is whole, whenever the power goes, and that holds when an older copy of the data is put back.

The data goes first, in one transaction with the stone that says so; the keys follow. Cut off between the two, the stone
tells whose keys are still to be destroyed. In an older copy there is no stone, but the keys are gone, and say whose.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kimbilio.accounts.models import Organisation
from kimbilio.audit.actions import record
from kimbilio.core import vault
from kimbilio.core.many import in_batches
from kimbilio.people.models import Client
from kimbilio.privacy.blanking import blank_people
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.known_by import known_by
from kimbilio.privacy.models import Erasure


def forget(organisation_id: UUID, ids: Collection[UUID], at: datetime) -> int:
    """Take everything out of the data that tells who one person was, all records of theirs; their keys follow.

    Returns how many lines of books that waited, and named them, are left out by it. In a transaction.
    """
    names_them = known_by(ids).is_in
    left_out = sum(room.forget_people(organisation_id, ids, names_them) for room in other_rooms())
    blank_people(organisation_id, ids, at)
    transaction.on_commit(partial(_destroy_keys, organisation_id), robust=True)
    return left_out


def erase_again_everywhere() -> int:
    """Do it for every organisation: after a restore, and at every start. Returns how many people it was."""
    return sum(erase_again(pk) for pk in Organisation.objects.values_list("pk", flat=True))


def erase_again(organisation_id: UUID) -> int:
    """Finish what was cut off, and forget again whoever today's keyring says is forgotten. Returns how many people.

    Done twice, it does no harm. Needs the keys.
    """
    for room in other_rooms():
        room.forget_again(organisation_id)
    _destroy_keys(organisation_id)
    destroyed = vault.keyring().destroyed_clients(organisation_id)
    with transaction.atomic():
        readable = list(_still_there(organisation_id, destroyed))
        if readable:
            at = timezone.now()
            blank_people(organisation_id, readable, at)
            _set_stones(organisation_id, readable, at)
            record(
                organisation_id=organisation_id,
                actor_id=None,
                event="people.forgotten_again",
                detail={"rows": len(readable)},
            )
    return len(readable)


def _destroy_keys(organisation_id: UUID) -> None:
    """Destroy the keys of everybody who has a stone."""
    stones = Erasure.objects.filter(organisation=organisation_id, done_at__isnull=False)
    left = set(stones.values_list("client_id", flat=True)) - vault.keyring().destroyed_clients(
        organisation_id
    )
    if left:
        vault.keyring().destroy_client_keys(organisation_id, *left)


def other_rooms() -> list[Any]:
    """Return the rooms beside this one that keep what names people outside their records (settings.ALSO_FORGET)."""
    return [import_module(name) for name in settings.ALSO_FORGET]


def _still_there(organisation_id: UUID, ids: Iterable[UUID]) -> Iterable[UUID]:
    """Yield those of these people of whom the data still tells more than counts are made of."""
    cards = Client.objects.filter(organisation=organisation_id, forgotten_at__isnull=True)
    for some in in_batches(ids):
        yield from cards.filter(pk__in=some).values_list("pk", flat=True)


def _set_stones(organisation_id: UUID, ids: Collection[UUID], at: datetime) -> None:
    """Say of each that they are forgotten: where a request of theirs stands, by that; else by what the keys know."""
    asked = Erasure.objects.filter(organisation=organisation_id, withdrawn_at__isnull=True)
    known = {
        pk
        for some in in_batches(ids)
        for pk in asked.filter(client__in=some).values_list("client_id", flat=True)
    }
    for some in in_batches(known):
        asked.filter(client__in=some).update(done_at=at)
    Erasure.objects.bulk_create(
        Erasure(organisation_id=organisation_id, client_id=one, why=WhyForgotten.BEFORE_RESTORE, done_at=at)
        for one in ids
        if one not in known
    )

"""What has been kept for its time: found kind by kind, and deleted. Nothing of it is counted in any report."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import QuerySet

from kimbilio.accounts.models import OneTimeCode
from kimbilio.core.many import in_batches
from kimbilio.identity.models import EmergencyContact, IdentityRecord, Locator, Phone
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids
from kimbilio.people.traces import delete_rows, tables_about_people
from kimbilio.privacy.blanking import empty
from kimbilio.privacy.choices import Kept
from kimbilio.privacy.erasing import other_rooms
from kimbilio.privacy.models import Disagreement, Disclosure

Rows = QuerySet[Any]


def count_due(organisation_id: UUID, kind: Kept, before: datetime) -> int:
    """Return how many records of a kind are older than this."""
    if kind == Kept.WAITING_LINES:
        return sum(room.waiting_before(organisation_id, before) for room in other_rooms())
    return sum(rows.count() for rows in _due(organisation_id, kind, before))


def delete_due(organisation_id: UUID, kind: Kept, before: datetime) -> int:
    """Delete what is older than this, a batch at a time, and return how many records it was. In a transaction."""
    if kind == Kept.WAITING_LINES:
        return sum(room.forget_waiting(organisation_id, before) for room in other_rooms())
    gone = 0
    for rows in _due(organisation_id, kind, before):
        ids = list(rows.values_list("pk", flat=True))
        if rows.model is Disclosure:
            empty(Disclosure, ids)  # that something was told stays, for as long as the person's record does
        else:
            delete_rows(rows.model, ids)
        gone += len(ids)
    return gone


def _due(organisation_id: UUID, kind: Kept, before: datetime) -> list[Rows]:
    return _FOUND[kind](organisation_id, before)


def _replaced(*tables: type[IdentityRecord]) -> Callable[[UUID, datetime], list[Rows]]:
    def found(organisation_id: UUID, before: datetime) -> list[Rows]:
        return [
            table._default_manager.filter(organisation=organisation_id, replaced_at__lt=before)
            for table in tables
        ]

    return found


def _names(organisation_id: UUID, before: datetime) -> list[Rows]:
    """Return all that is known of who people are of whom nothing was recorded since."""
    unseen = _not_seen_since(organisation_id, before)
    tables = [table for table in apps.get_models() if issubclass(table, IdentityRecord)]
    return [
        table._default_manager.filter(organisation=organisation_id, client__in=some)
        for table in tables
        for some in in_batches(unseen, 1000)
    ]


def _not_seen_since(organisation_id: UUID, before: datetime) -> list[UUID]:
    """Return the records of people none of whose records was added to since, in any table."""
    cards = Client.objects.filter(
        organisation=organisation_id, recorded_at__lt=before, forgotten_at__isnull=True
    )
    stands_for = standing_ids(organisation_id)
    seen: set[UUID] = set()
    for model, columns in tables_about_people():
        lately = model._default_manager.filter(organisation=organisation_id, recorded_at__gte=before)
        for column in columns:
            seen |= set(lately.values_list(column, flat=True).distinct())
    seen |= set(
        Client.objects.filter(organisation=organisation_id, recorded_at__gte=before).values_list(
            "pk", flat=True
        )
    )
    people = {stands_for.get(one, one) for one in seen}
    return [one for one in cards.values_list("pk", flat=True) if stands_for.get(one, one) not in people]


def _notes(organisation_id: UUID, before: datetime) -> list[Rows]:
    told = Disclosure.objects.filter(organisation=organisation_id, recorded_at__lt=before, what__isnull=False)
    return [told, Disagreement.objects.filter(organisation=organisation_id, recorded_at__lt=before)]


def _sign_ins(organisation_id: UUID, before: datetime) -> list[Rows]:
    ended = UserSession.objects.filter(user__organisation=organisation_id, last_seen_at__lt=before)
    codes = OneTimeCode.objects.filter(organisation=organisation_id, expires_at__lt=before)
    return [ended, codes]


_FOUND: Mapping[Kept, Callable[[UUID, datetime], list[Rows]]] = {
    Kept.CONTACTS: _replaced(Phone, EmergencyContact),
    Kept.PLACES: _replaced(Locator),
    Kept.NAMES: _names,
    Kept.SIGN_INS: _sign_ins,
    Kept.NOTES: _notes,
}

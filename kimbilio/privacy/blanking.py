"""Taking everything out of the data that tells who a person was, and leaving what counts are made of.

What there is to take out is found by the tables' own relations and the kinds of their columns, in whatever room: a
table that is added later is reached too (a house test holds every one to it).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import TruncMonth

from kimbilio.core.many import in_batches
from kimbilio.core.privacy import Privacy
from kimbilio.people.cards import free_codes
from kimbilio.people.choices import Gender, HowTheyCame
from kimbilio.people.models import Client
from kimbilio.people.traces import delete_rows, hold_people, rows_about, tables_about_people

Model = type[models.Model]

_TELLING = frozenset({Privacy.SEALED, Privacy.INDEX})
_UNTOLD: dict[str, Any] = {"gender": Gender.NOT_STATED, "how_they_came": HowTheyCame.NOT_STATED}


class Fate(Enum):
    """What becomes of the rows of a table that tell of somebody who is forgotten."""

    GO = "go"
    ARE_EMPTIED = "are emptied"
    STAY = "stay"


def telling_columns(model: Model) -> "list[models.Field[Any, Any]]":
    """Return the columns of a table that tell who somebody is, sealed or as a blind index."""
    kept: frozenset[str] = getattr(model, "kept_when_forgotten", frozenset())
    sorted_as: dict[str, Privacy] = getattr(model, "privacy", {})
    return [
        field
        for field in model._meta.concrete_fields
        if sorted_as.get(field.name) in _TELLING and field.name not in kept
    ]


def fate_of(model: Model) -> Fate:
    """Return what becomes of the rows of a table: columns that cannot be empty go with their rows."""
    telling = telling_columns(model)
    if getattr(model, "goes_when_forgotten", False) or not all(field.null for field in telling):
        return Fate.GO
    return Fate.ARE_EMPTIED if telling else Fate.STAY


def blank_people(organisation_id: UUID, ids: Collection[UUID], at: datetime) -> None:
    """Leave nothing of these people but what counts are made of. In a transaction; done twice, it does no harm."""
    hold_people(ids)
    for model, columns in tables_about_people():
        rows = [row for row, _person in rows_about(model, columns, ids)]
        fate = fate_of(model)
        if fate is Fate.GO:
            delete_rows(model, rows)
        elif fate is Fate.ARE_EMPTIED:
            empty(model, rows)
    _blank_cards(organisation_id, list(ids), at)


def empty(model: Model, rows: Collection[UUID]) -> None:
    """Empty every column of these rows that tells who somebody is."""
    nothing: dict[str, Any] = {field.attname: None for field in telling_columns(model)}
    for some in in_batches(rows):
        model._default_manager.filter(pk__in=some).update(**nothing)


def _blank_cards(organisation_id: UUID, ids: Sequence[UUID], at: datetime) -> None:
    """Give new codes, so that no paper leads here, and drop what no report asks for; of days, keep the month."""
    for some in in_batches(ids):
        cards = Client.objects.filter(organisation=organisation_id, pk__in=some)
        cards.update(first_contact_on=TruncMonth("first_contact_on"), **_UNTOLD)
    still = Client.objects.filter(organisation=organisation_id, forgotten_at__isnull=True)
    for card in [card for some in in_batches(ids) for card in still.filter(pk__in=some)]:
        card.code, card.forgotten_at = free_codes(organisation_id, 1)[0], at
        card.save(update_fields=["code", "forgotten_at"])

"""Every row that tells of a person, with what stands in it: found by the tables' own relations, so none is passed by.

Keys, digests and other people's rows are no part of it; members of staff stand by the names that colleagues see.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from kimbilio.accounts.models import Staff
from kimbilio.core.many import in_batches
from kimbilio.core.privacy import Privacy
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.people.rules import display_card_code
from kimbilio.people.traces import tables_about_people

Model = type[models.Model]
_NOT_TOLD = frozenset({Privacy.INDEX, Privacy.SECRET})
_OF_THE_ROW = frozenset({"id", "organisation", "client", "recorded_at"})
_ENDED = ("replaced_at", "voided_at", "ended_at", "withdrawn_at")
_ABOUT_A_THING = (models.CharField, models.TextField, models.DateField, models.BooleanField)


@dataclass(frozen=True)
class Entry:
    """One row about a person. `values` are plain texts, numbers, days; of a vocabulary the code, its words beside."""

    table: str
    number: int
    card: str
    recorded_at: datetime
    on: date
    ended_at: datetime | None
    values: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WholeRecord:
    """Everything that is held of a person: their cards, and the entries of each table, oldest first."""

    organisation: str
    made_at: datetime
    cards: list[Entry]
    tables: dict[str, list[Entry]]


def whole_record(client: Client) -> WholeRecord:
    """Return everything that is held of a person, in every record that is theirs. For an action that writes it down."""
    ids = ids_of_one_person(client)
    cards = {
        card.pk: card for card in Client.objects.filter(pk__in=ids).select_related("site", "ward__sub_county")
    }
    reader = _Reader(cards, _staff(client.organisation_id))
    return WholeRecord(
        organisation=client.organisation.name,
        made_at=timezone.now(),
        cards=[reader.entry(cards[one], number) for number, one in enumerate(ids, 1)],
        tables={
            model._meta.label: reader.entries(model, columns, ids) for model, columns in tables_about_people()
        },
    )


def _staff(organisation_id: UUID) -> dict[UUID, str]:
    return dict(Staff.objects.filter(organisation=organisation_id).values_list("pk", "display_name"))


class _Reader:
    """Reads rows, each told by what stands in it."""

    def __init__(self, cards: dict[UUID, Client], staff: dict[UUID, str]) -> None:
        self._cards, self._staff = cards, staff

    def entries(self, model: Model, columns: Iterable[str], ids: Collection[UUID]) -> list[Entry]:
        """Return the rows of a table about these records, each once, oldest first."""
        rows: dict[UUID, models.Model] = {}
        parents = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.ForeignKey) and one.name != "organisation"
        ]
        for column in columns:
            for some in in_batches(ids):
                found = model._default_manager.filter(**{f"{column}__in": some}).select_related(*parents)
                rows |= {row.pk: row for row in found}
        ordered = sorted(rows.values(), key=lambda row: row.pk)
        return [self.entry(row, number) for number, row in enumerate(ordered, 1)]

    def entry(self, row: Any, number: int) -> Entry:
        """Return one row as an entry."""
        values: dict[str, Any] = {}
        words: dict[str, str] = {}
        for column in row._meta.concrete_fields:
            if column.name in _OF_THE_ROW or row.privacy[column.name] in _NOT_TOLD:
                continue
            values[column.name] = self._value(row, column)
            if column.choices and values[column.name] not in (None, ""):
                words[column.name] = str(getattr(row, f"get_{column.name}_display")())
            elif isinstance(values[column.name], dict):
                words[column.name] = _named(getattr(row, column.name), values[column.name])
        values |= _read(row)
        card = self._cards.get(row.client_id)
        return Entry(
            table=row._meta.label,
            number=number,
            card=display_card_code(card.code) if card else "",
            recorded_at=row.recorded_at,
            on=_day_of(row),
            ended_at=next((ended for name in _ENDED if (ended := getattr(row, name, None))), None),
            values=values,
            words=words,
        )

    def _value(self, row: Any, column: Any) -> Any:
        value = getattr(row, column.attname)
        if value is None:
            return None
        if isinstance(column, models.ForeignKey):
            return self._parent(getattr(row, column.name))
        if isinstance(value, UUID):
            return self._staff.get(value, "")
        return value

    def _parent(self, parent: Any) -> Any:
        """Return what a row belongs to: a card by its code if it is theirs, else what tells which one it is."""
        if isinstance(parent, Client):
            return display_card_code(parent.code) if parent.pk in self._cards else ""
        sorted_as = getattr(parent, "privacy", {})
        told = {
            column.name: getattr(parent, column.name)
            for column in parent._meta.concrete_fields
            if isinstance(column, _ABOUT_A_THING)
            and sorted_as.get(column.name) in {Privacy.REFERENCE, Privacy.CODED}
            and column.name != "recorded_at"
        }
        return {name: value for name, value in told.items() if value not in (None, "")}


def _read(row: Any) -> dict[str, str]:
    """Return what a row keeps for programs as it says itself that it is read, such as the sentences of a book line."""
    return row.in_words() if hasattr(row, "in_words") else {}


def _day_of(row: Any) -> date:
    """Return of which day a row tells: its own, that of what it belongs to, else that on which it was recorded."""
    for holder in (row, getattr(row, "visit", None), getattr(row, "session", None)):
        for name in ("occurred_on", "planned_on", "month"):
            if isinstance(day := getattr(holder, name, None), date):
                return day
    return timezone.localtime(row.recorded_at).date()


def _named(parent: Any, told: dict[str, Any]) -> str:
    """Return what somebody would call what a row belongs to: by its name, else by its kind and day."""
    if isinstance(told.get("name"), str):
        return str(told["name"])
    shown = [
        getattr(parent, f"get_{name}_display", lambda value=value: value)() for name, value in told.items()
    ]
    return ", ".join(date_format(one, "j F Y") if isinstance(one, date) else str(one) for one in shown)

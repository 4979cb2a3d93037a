"""What of an import can be taken back, and what has to stay because somebody worked on it since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.community.actions import void_events
from kimbilio.core.many import in_batches
from kimbilio.exchange.models import BookImport, BookLine, MadeRows
from kimbilio.exchange.resting import give_back_places
from kimbilio.exchange.spent import spend_keys_of
from kimbilio.identity.actions import end_many
from kimbilio.identity.models import IdentityRecord
from kimbilio.mat.actions import void_steps, withdraw_lists
from kimbilio.people.actions import take_back_registrations
from kimbilio.people.traces import hold_people, rows_about, tables_about_people
from kimbilio.visits.actions import void_visits
from kimbilio.visits.choices import WhyVoided

CLIENT, STEP, LIST = "people.Client", "mat.JourneyStep", "mat.ClinicList"
VISIT, EVENT = "visits.Visit", "community.CommunityEvent"
# What tells of people and is no work on their record: it is reckoned from lists, or belongs to books themselves.
_DERIVED = frozenset({"mat.StandingMonth", "exchange.BookLine"})
# How rows of other books that were taken back are known.
_WITH_ITS_BOOK = WhyVoided.BOOK_TAKEN_BACK
_TAKEN_BACK: Mapping[str, Mapping[str, Any]] = {
    "mat.DoseLine": {"clinic_list__withdrawn_at__isnull": False},
    VISIT: {"why_voided": _WITH_ITS_BOOK},
    "visits.GivenSupply": {"visit__why_voided": _WITH_ITS_BOOK},
    "visits.GivenService": {"visit__why_voided": _WITH_ITS_BOOK},
}
_NO_LONGER = ("replaced_at", "voided_at", "ended_at")


def take_back(by: Actor, site: Site, whole: BookImport | BookLine) -> set[UUID]:
    """Take back what an import or settling a line made, and return the people whom it registered who stay.

    Whoever was registered is held first, so that nothing is recorded of them between judging and taking out.
    """
    made = made_by(whole)
    if lists := made.get(LIST):
        withdraw_lists(by=by, site=site, lists=lists)
    registered = made.get(CLIENT, set())
    hold_people(registered)
    kept = _worked_on(registered, made) | _named_elsewhere(registered, whole)
    # Only now: a visit that was taken back would seem to be somebody's work.
    if visits := made.get(VISIT):
        void_visits(by=by, site=site, visits=visits)
    if events := made.get(EVENT):
        void_events(by=by, site=site, events=events)
    gone = registered - kept
    of_registered = _rows_of(registered) if registered else defaultdict(set)
    steps = made.get(STEP, set()) - of_registered[STEP]
    if steps:
        void_steps(by=by, site=site, steps=steps)
    identity = {
        model: ids
        for model in _identity_tables()
        if (ids := made.get(model._meta.label, set()) - of_registered[model._meta.label])
    }
    if identity:
        end_many(by=by, site=site, rows=identity)
    if gone:
        _let_go(gone)
        take_back_registrations(by=by, site=site, people=gone)
    return kept


def made_by(whole: BookImport | BookLine) -> dict[str, set[UUID]]:
    """Return what an import, or settling a line, wrote, by table."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for row in whole.made.all():
        found[row.table] |= set(row.ids)
    return found


def _rows_of(people: Collection[UUID]) -> dict[str, set[UUID]]:
    """Return every row that tells of these people, by table."""
    return defaultdict(
        set,
        {
            model._meta.label: {row for row, _one in rows_about(model, columns, people)}
            for model, columns in tables_about_people()
        },
    )


def _named_elsewhere(people: Collection[UUID], whole: BookImport | BookLine) -> set[UUID]:
    """Return those of whom a line of another book tells, also where it added nothing to what was known."""
    others = BookLine.objects.exclude(
        **({"book_import": whole} if isinstance(whole, BookImport) else {"pk": whole.pk})
    )
    found: set[UUID] = set()
    for some in in_batches(people):
        found |= set(others.filter(client__in=some).values_list("client_id", flat=True))
    return found


def _worked_on(people: Collection[UUID], made: dict[str, set[UUID]]) -> set[UUID]:
    """Return those of whom a row tells that the import did not write, or whose row it wrote was ended since."""
    touched: set[UUID] = set()
    if not people:
        return touched
    for model, columns in tables_about_people():
        label = model._meta.label
        if label in _DERIVED:
            continue
        rows = _still_telling(model, list(rows_about(model, columns, people)))
        ours = made.get(label, set())
        touched |= {person for row, person in rows if row not in ours}
        touched |= _ended(model, columns[0], people)
    return touched


def _still_telling(model: type[models.Model], rows: list[tuple[UUID, UUID]]) -> list[tuple[UUID, UUID]]:
    """Leave out what books told that were taken back: lines of lists, and visits with what belongs to them."""
    label = model._meta.label
    if not rows or label not in _TAKEN_BACK:
        return rows
    told_no_more: set[UUID] = set()
    for some in in_batches(row for row, _person in rows):
        gone = model._default_manager.filter(pk__in=some, **_TAKEN_BACK[label])
        told_no_more |= set(gone.values_list("pk", flat=True))
    return [(row, person) for row, person in rows if row not in told_no_more]


def _ended(model: type[models.Model], column: str, people: Collection[UUID]) -> set[UUID]:
    """Return the people of whom a row of a table was replaced, voided or ended, but for what went with its book."""
    names = {field.name for field in model._meta.concrete_fields}
    ended = [name for name in _NO_LONGER if name in names]
    found: set[UUID] = set()
    for name in ended:
        for some in in_batches(people):
            of_them = model._default_manager.filter(**{f"{column}__in": some, f"{name}__isnull": False})
            by_hand = of_them.exclude(**_TAKEN_BACK.get(model._meta.label, {"pk__in": []}))
            found |= set(by_hand.values_list(column, flat=True))
    return found


def _identity_tables() -> Iterable[type[IdentityRecord]]:
    return (model for model in apps.get_models() if issubclass(model, IdentityRecord))


def _let_go(people: Collection[UUID]) -> None:
    """Let the lines of other books name nobody who is taken out."""
    for some in in_batches(people):
        BookLine.objects.filter(client__in=some).update(client=None)


def forget_lines(book_import: BookImport, kept: Collection[UUID]) -> None:
    """Let the lines of a book be new again, but for those of people who stay; what had waited waits again."""
    rows = book_import.lines.values_list("pk", "client_id")
    gone = [pk for pk, client_id in rows if client_id is None or client_id not in kept]
    for some in in_batches(gone):
        MadeRows.objects.filter(line__in=some).update(line=None)
        lines = BookLine.objects.filter(pk__in=some)
        spend_keys_of(book_import.organisation_id, lines)
        lines.delete()
    give_back_places(book_import)


def keep_only(book_import: BookImport, kept: Collection[UUID]) -> None:
    """Remember of what was written only what stays: the people who were kept, with their rows."""
    rows = _rows_of(kept) if kept else {}
    for row in book_import.made.all():
        stays = set(row.ids) & (set(kept) if row.table == CLIENT else set(rows.get(row.table, ())))
        if stays:
            row.row_ids = b"".join(one.bytes for one in stays)
            row.save(update_fields=["row_ids"])
        else:
            row.delete()

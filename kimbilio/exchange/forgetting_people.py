"""Texts of books that were a person's, or say who they were: found before anything is destroyed, and emptied.

`privacy` calls what is here by the setting ALSO_FORGET, since the two rooms do not know each other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import BinaryField, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from kimbilio.core import vault
from kimbilio.core.keyring import Purpose
from kimbilio.core.many import in_batches
from kimbilio.core.sealed import Place
from kimbilio.core.sealed_books import KEY_ID_IN_HEADER, OF_THE_ORGANISATION, SealedBookText, book_texts
from kimbilio.exchange.choices import WAITING, Settlement
from kimbilio.exchange.forgetting import drop_files
from kimbilio.exchange.models import BookLine, Upload
from kimbilio.exchange.spent import destroy_spent, spend, spend_keys_of
from kimbilio.exchange.taking_out.held import forget_held

Model = type[models.Model]
Texts = dict[SealedBookText, set[UUID]]
_NOBODY = UUID(int=0)


def tables_of_books() -> list[Model]:
    """Return every table that holds texts with keys of their own."""
    return [model for model in apps.get_models() if book_texts(model)]


def forget_people(
    organisation_id: UUID, ids: Collection[UUID], names_them: Callable[[str | None], bool]
) -> int:
    """Empty every text that is of these people or names them; their keys follow. In a transaction.

    Files on their way in are dropped whole: nobody can tell what is in them, and they can be chosen again. Returns how
    many lines that waited are left out by it.
    """
    texts = _texts_of(organisation_id, ids, names_them)
    spend(organisation_id, [field.owner(row) for field, rows in texts.items() for row in rows])
    drop_files(organisation_id, Upload.objects.filter(organisation=organisation_id))
    forget_held(organisation_id, ids)
    left_out = _leave_out(organisation_id, _named(texts, "contents"))
    _empty(texts)
    return left_out


def forget_again(organisation_id: UUID) -> None:
    """Finish what was cut off, and empty what an older copy of the data holds of texts whose keys are destroyed."""
    seal_anew(organisation_id)
    destroy_spent(organisation_id)
    with transaction.atomic():
        forget_destroyed(organisation_id)
        _forget_lines_of(organisation_id, vault.keyring().destroyed_clients(organisation_id))


def waiting_before(organisation_id: UUID, before: datetime) -> int:
    """Return how many lines wait that came before this moment."""
    return _waiting_since(organisation_id, before).count()


def forget_waiting(organisation_id: UUID, before: datetime) -> int:
    """Leave lines out that have waited since before this moment, with all that they said. In a transaction."""
    lines = set(_waiting_since(organisation_id, before).values_list("pk", flat=True))
    texts: Texts = dict.fromkeys(book_texts(BookLine), lines)
    for some in in_batches(lines):
        spend_keys_of(organisation_id, BookLine.objects.filter(pk__in=some))
    _leave_out(organisation_id, lines)
    _empty(texts)
    return len(lines)


def _waiting_since(organisation_id: UUID, before: datetime) -> QuerySet[BookLine]:
    return BookLine.objects.filter(
        _waits(), organisation=organisation_id, recorded_at__lt=before, contents__isnull=False
    )


def _forget_lines_of(organisation_id: UUID, forgotten: Collection[UUID]) -> None:
    """Empty the lines of people who are forgotten, in data that is older than that: no key of theirs need tell of it.

    The version before kept no key for a line, so one that it had emptied left no key to be destroyed.
    """
    lines = set(_lines_of(organisation_id, forgotten))
    texts: Texts = defaultdict(set)
    for field in book_texts(BookLine):
        for some in in_batches(lines):
            still = BookLine.objects.filter(**{f"{field.name}__isnull": False}, pk__in=some)
            texts[field] |= set(still.values_list("pk", flat=True))
    spend(organisation_id, [field.owner(row) for field, rows in texts.items() for row in rows])
    forget_held(organisation_id, forgotten)
    _leave_out(organisation_id, _named(texts, "contents"))
    _empty(texts)


def _texts_of(
    organisation_id: UUID, ids: Collection[UUID], names_them: Callable[[str | None], bool]
) -> Texts:
    """Return which texts are theirs: all of a line that is, or that names them; of others, those that name them."""
    found: Texts = defaultdict(set)
    lines = set(_lines_of(organisation_id, ids))
    of_lines: Texts = defaultdict(set)
    for field, row, text in _every_text(organisation_id):
        if field.model is BookLine:
            of_lines[field].add(row)
            if row not in lines and names_them(text):
                lines.add(row)
        elif names_them(text):
            found[field].add(row)
    return found | {field: rows & lines for field, rows in of_lines.items()}


def forget_destroyed(organisation_id: UUID) -> None:
    """Empty every text whose key was destroyed, in data that is older than that: what waited for it can come again."""
    destroyed = vault.keyring().destroyed_texts(organisation_id)
    if not destroyed:
        return
    gone: Texts = defaultdict(set)
    for model in tables_of_books():
        for field in book_texts(model):
            rows = model._default_manager.filter(
                organisation=organisation_id, **{f"{field.name}__isnull": False}
            )
            for row in rows.values_list("pk", flat=True):
                if field.owner(row) in destroyed:
                    gone[field].add(row)
    files = {row for field, rows in gone.items() if field.model is Upload for row in rows}
    Upload.objects.filter(organisation=organisation_id, pk__in=files).delete()
    waited = _named(gone, "contents")
    for some in in_batches(waited):
        BookLine.objects.filter(_waits(), pk__in=some, client=None).update(identity=None)
    _leave_out(organisation_id, waited)
    _empty(gone)


def seal_anew(organisation_id: UUID) -> int:
    """Give every text that an earlier version sealed under the organisation's one key a key of its own.

    In an older copy of the data, those whose own key was destroyed since get none: they are for `forget_destroyed`.
    """
    anew, destroyed = 0, vault.keyring().destroyed_texts(organisation_id)
    for model in tables_of_books():
        for field in book_texts(model):
            there = model._default_manager.filter(organisation=organisation_id)
            told = there.annotate(key_id=Substr(field.name, *KEY_ID_IN_HEADER, output_field=BinaryField()))
            sealed_so = told.filter(key_id=OF_THE_ORGANISATION).values_list("pk", flat=True)
            old = [row for row in sealed_so if field.owner(row) not in destroyed]
            owners = [field.owner(row) for row in old]
            vault.keyring().create_client_keys(organisation_id, Purpose.BOOKS, owners)
            for some in in_batches(old, 200):
                for one in there.filter(pk__in=some):
                    setattr(one, field.name, getattr(one, field.name))
                    one.save(update_fields=[field.name])
            anew += len(old)
    return anew


def _lines_of(organisation_id: UUID, ids: Collection[UUID]) -> Iterator[UUID]:
    """Yield the lines that are these people's, those that repeat them, and those that gave way to them."""
    every = BookLine.objects.filter(organisation=organisation_id)
    for some in in_batches(ids):
        theirs = every.filter(client__in=some)
        identities = theirs.filter(identity__isnull=False).values("identity")
        same = every.filter(
            Q(client__in=some) | Q(copy_of__in=theirs.values("pk")) | Q(identity__in=identities)
        )
        yield from same.values_list("pk", flat=True)


def _every_text(organisation_id: UUID) -> Iterator[tuple[SealedBookText, UUID, str | None]]:
    """Yield every text of books that is still kept, but for files on their way in, which go whole."""
    keys = vault.keyring().client_keys(organisation_id, Purpose.BOOKS)
    for model in tables_of_books():
        for field in book_texts(model) if model is not Upload else ():
            rows = model._default_manager.filter(
                organisation=organisation_id, **{f"{field.name}__isnull": False}
            )
            for row, sealed in rows.values_list("pk", field.name).iterator(chunk_size=500):
                place = Place(organisation_id, _NOBODY, row)
                yield field, row, field.unsealed(bytes(sealed), place, keys)


def _named(texts: Texts, name: str) -> set[UUID]:
    return {
        row for field, rows in texts.items() if field.model is BookLine and field.name == name for row in rows
    }


def _waits() -> Q:
    return Q(fate__in=WAITING, settlement=Settlement.WAITING)


def _leave_out(organisation_id: UUID, lines: Collection[UUID]) -> int:
    """Leave lines that wait out for good: nothing of what they said can be recorded any more."""
    left = 0
    for some in in_batches(lines):
        waiting = BookLine.objects.filter(_waits(), organisation=organisation_id, pk__in=some)
        left += waiting.update(settlement=Settlement.LEFT_OUT, settled_at=timezone.now())
    return left


def _empty(texts: Texts) -> None:
    """Empty the texts, or take rows out that cannot be without them."""
    for field, rows in texts.items():
        for some in in_batches(rows):
            there = field.model._default_manager.filter(pk__in=some)
            if field.null:
                there.update(**{field.attname: None})
            else:
                there.delete()

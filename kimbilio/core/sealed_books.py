"""Text of a book that is about nobody known yet, sealed under a key of its own.

For books on their way in and lines that wait until somebody says whose they are. What is known to be about a person
is sealed under that person's key instead: see `sealed`. Whose a line is may turn out after years, in a backup as well:
so each text has its own key, and goes on its own (`owners_of` names them, `Keyring.destroy_client_keys` ends them).

Earlier versions sealed all such texts of an organisation under one key. Those still open, until they are sealed anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db import models

from kimbilio.core import vault
from kimbilio.core.encryption import key_id_of, seal, unseal
from kimbilio.core.keyring import KeyDestroyed, Purpose, owner_of_text
from kimbilio.core.sealed import Place, SealedText, pad, unpad

_NOBODY = UUID(int=0)
_OF_THE_ORGANISATION = 0  # the key id that stands before what was sealed under the organisation's one key
KEY_ID_IN_HEADER = (2, 4)
"""Where the key id stands in what is sealed: from which byte, counted from 1, and how many."""
OF_THE_ORGANISATION = _OF_THE_ORGANISATION.to_bytes(4, "big")


class SealedBookText(SealedText):
    """A sealed text bound to organisation, table, field and row, and to no person.

    Once its key was destroyed it reads as None: what it said is gone, and its row may not know it yet.
    """

    description = "Text of a book, sealed under a key of its own"
    bound_to = ("organisation_id",)

    @cached_property
    def domain(self) -> StrEnum:
        """Return what the key is for."""
        return Purpose.BOOKS

    def place_of(self, instance: models.Model) -> Place:
        """Return the place that an instance is in; whoever the line turns out to be of is no part of it."""
        organisation_id, row_id = instance.organisation_id, instance.pk  # type: ignore[attr-defined]  # see `check`
        return Place(organisation_id, _NOBODY, row_id)

    def owner(self, row_id: UUID) -> UUID:
        """Return under which id the text of a row has its key."""
        return owner_of_text(row_id, f"{self.model._meta.db_table}.{self.name}")

    def sealed(self, text: str, place: Place) -> bytes:
        """Seal the text for its place, under its own key; made here where `make_keys` made none before."""
        key_id, key = vault.keyring().client_key(
            place.organisation_id, Purpose.BOOKS, self.owner(place.row_id), create=True
        )
        return seal(key, pad(text), aad=self._label + place.bytes, key_id=key_id)

    def unsealed(  # type: ignore[override]  # what was destroyed reads as None
        self, sealed: bytes, place: Place, keys: Mapping[tuple[UUID, int], bytes] | None = None
    ) -> str | None:
        """Return the text; None once its key was destroyed. Raises CannotUnseal, NoSuchKey or HomeLocked."""
        key_id, keyring = key_id_of(sealed), vault.keyring()
        if key_id == _OF_THE_ORGANISATION:
            key = keyring.books_key(place.organisation_id)
        else:
            owner = self.owner(place.row_id)
            try:
                key = (keys or {}).get((owner, key_id)) or keyring.client_key_by_id(
                    place.organisation_id, Purpose.BOOKS, owner, key_id
                )
            except KeyDestroyed:
                return None
        return unpad(unseal(key, sealed, aad=self._label + place.bytes))


def book_texts(model: type[models.Model]) -> list[SealedBookText]:
    """Return the texts of books that a table has."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedBookText)]


def owners_of(rows: Iterable[models.Model]) -> Iterator[UUID]:
    """Yield under which ids the texts of these rows have their keys, filled or not."""
    for row in rows:
        for field in book_texts(type(row)):
            yield field.owner(row.pk)


def make_keys(organisation_id: UUID, rows: Iterable[models.Model]) -> None:
    """Make the keys for all texts that these rows hold and that are not sealed yet, at once: for many rows."""
    needed = [
        field.owner(row.pk)
        for row in rows
        for field in book_texts(type(row))
        if isinstance(row.__dict__.get(field.attname), str)
    ]
    if needed:
        vault.keyring().create_client_keys(organisation_id, Purpose.BOOKS, needed)

"""Text of a book that is about nobody known yet, sealed under a key of the organisation.

For books on their way in and lines that wait until somebody says whose they are. What is known to be about a
person is sealed under that person's key instead: see `sealed`.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db import models

from kimbilio.core import vault
from kimbilio.core.encryption import seal, unseal
from kimbilio.core.keyring.hierarchy import Purpose
from kimbilio.core.sealed import Place, SealedText, pad, unpad

_NOBODY = UUID(int=0)
_KEY_ID = 0  # the key is found by its organisation, so the header has no more to say


class SealedBookText(SealedText):
    """A sealed text bound to organisation, table, field and row, and to no person."""

    description = "Text sealed under the organisation's key for books"
    bound_to = ("organisation_id",)

    @cached_property
    def domain(self) -> StrEnum:
        """Return what the key is for."""
        return Purpose.BOOKS

    def place_of(self, instance: models.Model) -> Place:
        """Return the place that an instance is in; whoever the line turns out to be of is no part of it."""
        organisation_id, row_id = instance.organisation_id, instance.pk  # type: ignore[attr-defined]  # see `check`
        return Place(organisation_id, _NOBODY, row_id)

    def sealed(self, text: str, place: Place) -> bytes:
        """Seal the text for its place."""
        key = vault.keyring().books_key(place.organisation_id)
        return seal(key, pad(text), aad=self._label + place.bytes, key_id=_KEY_ID)

    def unsealed(
        self, sealed: bytes, place: Place, keys: Mapping[tuple[UUID, int], bytes] | None = None
    ) -> str:
        """Return the text. Raises CannotUnseal or HomeLocked."""
        key = vault.keyring().books_key(place.organisation_id)
        return unpad(unseal(key, sealed, aad=self._label + place.bytes))

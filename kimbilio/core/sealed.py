"""Text that is stored sealed under the key of the person it is about.

    class CounsellingNote(...):
        sealing_domain = Domain.COUNSELLING
        text = SealedText()

On an instance it reads and is assigned as `str` (or None, where null is allowed). In the table it is
bytes, bound to six things: organisation, client, domain, table, field and row. Moved to another of any
of these, it does not open. It can't be searched, compared or ordered by the database.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Never, overload
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal, bind, key_id_of, seal, unseal
from kimbilio.core.keyring import Domain

_BLOCK = 16
_TEXT_ENDS = b"\x80"


class Place:
    """The row that a sealed text belongs to."""

    def __init__(self, organisation_id: UUID, client_id: UUID, row_id: UUID) -> None:
        self.organisation_id = organisation_id
        self.client_id = client_id
        self.row_id = row_id

    @classmethod
    def of(cls, instance: models.Model) -> "Place":
        """Return the place that an instance is in. Raises ValueError while it has none."""
        values = (getattr(instance, name) for name in ("organisation_id", "client_id", "pk"))
        return cls(*(value if isinstance(value, UUID) else UUID(str(value)) for value in values))

    @property
    def bytes(self) -> bytes:
        """Return what of the place is bound into what is sealed there."""
        return self.organisation_id.bytes + self.client_id.bytes + self.row_id.bytes


class _Attribute(DeferredAttribute):
    """Reads as text whatever is held: text assigned and not yet saved, or sealed bytes from the table."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        if instance is None or not isinstance(held, bytes):
            return held
        return self.field.unsealed(held, self.field.place_of(instance))

    def __set__(self, instance: models.Model, value: object) -> None:
        if isinstance(value, memoryview):
            value = bytes(value)
        if value is not None and not isinstance(value, str | bytes):
            raise TypeError(f"{self.field} takes text, not {type(value).__name__}.")
        instance.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):  # type: ignore[type-arg]  # its stub is generic, the class is not
    """A text that only the holder of the person's key can read.

    The empty text is sealed like any other; only None is stored as NULL. Its length shows to the next
    16 bytes, so that most names look alike. `QuerySet.update()`, `bulk_update()` and `filter()` with a
    text raise TypeError; `values()` gives sealed bytes, for `unseal_value`. A table can't be renamed
    without sealing its texts anew, and a new field on a table with rows needs null=True.
    """

    description = "Text sealed under the person's key"
    descriptor_class = _Attribute
    empty_values = (None, "", b"")
    # What a model must have for a text to be bound to it.
    bound_to: tuple[str, ...] = ("organisation_id", "client_id", "sealing_domain")

    if TYPE_CHECKING:
        _pyi_private_set_type: str
        _pyi_private_get_type: str  # type: ignore[assignment]

    @cached_property
    def domain(self) -> StrEnum:
        """Return whose keys seal this field: the `sealing_domain` of its model."""
        return Domain(self.model.sealing_domain)  # type: ignore[attr-defined]  # see `check`

    @cached_property
    def _label(self) -> bytes:
        return bind("kimbilio sealed text", self.domain, self.model._meta.db_table, self.name)

    def place_of(self, instance: models.Model) -> Place:
        """Return the place that an instance is in."""
        return Place.of(instance)

    def sealed(self, text: str, place: Place) -> bytes:
        """Seal the text for its place, under the person's newest key; the first one is made here."""
        key_id, key = vault.keyring().client_key(
            place.organisation_id, Domain(self.domain), place.client_id, create=True
        )
        return seal(key, pad(text), aad=self._label + place.bytes, key_id=key_id)

    def unsealed(
        self, sealed: bytes, place: Place, keys: Mapping[tuple[UUID, int], bytes] | None = None
    ) -> str:
        """Return the text. Raises CannotUnseal, NoSuchKey, KeyDestroyed or HomeLocked."""
        key_id = key_id_of(sealed)
        key = keys.get((place.client_id, key_id)) if keys else None
        if key is None:
            key = vault.keyring().client_key_by_id(
                place.organisation_id, Domain(self.domain), place.client_id, key_id
            )
        return unpad(unseal(key, sealed, aad=self._label + place.bytes))

    # How Django stores, loads and refuses it.

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """Return what is stored. Bytes loaded before are stored again only where they still open."""
        held = model_instance.__dict__.get(self.attname)
        if held is None:
            return None
        place = self.place_of(model_instance)
        if isinstance(held, bytes):
            self.unsealed(held, place)
            return held
        return self.sealed(held, place)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        """Return the stored bytes as bytes; PostgreSQL gives a view of them."""
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        """Refuse text: here it would be stored or compared without the row that it belongs to."""
        if isinstance(value, str):
            raise TypeError(
                f"{self}: set it on an instance and save that; it can't be updated or compared in a query."
            )
        return super().get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow asking whether there is a text at all, and nothing else."""
        if lookup_name not in {"isnull", "exact"}:
            raise FieldError(f"{self} is sealed: the database can't look into it ({lookup_name}).")
        return super().get_lookup(lookup_name)

    def get_default(self) -> Any:
        """Return the default as text; a binary field's would be bytes."""
        return models.Field.get_default(self)

    def to_python(self, value: Any) -> Any:
        """Return the value as it is; a binary field would take text for base64."""
        return value

    def value_to_string(self, obj: models.Model) -> Never:
        """Refuse: a dump must not carry text that was sealed."""
        raise TypeError(f"{self} is sealed, and not written to dumps. Use a backup.")

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []  # unlike in a binary field, text is what a default should be

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Check that the model says all that its texts are bound to."""
        found: list[checks.CheckMessage] = super().check(**kwargs)
        missing = [name for name in self.bound_to if not hasattr(self.model, name)]
        if missing:
            found.append(
                checks.Error(f"A sealed text needs: {', '.join(missing)}.", obj=self, id="kimbilio.E001")
            )
        if not isinstance(self.model._meta.pk, models.UUIDField):
            found.append(checks.Error("A sealed text needs a UUID for a key.", obj=self, id="kimbilio.E002"))
        return found


@overload
def unseal_value(
    model: type[models.Model],
    field_name: str,
    *,
    organisation_id: UUID,
    client_id: UUID,
    row_id: UUID,
    sealed: bytes | memoryview,
    keys: Mapping[tuple[UUID, int], bytes] | None = None,
) -> str: ...


@overload
def unseal_value(
    model: type[models.Model],
    field_name: str,
    *,
    organisation_id: UUID,
    client_id: UUID,
    row_id: UUID,
    sealed: None,
    keys: Mapping[tuple[UUID, int], bytes] | None = None,
) -> None: ...


def unseal_value(
    model: type[models.Model],
    field_name: str,
    *,
    organisation_id: UUID,
    client_id: UUID,
    row_id: UUID,
    sealed: bytes | memoryview | None,
    keys: Mapping[tuple[UUID, int], bytes] | None = None,
) -> str | None:
    """Return the text of one sealed value out of `values()`; for reading many rows without instances.

    Give `keys` from `Keyring.client_keys`: a key found there is not looked up again, one made since is.
    Raises KeyDestroyed for a person whose keys were destroyed, and CannotUnseal.
    """
    if sealed is None:
        return None
    field = model._meta.get_field(field_name)
    if not isinstance(field, SealedText):
        raise TypeError(f"{field} is not sealed.")
    return field.unsealed(bytes(sealed), Place(organisation_id, client_id, row_id), keys)


def pad(text: str) -> bytes:
    """Fill up to a whole block, so that the sealed length tells little. ISO/IEC 7816-4 padding."""
    ended = text.encode() + _TEXT_ENDS
    return ended.ljust(-(-len(ended) // _BLOCK) * _BLOCK, b"\0")


def unpad(padded: bytes) -> str:
    """Return what was filled up by `pad`."""
    text, end, _filling = padded.rpartition(_TEXT_ENDS)
    if not end:
        raise CannotUnseal("sealed, but not as text")
    return text.decode()

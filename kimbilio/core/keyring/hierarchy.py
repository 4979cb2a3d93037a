"""Which key wraps which.

    passphrase -> root key -> organisation key -> domain key -> a person's key, in generations
                                               -> books key  -> a key for each text of a book
                                               -> index, audit and staff keys

A wrapped key is sealed under the key above it and bound to where it belongs: organisation, domain or
purpose, person, and its own id. Put in another's place, it does not open.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid5

from kimbilio.core.encryption import bind


class Domain(StrEnum):
    """A field of work with keys of its own, so that one desk can't open what belongs to another."""

    IDENTITY = "identity"
    COUNSELLING = "counselling"
    LEGAL = "legal"
    CLINICAL = "clinical"


class Purpose(StrEnum):
    """What an organisation needs a key for, other than a domain."""

    INDEX = "index"
    """Blind indexes of phones and numbers."""
    AUDIT = "audit"
    """The chain of audit entries."""
    STAFF = "staff"
    """Second factors of staff, and forms kept over an idle lock."""
    BOOKS = "books"
    """Books on their way in, and lines of them that wait until somebody says whose they are."""


def owner_of_text(row: UUID, field_name: str) -> UUID:
    """Return the id under which one text of one row has a key of its own. Its version, 8, is no person's."""
    derived = uuid5(row, field_name).int & ~(0xF << 76)
    return UUID(int=derived | 8 << 76)


@dataclass(frozen=True, slots=True)
class Key:
    """A key and its id. Its representation does not tell the key."""

    id: int
    secret: bytes = field(repr=False)


def place_of_organisation_key(organisation: UUID, key_id: int) -> bytes:
    """Return what an organisation's key is bound to."""
    return bind("kimbilio organisation key", organisation.bytes, str(key_id))


def place_of_purpose_key(organisation: UUID, purpose: str, key_id: int) -> bytes:
    """Return what the key of a domain, or of another purpose, is bound to."""
    return bind("kimbilio purpose key", organisation.bytes, purpose, str(key_id))


def domain_of_client_keys(organisation: UUID, domain: str) -> bytes:
    """Return what the keys of all people of an organisation are bound to in one domain."""
    return bind("kimbilio client key", organisation.bytes, domain)


def place_of_client_key(domain_of_keys: bytes, client: bytes, key_id: int) -> bytes:
    """Return what a person's key is bound to: what `domain_of_client_keys` gave, the person, the key."""
    return domain_of_keys + client + key_id.to_bytes(4, "big")

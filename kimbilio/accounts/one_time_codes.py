"""The codes by which a manager lets somebody set a new password once: made, and known again by their digest."""

import secrets
from uuid import UUID

from kimbilio.core import vault
from kimbilio.core.encryption import bind, mac

# Nothing that is read as something else: no I, L, O, U, 0 or 1.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 78 bits: not to be guessed in the 24 hours it lives
GROUP = 4
HOURS = 24


def new_code() -> str:
    """Return a new code in groups of four, as it is read aloud."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest_of(code: str, *, organisation_id: UUID, staff_id: UUID) -> bytes:
    """Return the keyed digest of a code for one person. Spaces, dashes and small letters make no difference."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    key = vault.keyring().staff_key(organisation_id)
    return mac(key, bind("one-time code", staff_id.bytes, plain))


def is_same(one: bytes, other: bytes) -> bool:
    """Compare two digests in a time that tells nothing."""
    return secrets.compare_digest(one, other)

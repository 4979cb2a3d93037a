"""Keys: made, wrapped, found, renewed and destroyed. See `hierarchy` for which key wraps which.

`<home>/passphrase.json` opens the root key; `<home>/keyring.db` holds every other key, each wrapped
under the one above it, in an encrypted file that is itself opened by the root key.
"""

from kimbilio.core.encryption import PassphraseCost
from kimbilio.core.keyring.copying import copy_keyring, destroy_again, fault_of_keyring
from kimbilio.core.keyring.errors import (
    KeyDestroyed,
    KeyringClosed,
    KeyringDamaged,
    KeyringError,
    KeyringExists,
    KeyringUnavailable,
    NoKeyring,
    NoSuchKey,
    WrongPassphrase,
)
from kimbilio.core.keyring.hierarchy import Domain, Purpose, owner_of_text
from kimbilio.core.keyring.keys import Keyring
from kimbilio.core.keyring.passphrase import change_passphrase, create_keyring, unlock, write_passphrase

__all__ = [
    "Domain",
    "KeyDestroyed",
    "Keyring",
    "KeyringClosed",
    "KeyringDamaged",
    "KeyringError",
    "KeyringExists",
    "KeyringUnavailable",
    "NoKeyring",
    "NoSuchKey",
    "PassphraseCost",
    "Purpose",
    "WrongPassphrase",
    "change_passphrase",
    "copy_keyring",
    "create_keyring",
    "destroy_again",
    "fault_of_keyring",
    "owner_of_text",
    "unlock",
    "write_passphrase",
]

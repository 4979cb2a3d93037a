"""Every cipher of Kimbilio, and nothing else: the one place that touches the library `cryptography`."""

from kimbilio.core.encryption.ciphers import (
    KEY_LENGTH,
    CannotUnseal,
    PassphraseCost,
    bind,
    blind_index,
    derive,
    key_from_passphrase,
    key_id_of,
    mac,
    random_key,
    random_salt,
    seal,
    unseal,
    unseal_many,
)

__all__ = [
    "KEY_LENGTH",
    "CannotUnseal",
    "PassphraseCost",
    "bind",
    "blind_index",
    "derive",
    "key_from_passphrase",
    "key_id_of",
    "mac",
    "random_key",
    "random_salt",
    "seal",
    "unseal",
    "unseal_many",
]

"""A file locked with a passphrase, in the age format, which other programs open too.

Source: the age format, version 1 (age-encryption.org/v1), its scrypt recipient.
"""

import pyrage


def locked_with_passphrase(contents: bytes, passphrase: str) -> bytes:
    """Return the contents locked with a passphrase. It takes about a second of work, and so does each guess."""
    locked: bytes = pyrage.passphrase.encrypt(contents, passphrase)
    return locked

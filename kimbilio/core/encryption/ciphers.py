"""Ciphers, keys and keyed codes, on the library `cryptography` alone.

What is sealed says in its first byte which scheme sealed it, so that a scheme can be replaced without
a day on which everything is encrypted anew. There is one so far:

    0x01 | key id, 4 bytes, big-endian | nonce, 12 bytes | AES-256-GCM-SIV ciphertext and tag

The first five bytes are authenticated along with what the caller binds (`aad`).

Source: RFC 8452 (AES-GCM-SIV: a nonce that repeats gives away equality, never the key), RFC 5869
(HKDF), RFC 2104 (HMAC), RFC 9106 (Argon2id).
"""

import os
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH = 32
_AES_256_GCM_SIV = 1
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_HEADER = struct.Struct(">BI")
_NONCE_END = _HEADER.size + _NONCE_LENGTH
_BLIND_INDEX_LENGTH = 16


class CannotUnseal(Exception):
    """Not sealed by this key for this place: the wrong key, or it was changed or moved."""


@dataclass(frozen=True)
class PassphraseCost:
    """What one guess at a passphrase costs. The default took 0.17 s of CPU on a small server.

    Source: RFC 9106, section 4, second recommended option (t=3, 64 MiB), with one lane: nobody
    waits for four cores here.
    """

    iterations: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 1


def random_key() -> bytes:
    """Return a new key: 32 bytes from the operating system."""
    return os.urandom(KEY_LENGTH)


def random_salt() -> bytes:
    """Return a new salt: 16 bytes from the operating system."""
    return os.urandom(16)


def seal(key: bytes, plaintext: bytes, *, aad: bytes, key_id: int) -> bytes:
    """Encrypt so that it opens only with the same key and the same `aad`, and any change is noticed."""
    header = _HEADER.pack(_AES_256_GCM_SIV, key_id)
    nonce = os.urandom(_NONCE_LENGTH)
    return header + nonce + AESGCMSIV(key).encrypt(nonce, plaintext, header + aad)


def unseal(key: bytes, sealed: bytes, *, aad: bytes) -> bytes:
    """Return what was sealed, or raise CannotUnseal: the wrong key, changed, or moved elsewhere."""
    return _unseal(AESGCMSIV(key), sealed, aad)


def unseal_many(key: bytes, sealed_with_aad: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    """Return what was sealed of each, as `unseal` would; in half the time, for one key and many things."""
    cipher = AESGCMSIV(key)
    return [_unseal(cipher, sealed, aad) for sealed, aad in sealed_with_aad]


def _unseal(cipher: AESGCMSIV, sealed: bytes, aad: bytes) -> bytes:
    if len(sealed) < _NONCE_END + _TAG_LENGTH or sealed[0] != _AES_256_GCM_SIV:
        raise CannotUnseal("not sealed by a scheme this version knows")
    header = sealed[: _HEADER.size]
    try:
        return cipher.decrypt(sealed[_HEADER.size : _NONCE_END], sealed[_NONCE_END:], header + aad)
    except InvalidTag:
        raise CannotUnseal("the wrong key, or changed or moved since it was sealed") from None


def key_id_of(sealed: bytes) -> int:
    """Return which key sealed this, as its header says. Nothing vouches for it before `unseal` does."""
    if len(sealed) < _HEADER.size:
        raise CannotUnseal("too short to have been sealed")
    key_id: int = _HEADER.unpack_from(sealed)[1]
    return key_id


def bind(*parts: str | bytes) -> bytes:
    """Join parts into bytes that no other parts give, for use as `aad` or as a message to digest."""
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def derive(key: bytes, purpose: str) -> bytes:
    """Return the key for one purpose; it gives nothing away of the key it came from. HKDF-SHA256."""
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose.encode()).derive(key)


def mac(key: bytes, message: bytes) -> bytes:
    """Return the 32-byte code by which a holder of the key knows the message again. HMAC-SHA256."""
    code = HMAC(key, SHA256())
    code.update(message)
    return code.finalize()


def blind_index(key: bytes, *, context: str, value: str) -> bytes:
    """Return 16 bytes by which an equal value can be found without keeping it readable.

    It gives away which rows hold equal values, and to a holder of the key everything: use it for
    numbers looked up whole, never for names or a health or legal status. HMAC-SHA256 cut to 128 bits.
    """
    return mac(key, bind(context, value))[:_BLIND_INDEX_LENGTH]


def key_from_passphrase(passphrase: str, salt: bytes, cost: PassphraseCost) -> bytes:
    """Return the key that a passphrase stands for, at a cost to everyone who guesses. Argon2id.

    However a keyboard composes its letters, the same words give the same key.
    Source: NIST SP 800-63B-4, section 3.1.1.2 (normalise Unicode before hashing).
    """
    argon = Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon.derive(unicodedata.normalize("NFKC", passphrase).encode())

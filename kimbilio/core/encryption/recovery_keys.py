"""Recovery keys: what opens a backup when everything else is lost. On paper, typed in again by people in a hurry.

A recovery key is an age identity (X25519). Its secret half is written in Bech32: 58 letters and digits of which the
last six tell whether the others are right, so that what was misread can be found.

Source: the age format, version 1 (age-encryption.org/v1); BIP 173 (Bech32).
"""

import re
from dataclasses import dataclass, field

import pyrage

_BEGINNING = "AGE-SECRET-KEY-1"
_LETTERS = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_LENGTH = 58
_CHECK = 6
_GROUP = 4
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# No key has these four; each is what somebody reads for another.
_MISREAD = str.maketrans({"O": "0", "I": "L", "1": "L", "B": "8"})


class NotARecoveryKey(Exception):
    """What was typed is no recovery key. The message says what to look at again."""


@dataclass(frozen=True)
class RecoveryKey:
    """A pair: the secret, for paper alone, and the public half, for which backups are encrypted."""

    secret: str = field(repr=False)
    recipient: str


def new_recovery_key() -> RecoveryKey:
    """Return a new pair."""
    return _pair(str(pyrage.x25519.Identity.generate()))


def recovery_key_from(key: bytes) -> RecoveryKey:
    """Return the pair that 32 secret bytes stand for."""
    return _pair(_BEGINNING + _with_check(_regroup(key)))


def in_groups(secret: str) -> list[str]:
    """Return the secret without its fixed beginning, in groups that can be read out loud."""
    rest = secret.removeprefix(_BEGINNING)
    return [rest[start : start + _GROUP] for start in range(0, len(rest), _GROUP)]


def read_recovery_key(typed: str) -> RecoveryKey:
    """Return the key that was typed, however it was spaced, broken or cased, with or without its beginning.

    One letter that was misread is put right. Raises NotARecoveryKey, which says where to look again.
    """
    letters = _letters_of(typed)
    if len(letters) != _LENGTH:
        raise NotARecoveryKey(
            f"This is not a whole recovery key: it has {len(letters)} letters and digits after its beginning, "
            f"and {_LENGTH} belong there. Type it once more from the sheet, group by group."
        )
    if not _holds(letters):
        letters = _with_one_put_right(letters)
    try:
        return _pair(_BEGINNING + letters)
    except pyrage.IdentityError:
        raise NotARecoveryKey("This is not a recovery key. Type it once more from the sheet.") from None


def _letters_of(typed: str) -> str:
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    # What stands before the key on the sheet may be typed along with it, well or badly.
    begun = re.match(r"AGE[S5]ECRETKEY[1IL]", letters)
    return (letters[begun.end() :] if begun else letters).translate(_MISREAD)


def _with_one_put_right(letters: str) -> str:
    """Return the key with its one wrong letter put right. Raises NotARecoveryKey where more than one is wrong."""
    for place, wrong in enumerate(letters):
        for letter in _LETTERS:
            tried = letters[:place] + letter + letters[place + 1 :]
            if letter != wrong and _holds(tried):
                return tried
    raise NotARecoveryKey(
        "There is more than one mistake in this recovery key. Compare it with the sheet, group by group: "
        "0 is a zero, and there is no 1, B, I or O in it."
    )


def _holds(letters: str) -> bool:
    return (
        all(letter in _LETTERS for letter in letters)
        and _polymod(_prefix_values() + [_LETTERS.index(letter) for letter in letters]) == 1
    )


def _with_check(values: list[int]) -> str:
    remainder = _polymod(_prefix_values() + values + [0] * _CHECK) ^ 1
    check = [(remainder >> 5 * (_CHECK - 1 - place)) & 31 for place in range(_CHECK)]
    return "".join(_LETTERS[value] for value in values + check)


def _prefix_values() -> list[int]:
    prefix = _BEGINNING[:-1].lower()
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            remainder ^= generator if top >> place & 1 else 0
    return remainder


def _regroup(key: bytes) -> list[int]:
    """Return bytes as numbers of five bits, the last filled up with zeros."""
    bits = int.from_bytes(key, "big")
    fill = -len(key) * 8 % 5
    count = (len(key) * 8 + fill) // 5
    bits <<= fill
    return [bits >> 5 * (count - 1 - place) & 31 for place in range(count)]


def _pair(secret: str) -> RecoveryKey:
    identity = pyrage.x25519.Identity.from_str(secret)
    return RecoveryKey(secret=str(identity), recipient=str(identity.to_public()))

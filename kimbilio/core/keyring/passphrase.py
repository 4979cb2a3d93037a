"""The passphrase: what opens a home, and the file that says how.

`passphrase.json` holds the root key, sealed under a key made of the passphrase, with the salt and the
cost of making it. The file by itself opens nothing; nor does the passphrase without the file.
"""

import base64
import binascii
import json
from dataclasses import asdict
from pathlib import Path

from kimbilio.core.encryption import (
    CannotUnseal,
    PassphraseCost,
    bind,
    key_from_passphrase,
    random_key,
    random_salt,
    seal,
    unseal,
)
from kimbilio.core.keyring.durable import flush_folder, replace_durably
from kimbilio.core.keyring.errors import KeyringDamaged, KeyringExists, NoKeyring, WrongPassphrase
from kimbilio.core.keyring.file import KEYRING_NAME, create_keyring_file

PASSPHRASE_NAME = "passphrase.json"
_FORMAT = 1
_DEFAULT_COST = PassphraseCost()
# A forged file must not make us reserve all memory, nor compute for an hour.
_DEAREST = PassphraseCost(iterations=100, memory_kib=4 * 1024 * 1024, lanes=64)


def create_keyring(home: Path, passphrase: str, *, cost: PassphraseCost = _DEFAULT_COST) -> bytes:
    """Make the keys of a new home and return its root key. Raises KeyringExists rather than overwrite.

    The passphrase's file is written last: until it is there, the home has no keys. If a power cut comes
    just before, the keyring left behind holds nothing, and only a person may decide to delete it.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    for name in (PASSPHRASE_NAME, KEYRING_NAME):
        if (home / name).exists():
            raise KeyringExists(f"{name} is there already, and keys are never overwritten: {home}")
    root_key = random_key()
    create_keyring_file(home, root_key)
    _write(home, root_key, passphrase, cost)
    flush_folder(home.parent)
    return root_key


def unlock(home: Path, passphrase: str) -> bytes:
    """Return the root key. Raises WrongPassphrase, NoKeyring or KeyringDamaged."""
    return _read(home, passphrase)[0]


def change_passphrase(home: Path, old: str, new: str) -> None:
    """Let another passphrase open this home; afterwards the old one does not. All or nothing.

    A copy made before of `passphrase.json` still opens with the old passphrase.
    """
    root_key, cost = _read(home, old)
    _write(home, root_key, new, cost)


def write_passphrase(home: Path, root_key: bytes, passphrase: str) -> None:
    """Let a passphrase open a keyring that was put back from a backup, whose root key is at hand."""
    _write(home, root_key, passphrase, _DEFAULT_COST)


def _write(home: Path, root_key: bytes, passphrase: str, cost: PassphraseCost) -> None:
    if not passphrase:
        raise ValueError("A passphrase can't be empty.")
    salt = random_salt()
    sealed = seal(key_from_passphrase(passphrase, salt, cost), root_key, aad=_binding(salt, cost), key_id=0)
    content = {
        "format": _FORMAT,
        "derivation": "argon2id",
        **asdict(cost),
        "salt": base64.b64encode(salt).decode(),
        "root_key": base64.b64encode(sealed).decode(),
    }
    replace_durably(home / PASSPHRASE_NAME, json.dumps(content, indent=2).encode() + b"\n")


def _read(home: Path, passphrase: str) -> tuple[bytes, PassphraseCost]:
    salt, cost, sealed = _parts(home / PASSPHRASE_NAME)
    try:
        root_key = unseal(key_from_passphrase(passphrase, salt, cost), sealed, aad=_binding(salt, cost))
    except CannotUnseal:
        raise WrongPassphrase("The passphrase doesn't open this home.") from None
    return root_key, cost


def _parts(path: Path) -> tuple[bytes, PassphraseCost, bytes]:
    """Return salt, cost and sealed root key as the file has them."""
    try:
        content = json.loads(path.read_bytes())
        if (content["format"], content["derivation"]) != (_FORMAT, "argon2id"):
            raise KeyringDamaged(f"{path} was written by another version of Kimbilio.")
        cost = PassphraseCost(**{name: int(content[name]) for name in asdict(_DEFAULT_COST)})
        salt = base64.b64decode(content["salt"], validate=True)
        sealed = base64.b64decode(content["root_key"], validate=True)
    except FileNotFoundError:
        raise NoKeyring(f"There are no keys here: {path.parent}") from None
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise KeyringDamaged(f"{path} is not as Kimbilio wrote it.") from error
    _check_cost(path, cost)
    return salt, cost, sealed


def _check_cost(path: Path, cost: PassphraseCost) -> None:
    dearest = asdict(_DEAREST)
    if any(not 1 <= value <= dearest[name] for name, value in asdict(cost).items()):
        raise KeyringDamaged(f"{path} asks for a cost that Kimbilio never sets.")
    if cost.memory_kib < 8 * cost.lanes:
        raise KeyringDamaged(f"{path} asks for a cost that Argon2id doesn't allow.")


def _binding(salt: bytes, cost: PassphraseCost) -> bytes:
    return bind("kimbilio root key", str(_FORMAT), json.dumps(asdict(cost), sort_keys=True), salt)

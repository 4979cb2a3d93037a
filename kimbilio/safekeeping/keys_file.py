"""A backup of the keyring: every key of the home, with the root key, so that a recovery sheet alone opens it."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from kimbilio.core.encryption.age_files import FileDamaged
from kimbilio.core.keyring import copy_keyring, fault_of_keyring
from kimbilio.core.keyring.file import KEYRING_NAME
from kimbilio.safekeeping.archive import KEYS, About, file_member, opened_backup, packed
from kimbilio.safekeeping.recovery import NAME as RECOVERY_NAME
from kimbilio.safekeeping.recovery import mark_of_home

_ROOT_KEY = "root.key"
_ROOT_KEY_LENGTH = 32
_FILES = (KEYRING_NAME, RECOVERY_NAME)


def packed_keys(home: Path, root_key: bytes, about: About, scratch: Path) -> Iterator[bytes]:
    """Give the keyring of a home as it is now, with its root key and the list of its recovery keys."""
    scratch.mkdir(mode=0o700)
    copy = copy_keyring(home, root_key, scratch)
    members = [(_ROOT_KEY, len(root_key), [root_key]), file_member(KEYRING_NAME, copy)]
    if (home / RECOVERY_NAME).exists():
        members.append(file_member(RECOVERY_NAME, home / RECOVERY_NAME))
    yield from packed(about, members)
    shutil.rmtree(scratch)


def unpack_keys(path: Path, secrets: Iterable[str], into: Path) -> tuple[About, bytes]:
    """Write a keyring's files into a folder of their own; return what the backup says of itself and the root key.

    Raises NotForThisKey, or FileDamaged with one sentence, also where the keys inside do not open.
    """
    into.mkdir(mode=0o700)
    with opened_backup(path, secrets) as backup:
        if backup.about.kind != KEYS:
            raise FileDamaged(
                "This is a backup of the data, not of the keys. The file of keys is called keys-….age."
            )
        root_key = b""
        for name, content in backup.members():
            if name == _ROOT_KEY:  # never written to the disk
                root_key = content.read(_ROOT_KEY_LENGTH)
            elif name in _FILES:
                _write(content, into / name)
            else:
                raise FileDamaged("There is something in this file of keys that does not belong there.")
    if mark_of_home(root_key) != backup.about.home or not (into / KEYRING_NAME).exists():
        raise FileDamaged("The keys in this file do not belong together.")
    if fault := fault_of_keyring(into, root_key):
        raise FileDamaged(f"The keyring in this file is damaged: {fault}")
    return backup.about, root_key


def _write(content: IO[bytes], path: Path) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(content, file)
    path.chmod(0o600)

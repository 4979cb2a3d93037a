"""Whether this process holds the keys of a home, and the keys while it does.

One home per process. The vault is opened in the process that serves (an open keyring does not cross a
fork) and locked on demand or when that process ends. Locking takes the keys out of reach of every
thread; Python can't promise to wipe memory, so a process that must forget for certain ends itself.
"""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kimbilio.core.encryption import derive
from kimbilio.core.keyring import Keyring


class HomeLocked(Exception):
    """The home is locked: its passphrase is needed first."""

    def __str__(self) -> str:
        return _("Kimbilio is locked. It opens with the passphrase.")


@dataclass(frozen=True)
class _Opened:
    """What an open home holds. Its representation tells no keys."""

    keyring: Keyring = field(repr=False)
    database_key: bytes = field(repr=False)
    root_key: bytes = field(repr=False)


_opened: _Opened | None = None
_to_drop: list[Callable[[], object]] = []
_turning = threading.RLock()


def open_vault(home: Path, root_key: bytes) -> None:
    """Hold the keys of this home from now on. A home that was open before is locked.

    Raises KeyringDamaged for a root key that is not this home's, and NoKeyring.
    """
    global _opened  # noqa: PLW0603  # there is one vault per process
    with _turning:
        opened = _Opened(Keyring(home, root_key), derive(root_key, "database"), root_key)
        lock_vault()
        _opened = opened


def lock_vault() -> None:
    """Let go of the keys and of everything kept readable in memory. Does nothing to a locked home.

    Every registered cache is dropped, also when dropping another one failed.
    """
    global _opened
    with _turning:
        opened, _opened = _opened, None
        if opened is None:
            return
        with ExitStack() as all_of_it:
            all_of_it.callback(opened.keyring.close)
            for drop in _to_drop:
                all_of_it.callback(drop)


def is_open() -> bool:
    """Return whether the keys are at hand."""
    return _opened is not None


def keyring() -> Keyring:
    """Return the keys of the open home. Raises HomeLocked."""
    return _held().keyring


def database_key() -> bytes:
    """Return the key of the database file of the open home. Raises HomeLocked."""
    return _held().database_key


def root_key() -> bytes:
    """Return the key that opens the keyring, for a backup of it. Raises HomeLocked."""
    return _held().root_key


def on_lock(drop: Callable[[], object]) -> None:
    """Call this whenever the home locks: it drops what was kept readable in memory."""
    _to_drop.append(drop)


def _held() -> _Opened:
    opened = _opened
    if opened is None:
        raise HomeLocked
    return opened

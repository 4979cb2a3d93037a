"""Opening the home: from a passphrase to Django ready, keys in memory."""

import getpass
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings

from kimbilio.config.environment import environment
from kimbilio.core import vault
from kimbilio.core.encryption import derive
from kimbilio.core.keyring import unlock
from kimbilio.safekeeping.holders import hold

_log = logging.getLogger("kimbilio.opening")


def passphrase_given() -> str | None:
    """Return the passphrase from the environment or its file; None when there is neither."""
    env = environment()
    if env.passphrase is not None:
        return env.passphrase.get_secret_value()
    if env.passphrase_file is not None and env.passphrase_file.exists():
        lines = env.passphrase_file.read_text(encoding="utf-8").splitlines()
        return lines[0] if lines else ""
    return None


def passphrase_or_ask(prompt: str) -> str | None:
    """Return the passphrase that was given, or ask for it at a terminal; None where nobody can be asked."""
    given = passphrase_given()
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(prompt, stream=sys.stderr)
    return given


def forget_passphrase() -> None:
    """Take the secrets out of the environment, so that no child process or error page inherits them."""
    for name in ("PASSPHRASE", "NEW_PASSPHRASE", "ADMIN_PASSWORD", "USER_PASSWORD", "RECOVERY_KEY"):
        os.environ.pop(f"KIMBILIO_{name}", None)


def write_no_core_file() -> None:
    """Keep a crash from writing the memory, and the keys in it, to the disk (where the platform has a limit)."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def set_up_django() -> None:
    """Load Django's settings and applications; opens no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimbilio.config.settings")
    django.setup()


def open_home(home: Path, root_key: bytes) -> None:
    """Put the home's keys in memory and give Django its own secret from them. `kimbilio lock` finds this process."""
    _let_lock_find_us(home)
    vault.open_vault(home, root_key)
    settings.SECRET_KEY = derive(root_key, "django secret key").hex()


def open_with_passphrase(home: Path, passphrase: str) -> bytes:
    """Open the home and return its root key; raises WrongPassphrase or NoKeyring."""
    if (home / "passphrase.json").exists():
        _let_lock_find_us(home)  # a passphrase takes a second to try, and a lock may come within it
    root_key = unlock(home, passphrase)
    open_home(home, root_key)
    return root_key


def _let_lock_find_us(home: Path) -> None:
    try:
        hold(home)
    except OSError as why:
        _log.warning("'kimbilio lock' cannot find this process: switch the machine off instead. (%s)", why)

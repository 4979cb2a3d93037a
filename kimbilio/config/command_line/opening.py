"""What a command needs before it begins: Django ready, the home open, the one who asks known."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import DatabaseError, OperationalError

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import actor_named, the_organisation
from kimbilio.config.command_line.saying import Failed, Locked
from kimbilio.config.environment import environment
from kimbilio.config.opening import forget_passphrase, open_with_passphrase, passphrase_or_ask
from kimbilio.core.keyring import KeyringError, NoKeyring, WrongPassphrase
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.core.trouble import trouble_of


def open_here() -> bytes:
    """Open the home for this command and return its root key; Locked when that cannot be."""
    home = environment().home
    passphrase = passphrase_or_ask("Passphrase: ")
    if passphrase is None:
        raise Locked(
            "The home is locked. Set KIMBILIO_PASSPHRASE or KIMBILIO_PASSPHRASE_FILE, or run in a terminal."
        )
    try:
        root_key = open_with_passphrase(home, passphrase)
    except WrongPassphrase:
        raise Locked("This is not the passphrase of this home.") from None
    except NoKeyring:
        raise Failed(f"There is no Kimbilio home in {home}. Make one with 'kimbilio init'.") from None
    forget_passphrase()
    return root_key


def in_open_home(run: Callable[[argparse.Namespace], None]) -> Callable[[argparse.Namespace], None]:
    """Make a command open the home first, and say in one sentence what is refused or fails."""

    @wraps(run)
    def opened(args: argparse.Namespace) -> None:
        open_here()
        run(args)

    return opened


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn what rooms raise into one plain sentence and exit code 1."""
    try:
        yield
    except (Refused, NotHere) as why:
        raise Failed(str(why) or "There is no such thing here.") from why
    except BrokenPipeError:
        raise
    except (DatabaseError, KeyringError, OSError) as why:
        if said := _in_words(why):
            raise Failed(said) from why
        raise


def _in_words(why: Exception) -> str:
    """Return what ails the disk, a file, the keys or the database; '' where that cannot be said."""
    if trouble := trouble_of(why):
        return f"{trouble.title}. What was begun is not half done. {trouble.advice}"
    if isinstance(why, OperationalError):
        return f"The database cannot be reached or opened: {why}"
    if isinstance(why, KeyringError):
        return str(why)
    if isinstance(why, OSError) and why.filename:
        return f"{why.filename}: {why.strerror}."
    return f"The database refused this: {type(why).__name__}." if isinstance(why, DatabaseError) else ""


def asked_by(args: argparse.Namespace) -> Any:
    """Return the actor of `--by USER`, or the keeper of the passphrase where a command allows that."""
    if args.by:
        return actor_named(args.by)
    organisation = the_organisation()
    if organisation is None:
        raise Failed("This home is not set up yet. Use 'kimbilio init' or the set-up page of 'kimbilio run'.")
    return Actor.keeper(organisation.pk)

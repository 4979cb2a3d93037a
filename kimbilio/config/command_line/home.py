"""`kimbilio init` and `kimbilio run`: make a home, and serve it."""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils import timezone

from kimbilio.config.command_line.asking import answer, new_passphrase, new_password
from kimbilio.config.command_line.network import add_options, where
from kimbilio.config.command_line.opening import open_here
from kimbilio.config.command_line.recovery import (
    add_sheet_option,
    hand_over,
    make_sheet,
    refuse_a_file_that_is_there,
)
from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.config.opening import forget_passphrase, open_home
from kimbilio.config.serving import migrate, serve
from kimbilio.core import vault
from kimbilio.core.keyring import KeyringExists, create_keyring
from kimbilio.desk.actions import NewHome, set_up_home
from kimbilio.safekeeping.before_upgrade import keep_before_upgrade
from kimbilio.safekeeping.keeping import begin_to_ask, care_for

_QUESTIONS = {
    "organisation": "Name of the programme",
    "county": "County it works in",
    "site": "Name of its first site",
    "clinic": "MAT clinic that site works beside",
    "admin": "Sign-in name of the first administrator",
}


def add_to(commands: Any) -> None:
    """Add `init` and `run` to the command line."""
    init = commands.add_parser("init", help="make a new home for a programme")
    for name, what in _QUESTIONS.items():
        init.add_argument(f"--{name}", metavar="USER" if name == "admin" else "NAME", help=what)
    add_sheet_option(init)
    init.set_defaults(run=run_init)
    run = commands.add_parser("run", help="serve until stopped")
    add_options(run)
    run.set_defaults(run=run_run)


def run_init(args: argparse.Namespace) -> None:
    """Make the home, its keys, its database and its first administrator: all of it, or nothing."""
    told = {name: answer(question, getattr(args, name)) for name, question in _QUESTIONS.items()}
    home = environment().home
    refuse_a_file_that_is_there(args.sheet)
    passphrase, password = new_passphrase(), new_password(told["admin"])
    with new_home(home, passphrase):
        set_up(told, password)
        sheet = make_sheet(home)
        begin_to_ask(home)
        hand_over(sheet, args.sheet)
    print(f"Made a home for {told['organisation']} in {home}. Start it with 'kimbilio run'.", file=sys.stderr)


def run_run(args: argparse.Namespace) -> None:
    """Serve the home until stopped; where there is none, make an empty one to be set up in the browser."""
    home, place = environment().home, where(args)
    if (home / "passphrase.json").exists():
        root_key = open_here()
        if said := keep_before_upgrade(home):
            print(said, file=sys.stderr)
        migrate()
    else:
        with new_home(home, new_passphrase()) as root_key:
            migrate()
    for care in care_for(home, timezone.now()):
        print(f"See to it: {care.label}", file=sys.stderr)
    serve(home, root_key, **place)


def set_up(told: dict[str, str], password: str) -> None:
    """Make the tables and set the programme up."""
    migrate()
    programme = {name: told[name] for name in ("organisation", "county", "site", "clinic")}
    set_up_home(home=NewHome(**programme), username=told["admin"], password=password)


@contextmanager
def new_home(home: Path, passphrase: str) -> Iterator[bytes]:
    """Make and open a home; when what follows fails, take away again what was made."""
    was_there = home.exists()
    if was_there and any(home.iterdir()):
        raise Failed(f"There are files in {home} already. They are never overwritten.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        root_key = create_keyring(home, passphrase)
        open_home(home, root_key)
        forget_passphrase()
        yield root_key
    except KeyringExists:
        raise Failed(f"There is a Kimbilio home in {home} already.") from None
    except BaseException:
        _take_away(home, keep_folder=was_there)
        raise


def _take_away(home: Path, *, keep_folder: bool) -> None:
    """Remove a home that was made a moment ago and is of no use."""
    connections.close_all()
    vault.lock_vault()
    for inside in home.iterdir():
        inside.unlink()
    if not keep_folder:
        shutil.rmtree(home, ignore_errors=True)

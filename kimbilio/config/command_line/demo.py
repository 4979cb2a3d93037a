"""`kimbilio demo`: a home full of fictional people, then `run`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.table import Table

from kimbilio.config.command_line.home import new_home, set_up
from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.config.opening import open_with_passphrase, passphrase_given
from kimbilio.config.serving import free_port, migrate, serve
from kimbilio.core.keyring import KeyringError
from kimbilio.demo.season import DEMO_STAFF, make_season

# Printed on the screen and known to everybody: a demo home holds fictional people only.
PASSPHRASE = "five fictional words open this"
PASSWORD = "walk-with-people-7342"
MARK = "demo-home"
MANAGER = "achieng"


def add_to(commands: Any) -> None:
    """Add `demo` to the command line."""
    demo = commands.add_parser("demo", help="a home of fictional people, then run")
    demo.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
    demo.add_argument("--port", type=int, help="port to listen at (default: the first free one from 8000)")
    demo.add_argument("--people", type=int, default=300, help="how many people (default 300)")
    demo.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace) -> None:
    """Make the demo home on the first run, then serve it and print the sign-ins."""
    home = environment().home
    root_key = _open(home) if (home / MARK).exists() else _make(home, args.people)
    _say_sign_ins()
    serve(home, root_key, host=args.host, port=args.port or free_port(args.host, 8000))


def _open(home: Path) -> bytes:
    try:
        root_key = open_with_passphrase(home, passphrase_given() or PASSPHRASE)
    except KeyringError as why:
        raise Failed(f"The demo home in {home} cannot be opened; remove it and start again. ({why})") from why
    migrate()
    return root_key


def _make(home: Path, people: int) -> bytes:
    if home.exists() and any(home.iterdir()):
        raise Failed(
            f"What is in {home} is not a whole demo. Remove it and start again, or set KIMBILIO_HOME."
        )
    print(f"Making a demo home of {people} fictional people in {home} …", file=sys.stderr)
    with new_home(home, passphrase_given() or PASSPHRASE) as root_key:
        settings.DEMO = True
        programme = {
            "organisation": "Kimbilio Demo Programme",
            "county": "Kiambu",
            "site": "Karuri safe space",
            "clinic": "Karuri MAT clinic",
            "admin": MANAGER,
        }
        set_up(programme, PASSWORD)
        make_season(manager=MANAGER, password=PASSWORD, people=people)
        # Written last: a demo that was stopped half-way is not taken for a whole one.
        (home / MARK).write_text("This home holds fictional people only.\n", encoding="utf-8")
    return root_key


def _say_sign_ins() -> None:
    table = Table("Sign-in name", "Role", "Site", title="Demo sign-ins: fictional people only")
    table.add_row(MANAGER, "Programme manager and administrator", "Karuri safe space")
    for member in DEMO_STAFF:
        table.add_row(member.username, str(member.role.label), member.site)
    console = Console()
    console.print(table)
    console.print(f"The password of each is: [bold]{PASSWORD}[/bold]", highlight=False)

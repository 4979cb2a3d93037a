"""`kimbilio keys`: change the passphrase, and change the keys under which others are wrapped."""

import argparse
import sys
from typing import Any

from kimbilio.accounts.actions import rotate_keys
from kimbilio.config.command_line.asking import ask_twice, fault_of_passphrase
from kimbilio.config.command_line.opening import asked_by, in_open_home
from kimbilio.config.command_line.saying import Failed, Locked
from kimbilio.config.environment import environment
from kimbilio.config.opening import passphrase_or_ask
from kimbilio.core.keyring import NoKeyring, WrongPassphrase, change_passphrase


def add_to(commands: Any) -> None:
    """Add `keys passphrase` and `keys rotate`."""
    keys = commands.add_parser("keys", help="change the passphrase or the keys")
    verbs = keys.add_subparsers(required=True, metavar="passphrase|rotate")
    change = verbs.add_parser(
        "passphrase", help="change the passphrase (new one asked for or KIMBILIO_NEW_PASSPHRASE)"
    )
    change.set_defaults(run=run_passphrase)
    rotate = verbs.add_parser(
        "rotate", help="renew the organisation's and domains' keys and re-wrap all below"
    )
    rotate.add_argument("--by", metavar="USER", required=True, help="who does it")
    rotate.set_defaults(run=in_open_home(run_rotate))


def run_passphrase(args: argparse.Namespace) -> None:
    """Change the passphrase of the home. Nothing is encrypted anew; the change is one atomic file."""
    old = passphrase_or_ask("Present passphrase: ")
    given = environment().new_passphrase
    if old is None:
        raise Locked("The home is locked: its present passphrase is needed.")
    new = (
        given.get_secret_value()
        if given
        else ask_twice("New passphrase: ", "KIMBILIO_NEW_PASSPHRASE", fault_of_passphrase)
    )
    if fault := fault_of_passphrase(new):
        raise Failed(fault)
    try:
        change_passphrase(environment().home, old, new)
    except WrongPassphrase:
        raise Locked("This is not the passphrase of this home.") from None
    except NoKeyring:
        raise Failed("There is no Kimbilio home here.") from None
    print("The passphrase is changed.", file=sys.stderr)


def run_rotate(args: argparse.Namespace) -> None:
    """Renew the organisation's key and its domains' keys; every key below is wrapped anew."""
    rotate_keys(by=asked_by(args))
    print("The keys are renewed. Backups of the keyring made before now can be destroyed.", file=sys.stderr)

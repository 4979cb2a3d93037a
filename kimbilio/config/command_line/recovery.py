"""`kimbilio recovery`: the keys that open backups when everything else is lost, each on a sheet of paper."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import Failed, print_json
from kimbilio.config.environment import environment
from kimbilio.safekeeping.backup import write_down
from kimbilio.safekeeping.recovery import add_recovery_key, recipients, remove_recovery_key
from kimbilio.safekeeping.sheet import Sheet
from kimbilio.safekeeping.sheet_pdf import sheet_pdf


def add_to(commands: Any) -> None:
    """Add `recovery new`, `list` and `remove`."""
    recovery = commands.add_parser(
        "recovery", help="recovery sheets: what opens backups when all else is lost"
    )
    verbs = recovery.add_subparsers(required=True, metavar="new|list|remove")
    new = verbs.add_parser("new", help="make one more recovery key and print its sheet, once")
    add_sheet_option(new)
    new.set_defaults(run=in_open_home(run_new))
    listed = verbs.add_parser("list", help="which recovery keys open the backups made from now on")
    listed.add_argument("--json", action="store_true", help="print one JSON document")
    listed.set_defaults(run=in_open_home(run_list))
    remove = verbs.add_parser("remove", help="make later backups no more for this key")
    remove.add_argument("number", type=int, metavar="NUMBER", help="the number on the sheet")
    remove.set_defaults(run=in_open_home(run_remove))


def add_sheet_option(command: argparse.ArgumentParser) -> None:
    """Add the option to write the sheet into a file, to be printed and deleted."""
    command.add_argument(
        "--sheet", type=Path, metavar="FILE.pdf", help="write the sheet as a PDF, to print and delete"
    )


def run_new(args: argparse.Namespace) -> None:
    """Make a recovery key and hand its sheet over, once: the secret is kept nowhere."""
    refuse_a_file_that_is_there(args.sheet)
    home = environment().home
    sheet = make_sheet(home)
    try:
        hand_over(sheet, args.sheet)
    except BaseException:
        remove_recovery_key(home, sheet.number)  # nobody has it on paper
        raise
    write_down("recovery.key_made", {})


def run_list(args: argparse.Namespace) -> None:
    """Say which recovery keys there are."""
    known = recipients(environment().home)
    if args.json:
        print_json([vars(one) for one in known])
        return
    for one in known:
        print(f"{one.number}  made on {one.made_on}  {one.recipient}")
    if not known:
        print("There is none: no backup can be made. Make one: kimbilio recovery new", file=sys.stderr)


def run_remove(args: argparse.Namespace) -> None:
    """Take a key off the list. Backups made before still open with it."""
    if [one.number for one in recipients(environment().home)] == [args.number]:
        raise Failed("This is the only recovery key: make another one first, or no backup can be made.")
    remove_recovery_key(environment().home, args.number)
    write_down("recovery.key_removed", {"number": args.number})
    print(
        "Later backups are not for this key. Those made before still open with it: destroy the sheet, and those "
        "backups of the keys that were made before now.",
        file=sys.stderr,
    )


def make_sheet(home: Path) -> Sheet:
    """Make a recovery key for the home and return its sheet."""
    today: date = timezone.localdate()
    number, key = add_recovery_key(home, today)
    return Sheet(number, today, key.secret)


def refuse_a_file_that_is_there(path: Path | None) -> None:
    """Refuse to write over a file, before anything is made."""
    if path is not None and path.exists():
        raise Failed(f"There is a file {path} already. It is not overwritten.")
    if path is not None and not path.absolute().parent.is_dir():
        raise Failed(f"There is no folder {path.absolute().parent}.")


def hand_over(sheet: Sheet, path: Path | None) -> None:
    """Print the sheet, or write it into a file that only its owner may read."""
    with translation.override(settings.LANGUAGE_CODE):
        if path is None:
            print(sheet.as_text(), flush=True)  # written, or it fails while the key can still be taken back
            print("Print or copy this sheet now: it is shown once. Then clear the terminal.", file=sys.stderr)
            return
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            try:
                file.write(sheet_pdf(sheet))
                file.flush()
            except BaseException:
                path.unlink()
                raise
    print(f"The recovery sheet is in {path}. Print it, then delete the file.", file=sys.stderr)

"""`kimbilio lock`: end whatever holds the keys, and every sign-in. Fast, and without the passphrase.

Loads neither Django nor any room of records: it must be quick when there is no time.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.safekeeping.locking import Locked, lock_all

_DONE, _FAILED = 0, 1


def add_to(commands: Any) -> None:
    """Add `lock`, so that it stands in the list of commands."""
    lock = commands.add_parser("lock", help="close Kimbilio at once: every key dropped, every sign-in ended")
    _options(lock).set_defaults(run=run_lock)


def lock_now(arguments: Sequence[str]) -> int:
    """Run `kimbilio lock` and return its exit code."""
    return _lock(_options(argparse.ArgumentParser(prog="kimbilio lock")).parse_args(arguments))


def run_lock(args: argparse.Namespace) -> None:
    """Do the same where the commands are loaded already."""
    if _lock(args):
        raise Failed("See above.")


def _lock(args: argparse.Namespace) -> int:
    try:
        home = environment().home
    except ValidationError:
        print("KIMBILIO_HOME cannot be used. Switch the machine off.", file=sys.stderr)
        return _FAILED
    if not home.is_dir():
        print(f"There is no Kimbilio home in {home}, so nothing was closed.", file=sys.stderr)
        return _FAILED
    locked = lock_all(home)
    if args.json:
        done = {"ended": locked.ended, "killed": locked.killed, "left": list(locked.left)}
        print(json.dumps({"locked": not locked.left, **done}, indent=2))
    print(_in_words(locked), file=sys.stderr)
    return _FAILED if locked.left or locked.unmarked else _DONE


def _options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _in_words(locked: Locked) -> str:
    if locked.left:
        numbers = ", ".join(str(process) for process in locked.left)
        return f"NOT closed: process {numbers} belongs to another user or does not end. Switch the machine off now."
    ended = locked.ended + locked.killed
    did = "Kimbilio was not running." if not ended else f"Kimbilio is closed: {ended} ended"
    if locked.killed:
        did += f", {locked.killed} of them by force"
    if locked.unmarked:
        return f"{did.rstrip('.')}. But sign-ins could not be marked as ended: {locked.unmarked}."
    return f"{did.rstrip('.')}. No key is in memory, and every sign-in has ended."

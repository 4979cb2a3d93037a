"""What the command `kimbilio` offers, and what its exit codes mean.

0 done; 1 refused or failed, with one sentence why, or without a word where whoever read the output left (`| head`);
2 wrong usage; 3 locked or wrong passphrase.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from kimbilio import __version__
from kimbilio.config.command_line import (
    audit,
    backup,
    books,
    demo,
    doctor,
    duplicates,
    follow_up,
    home,
    keys,
    lock,
    recovery,
    report,
    retention,
    staff,
)
from kimbilio.config.command_line.opening import failing_plainly
from kimbilio.config.command_line.saying import Failed, Locked
from kimbilio.config.environment import environment
from kimbilio.safekeeping.placing import finish as finish_restore

DONE, FAILED, LOCKED = 0, 1, 3


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    args = parser().parse_args(arguments)
    try:
        with failing_plainly():
            _finish_restore()
            args.run(args)
            # What is still kept back meets a full disk, or a reader who left, here and not when Python ends.
            sys.stdout.flush()
    except BrokenPipeError:
        return end_quietly()
    except Failed as why:
        print(why, file=sys.stderr)
        return end_quietly() if isinstance(why.__cause__, OSError) else FAILED
    except Locked as why:
        print(why, file=sys.stderr)
        return LOCKED
    except KeyboardInterrupt:
        return FAILED
    return DONE


def _finish_restore() -> None:
    """Move what a restore that was cut short has left to move, before anything opens the home."""
    if aside := finish_restore(environment().home):
        print(
            f"A restore that was cut short is finished. What was here before lies in {' and '.join(aside)}.",
            file=sys.stderr,
        )


def end_quietly() -> int:
    """Return how a command ends that cannot print any more (`| head`, a full disk): what is left goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return FAILED


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = argparse.ArgumentParser(prog="kimbilio", description="Kimbilio, for community-led harm reduction.")
    top.add_argument("--version", action="version", version=f"kimbilio {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for room in (
        home,
        demo,
        staff,
        books,
        duplicates,
        follow_up,
        report,
        retention,
        keys,
        lock,
        backup,
        recovery,
        audit,
        doctor,
    ):
        room.add_to(commands)
    return top

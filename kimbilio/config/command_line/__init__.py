"""The command `kimbilio`, as contracts for scripts and other programs (docs/commands.md)."""

import os
import sys

from platformdirs import user_data_path
from pydantic import ValidationError

from kimbilio.config.command_line.lock import lock_now
from kimbilio.config.command_line.network import note_network
from kimbilio.config.opening import set_up_django, write_no_core_file


def main() -> int:
    """Make Django ready, then run the command that was typed; returns its exit code."""
    if sys.argv[1:2] == ["demo"]:
        # Fictional people never share a folder with real ones.
        os.environ.setdefault("KIMBILIO_HOME", str(user_data_path("kimbilio-demo")))
    # Whatever is written from here on, only this user may read.
    os.umask(0o077)
    write_no_core_file()
    if sys.argv[1:2] == ["run"]:
        note_network(sys.argv[2:])
    if sys.argv[1:2] == ["lock"]:
        return lock_now(sys.argv[2:])
    try:
        set_up_django()
    except ValidationError as wrong:
        for error in wrong.errors():
            name = "_".join(str(part) for part in error["loc"]).upper()
            print(f"The setting KIMBILIO_{name} cannot be used: {error['msg']}.", file=sys.stderr)
        return 1
    # Only now may rooms be imported: their models need Django to be ready.
    from kimbilio.config.command_line.commands import run

    return run(sys.argv[1:])

"""A home for measuring: made in a temporary folder, opened by each process that measures something of it."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.fictional import Fictional
from kimbilio.config.environment import environment
from kimbilio.config.opening import open_home, set_up_django
from kimbilio.core.keyring import create_keyring, unlock

PASSPHRASE = "four fictional words measured"
PASSWORD = "a long walk by the river 91"
MANAGER, DESK = "achieng", "wanja"
_PEOPLE = "people.json"


def new_root_key() -> bytes:
    """Make Django ready and a keyring in the home, and hold its keys."""
    set_up_django()
    root_key = create_keyring(environment().home, PASSPHRASE)
    open_home(environment().home, root_key)
    return root_key


def open_again() -> None:
    """Open the home as a serving process does; keys held before are let go, with everything kept readable."""
    set_up_django()
    from kimbilio.config.wsgi import opened_application  # once Django is ready

    opened_application(environment().home, unlock(environment().home, PASSPHRASE), setup_token="")


def write_people(people: list[tuple[Fictional, str]]) -> None:
    """Leave the fictional people with their card codes for the process that measures."""
    rows = [{**asdict(person), "code": code} for person, code in people]
    _people_file().write_text(json.dumps(rows), encoding="utf-8")


def read_people() -> list[tuple[Fictional, str]]:
    """Return what `write_people` left."""
    rows: list[dict[str, Any]] = json.loads(_people_file().read_text(encoding="utf-8"))
    return [(Fictional(**{name: row[name] for name in row if name != "code"}), row["code"]) for row in rows]


def resident_megabytes() -> float | None:
    """Return how much memory this process holds; None where the platform has no /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _people_file() -> Path:
    return environment().home / _PEOPLE

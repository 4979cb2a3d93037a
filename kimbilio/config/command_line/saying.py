"""How commands fail in one sentence, and how they print for people or for programs."""

import json
from typing import Any


class Failed(Exception):  # an answer to the person, not a fault of the program
    """The command was refused or failed. Exit code 1; the message is one sentence."""


class Locked(Exception):  # as above
    """The home is locked, or the passphrase is wrong. Exit code 3."""


def print_json(document: Any) -> None:
    """Print one JSON document on standard output and nothing else."""
    print(json.dumps(document, indent=2, ensure_ascii=False, default=str))

"""For whom backups are encrypted: the public halves of the recovery keys, in `recovery.json` in the home.

The secret halves are on paper alone. Each opens every backup made while it stood in the list.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from kimbilio.core.encryption import derive
from kimbilio.core.encryption.recovery_keys import RecoveryKey, new_recovery_key, recovery_key_from
from kimbilio.core.keyring.durable import alone_in, replace_durably
from kimbilio.core.refusals import NotHere, Refused

NAME = "recovery.json"
_FORMAT = 1
_LETTERS = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True)
class Recipient:
    """One recovery key as the home knows it: its number on the sheet, its public half, the day it was made."""

    number: int
    recipient: str
    made_on: str


def recipients(home: Path) -> list[Recipient]:
    """Return the recovery keys for which backups are encrypted; none in a home from before there were any."""
    try:
        content = json.loads((home / NAME).read_bytes())
        return [Recipient(**one) for one in content["keys"]]
    except FileNotFoundError:
        return []
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(
            f"{NAME} in the home is damaged. Remove it and make a new recovery sheet: 'kimbilio recovery new'."
        ) from error


def add_recovery_key(home: Path, today: date) -> tuple[int, RecoveryKey]:
    """Make a recovery key, remember its public half, and return it with its number. The secret is kept nowhere."""
    made = new_recovery_key()
    # A sheet whose key another one replaced in the list, in the same moment, would open nothing.
    with alone_in(home):
        known = recipients(home)
        number = _last_number(home, known) + 1
        _write(home, [*known, Recipient(number, made.recipient, today.isoformat())], number)
    return number, made


def remove_recovery_key(home: Path, number: int) -> None:
    """Encrypt later backups no more for this key. Earlier ones stay open to it. NotHere for an unknown number."""
    with alone_in(home):
        known = recipients(home)
        left = [one for one in known if one.number != number]
        if len(left) == len(known):
            raise NotHere(f"There is no recovery key number {number}.")
        _write(home, left, _last_number(home, known))


def key_of_home(root_key: bytes) -> RecoveryKey:
    """Return the home's own pair, by which whoever holds its passphrase opens backups of its data."""
    return recovery_key_from(derive(root_key, "backups of the data"))


def mark_of_home(root_key: bytes) -> str:
    """Return by what backups of one home know each other. It gives nothing away of the key."""
    return derive(root_key, "mark of the home in backups").hex()[:32]


def letters_of_home(root_key: bytes) -> str:
    """Return five letters in the names of one home's backups, in which nobody reads a word or a number."""
    return "".join(_LETTERS[one % len(_LETTERS)] for one in derive(root_key, "names of backups")[:5])


def _last_number(home: Path, known: list[Recipient]) -> int:
    if not known and not (home / NAME).exists():
        return 0
    return int(json.loads((home / NAME).read_bytes()).get("last_number", 0))


def _write(home: Path, keys: list[Recipient], last_number: int) -> None:
    content = {"format": _FORMAT, "last_number": last_number, "keys": [asdict(one) for one in keys]}
    replace_durably(home / NAME, json.dumps(content, indent=2).encode() + b"\n")

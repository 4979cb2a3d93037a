"""What is remembered of backups, in `backups.json` in the home: when, where, proved or not; copies, drills."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from kimbilio.core.keyring.durable import alone_in, replace_durably

NAME = "backups.json"
_KEPT = 60


@dataclass(frozen=True)
class Entry:
    """One backup: what it was called and where it was put, and what came of its proof."""

    at: str
    data: str
    keys: str
    bytes: int
    sha256: str
    proved: bool
    rows: int = 0
    people: int = 0
    seconds: float = 0
    why: str = ""


@dataclass(frozen=True)
class Diary:
    """What was done for the safety of the records. Times and days as ISO texts; '' where it was never done.

    `seen_on` is the last day on which the home was served; `is_doubted` says that it was far from the one before.
    """

    since: str = ""
    second_place_at: str = ""
    drill_at: str = ""
    failed_at: str = ""
    failure: str = ""
    seen_on: str = ""
    is_doubted: bool = False
    backups: tuple[Entry, ...] = field(default=())

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return what is remembered. A file that is damaged is as good as none: it tells nothing of anybody."""
        try:
            said = json.loads((home / NAME).read_bytes())
            known = {one.name: said[one.name] for one in fields(cls) if one.name in said}
            return cls(**known | {"backups": tuple(Entry(**one) for one in said.get("backups", []))})
        except (OSError, TypeError, ValueError):
            return cls()

    @classmethod
    def change(cls, home: Path, how: Callable[[Self], Self]) -> None:
        """Remember something more; whoever else has something to remember waits meanwhile."""
        with alone_in(home):
            how(cls.of(home)).write(home)

    def write(self, home: Path) -> None:
        """Remember this, as of now."""
        replace_durably(home / NAME, json.dumps(asdict(self), indent=2).encode() + b"\n")

    def changed(self, **values: Any) -> Self:
        """Return it with something changed."""
        return replace(self, **values)

    def with_backup(self, entry: Entry) -> Self:
        """Return it with one more backup; only so many are remembered."""
        told = "" if entry.proved else entry.why
        return replace(
            self,
            backups=(*self.backups, entry)[-_KEPT:],
            failed_at="" if entry.proved else entry.at,
            failure=told,
        )

    @property
    def last_proved(self) -> Entry | None:
        """Return the newest backup that was proved."""
        return next((one for one in reversed(self.backups) if one.proved), None)


def time_of(text: str) -> datetime | None:
    """Return the time that a text of the diary says."""
    return datetime.fromisoformat(text) if text else None

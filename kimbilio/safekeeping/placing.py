"""Putting what was restored into its place in the home: all of it or nothing, whenever the power goes.

It is made ready in the folder `restoring`. Renaming that to `restored` decides: before, the home is as it was; from
then on it is the new one, and whatever is left to move is moved at the next start. What was there goes into a folder
`before-restore-…` (`asides.py`).
"""

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from kimbilio.core.keyring.durable import flush_folder, replace_durably
from kimbilio.safekeeping import schemas
from kimbilio.safekeeping.locking import CLOSED_MARK

READY, _DECIDED, _PLACING = "restoring", "restored", "restored-placing"
_PLAN = "plan.json"
ASIDE = "before-restore-"
# Files of a home that go with the data, and those that go with its keys.
OF_DATA = ("kimbilio.db", "kimbilio.db-wal", "kimbilio.db-shm", "kimbilio.db-journal")
OF_DATA_AND_RECORD = (*OF_DATA, "anchors.db", "anchors.db-wal", "anchors.db-shm")
_STAYS = ("safekeeping.lock", READY, _DECIDED, _PLACING)
_STAYS_BEGINNING = ("scratch-", ASIDE, "open.")


def holds_anything(home: Path) -> bool:
    """Say whether there is anything in a home but what an unfinished restore left and what was put aside before."""
    return home.exists() and bool(_standing(home))


def made_ready(home: Path) -> Path:
    """Return an empty folder in which the new home is made ready."""
    ready = home / READY
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(mode=0o700)
    return ready


def is_decided(home: Path) -> bool:
    """Say whether a restore was decided here and is still to be finished: the home is the new one from then on."""
    return (home / _DECIDED).exists() or (home / _PLACING).exists()


def forget(home: Path) -> None:
    """Take away what was made ready and came to nothing."""
    shutil.rmtree(home / READY, ignore_errors=True)


def decide(home: Path, *, whole: bool, now: datetime, schema: str = "") -> None:
    """Make what is ready the home: all of it, or (not `whole`) the data beside the keys that are there. Durable.

    `schema` is where PostgreSQL's tables wait to be moved.
    """
    ready = home / READY
    away = _standing(home) if whole else [name for name in OF_DATA_AND_RECORD if (home / name).exists()]
    at = timezone.localtime(now).strftime("%Y-%m-%d-%H%M%S")
    for path in ready.iterdir():
        _flush(path)
    plan = {"aside": f"{ASIDE}{at}" if away else "", "away": away, "schema": schema}
    plan["schema_aside"] = f"{schemas.ASIDE}{at.replace('-', '_')}"
    replace_durably(ready / _PLAN, json.dumps(plan).encode())
    ready.rename(home / _DECIDED)
    flush_folder(home)


def finish(home: Path) -> list[str]:
    """Move what a decided restore has left to move; returns where what was there before is now.

    PostgreSQL's tables first, then the files. May be cut short and done again. Does nothing where no restore is under
    way.
    """
    decided, placing = home / _DECIDED, home / _PLACING
    if decided.exists():
        plan = json.loads((decided / _PLAN).read_bytes())
        if plan["schema"]:
            schemas.take_the_place(plan["schema"], aside=plan["schema_aside"])
        _put_aside(home, plan)
        decided.rename(placing)
        flush_folder(home)
    if not placing.exists():
        return []
    if not (placing / _PLAN).exists():  # the plan goes last of all, so nothing else was left to do
        placing.rmdir()
        return []
    plan = json.loads((placing / _PLAN).read_bytes())
    for path in sorted(placing.iterdir()):
        if path.name != _PLAN:
            path.rename(home / path.name)
    flush_folder(home)
    (placing / _PLAN).unlink()
    placing.rmdir()
    return _where(home, plan)


def _where(home: Path, plan: dict[str, object]) -> list[str]:
    """Return in words where what was there before is."""
    places = [str(home / str(plan["aside"]))] if plan["aside"] else []
    if plan["schema"] and schemas.exists(str(plan["schema_aside"])):
        places.append(f"schema {plan['schema_aside']}")
    return places


def _put_aside(home: Path, plan: dict[str, object]) -> None:
    if not plan["aside"]:
        return
    aside = home / str(plan["aside"])
    aside.mkdir(mode=0o700, exist_ok=True)
    for name in plan["away"]:  # type: ignore[attr-defined]  # a list of names
        if (home / name).exists():
            (home / name).rename(aside / name)
    flush_folder(aside)
    flush_folder(home)


def _standing(home: Path) -> list[str]:
    names = sorted(
        path.name
        for path in home.iterdir()
        if path.name not in _STAYS and not path.name.startswith(_STAYS_BEGINNING)
    )
    # A lock's mark alone is no home: a restore that a lock cut short can be said again.
    return [] if names == [CLOSED_MARK] else names


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

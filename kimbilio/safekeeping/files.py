"""Backup files by name and age: `data-` and `keys-` with their time, written whole or not at all, destroyed when due.

Names tell the time, and by five letters which files are of one home, so that several may use one folder; nothing else.
Source of the thirty days: docs/decisions/0002-keys.md, 0018-backups.md.
"""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from kimbilio.core.keyring.durable import flush_folder
from kimbilio.safekeeping.ages import is_over
from kimbilio.safekeeping.faults import CannotBackUp

ENDING, DRAFT, UNPROVED = ".age", ".part", ".unproved"
_TIME = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(r"(data|keys)-(\d{4}-\d{2}-\d{2}-\d{6})(?:-([a-z]{5}))?(-\d+)?\.age")
_PIECE = 1 << 20


def name_at(kind: str, moment: datetime, folder: Path, *letters: str) -> str:
    """Return a name that is free in the folder: what it holds, when it was made in the programme's own time, whose."""
    stem = "-".join([kind, timezone.localtime(moment).strftime(_TIME), *letters])
    tried, number = f"{stem}{ENDING}", 1
    while (folder / tried).exists() or (folder / (tried + DRAFT)).exists():
        number += 1
        tried = f"{stem}-{number}{ENDING}"
    return tried


def time_in(name: str) -> datetime | None:
    """Return when a backup was made, by its name; None for a file that is none."""
    found = _NAME.fullmatch(name)
    return moment_of(found[2]) if found else None


def letters_in(name: str) -> str | None:
    """Return by which letters a backup's home is known, by its name; None for a file that is none."""
    found = _NAME.fullmatch(name)
    return found[3] if found else None


def moment_of(text: str) -> datetime | None:
    """Return the time that a name says; None for what is none."""
    try:
        return timezone.make_aware(datetime.strptime(text, _TIME))  # noqa: DTZ007  # made aware here
    except ValueError:
        return None


def made_if_missing(folder: Path) -> Path:
    """Return a folder, made if its parent is there; refuse in one sentence else. For what somebody types, no setting.

    Not its parents: a stick that is not plugged in must not become a folder on the laptop's own disk.
    """
    folder = folder.expanduser().absolute()
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700)
    except FileNotFoundError:
        raise CannotBackUp(f"There is no folder {folder.parent}. Is the stick or disk plugged in?") from None
    except OSError as why:
        raise CannotBackUp(f"The folder {folder} cannot be made: {why.strerror}.") from why
    return folder


def prepared(folder: Path) -> Path:
    """Return a folder that backups can be written into; refuse in one sentence where it is not there."""
    folder = folder.expanduser().absolute()
    if not folder.exists():
        raise CannotBackUp(
            f"There is no folder {folder}, so nothing was written. Plug in the stick or disk on which it lies; "
            "on a new one, make that folder first."
        )
    if not folder.is_dir():
        raise CannotBackUp(f"{folder} is not a folder.")
    return folder


def destroy_drafts(folder: Path, letters: str) -> None:
    """Destroy what backups of one home left that were cut short. Only for whoever has its turn: else one is on its way.

    Another home's may be on its way in any case.
    """
    for left in folder.glob(f"*{ENDING}{DRAFT}"):
        if letters_in(left.name.removesuffix(DRAFT)) == letters:
            destroy(left)


def write_draft(path: Path, write: Callable[[BinaryIO], None]) -> Path:
    """Write a file under a name that says it is not whole yet, on the disk when this returns; nothing on failure."""
    draft = path.with_name(path.name + DRAFT)
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            write(file)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def finish(draft: Path, name: str) -> Path:
    """Give a file that was proved its name."""
    whole = draft.with_name(name)
    draft.rename(whole)
    flush_folder(whole.parent)
    return whole


def destroy_expired_keys(folder: Path, letters: str, *, days: int, now: datetime) -> int:
    """Overwrite and delete backups of one home's keyring older than so many days, or of days to come; return how many.

    Another home's may be the last that opens its records, whatever their age: that home sees to them.
    """
    lasts = timedelta(days=days)
    expired = [
        path
        for path in folder.glob(f"keys-*-{letters}*{ENDING}")
        if letters_in(path.name) == letters and (made := time_in(path.name)) and is_over(made, lasts, now)
    ]
    for path in expired:
        destroy(path)
    return len(expired)


def destroy(path: Path) -> None:
    """Overwrite a file and delete it. What a flash disk keeps of old blocks is out of reach (SECURITY.md)."""
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _PIECE)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    flush_folder(path.parent)

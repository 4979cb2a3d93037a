"""A backup, from the moment it is of to its proof: the data first, then the keys, so every key they need is there."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone

from kimbilio import __version__
from kimbilio.accounts.queries import organisation_names
from kimbilio.audit.actions import record
from kimbilio.core import vault
from kimbilio.core.encryption.age_files import write_encrypted
from kimbilio.core.encryption.recovery_keys import new_recovery_key
from kimbilio.core.keyring import KeyringError
from kimbilio.safekeeping.ages import date_is_likely
from kimbilio.safekeeping.archive import DATA, KEYS, About, packed
from kimbilio.safekeeping.diary import Diary, Entry
from kimbilio.safekeeping.dumping import moment_of_database
from kimbilio.safekeeping.faults import CannotBackUp
from kimbilio.safekeeping.files import (
    UNPROVED,
    destroy,
    destroy_drafts,
    destroy_expired_keys,
    finish,
    made_if_missing,
    name_at,
    prepared,
    write_draft,
)
from kimbilio.safekeeping.keys_file import packed_keys
from kimbilio.safekeeping.proof import Proof, prove
from kimbilio.safekeeping.recovery import key_of_home, letters_of_home, mark_of_home, recipients
from kimbilio.safekeeping.turn import turn_in

KEYS_FOLDER = "keys"


@dataclass(frozen=True)
class Places:
    """Where a backup goes: its data, and its keys apart from them; and how long keys may live there."""

    data: Path
    keys: Path
    keys_live_days: int = 30


@dataclass
class Made:
    """A backup that was made and proved."""

    data: Path
    keys: Path
    entry: Entry
    proof: Proof
    destroyed: int
    notes: list[str]


def places(data: Path, keys: Path | None, *, days: int) -> Places:
    """Return the folders made ready, which must be there; the keys' own is made beside the data unless one is named."""
    folder = prepared(data)
    return Places(folder, prepared(keys or made_if_missing(folder / KEYS_FOLDER)), days)


def back_up(home: Path, to: Places, *, written_down: bool = True) -> Made:
    """Write the data and the keys, encrypted for every recovery key, and prove both by putting them back.

    Not `written_down` in the record of who did what: where its tables are still of an earlier version.

    Raises CannotBackUp in one sentence: nothing then bears the name of a backup that was not proved, and the last good
    one stays. Others go on writing meanwhile.
    """
    for_whom = [one.recipient for one in recipients(home)]
    if not for_whom:
        raise CannotBackUp(
            "This home has no recovery key, so a backup would be lost together with this computer. "
            "Make a recovery sheet first: 'kimbilio recovery new'."
        )
    try:
        with turn_in(home) as scratch:
            made = _Run(home, to, scratch).go(for_whom)
    except (OSError, DatabaseError, KeyringError) as error:
        said = f"The backup could not be made: {_plainly(error)}. The earlier ones are as they were."
        remember_failure(home, said)
        raise CannotBackUp(said) from error
    if written_down:
        detail: dict[str, object] = {"rows": made.entry.rows, "people": made.entry.people}
        made.notes.extend(_afterwards("noted in the record", lambda: write_down("backup.made", detail)))
    return made


class _Run:
    """One backup on its way."""

    def __init__(self, home: Path, to: Places, scratch: Path) -> None:
        self.home, self.to, self.scratch = home, to, scratch
        self.now, self.began = timezone.now(), time.monotonic()
        self.root_key = vault.root_key()
        self.letters = letters_of_home(self.root_key)
        self.proof_key = new_recovery_key()  # of this run alone, in memory alone

    def go(self, for_whom: list[str]) -> Made:
        data_name = name_at(DATA, self.now, self.to.data, self.letters)
        keys_name = name_at(KEYS, self.now, self.to.keys, self.letters)
        data = keys = None
        for folder in (self.to.data, self.to.keys):
            destroy_drafts(folder, self.letters)
        try:
            data = self._write_data(self.to.data / data_name, for_whom)
            keys = self._write_keys(self.to.keys / keys_name, for_whom)
            proof = prove(
                data,
                keys,
                data_secret=key_of_home(self.root_key).secret,
                keys_secret=self.proof_key.secret,
                scratch=self._folder("proof"),
            )
            entry = self._entry(data, data_name, keys_name, proof)
            if not proof.holds:
                self._fail(data, keys, entry)
            # The keys first: where a kill comes between, no data lie there without the keys that open them.
            keys = finish(keys, keys_name)
            data = finish(data, data_name)
        except BaseException:
            for draft in filter(None, (data, keys)):
                draft.unlink(missing_ok=True)
            raise
        return self._after(data, keys, entry, proof)

    def _write_data(self, path: Path, for_whom: list[str]) -> Path:
        recipients = [*for_whom, key_of_home(self.root_key).recipient]
        with moment_of_database(self._folder("copy")) as moment:
            about = self._about(
                DATA, vendor=moment.vendor, migrations=moment.migrations, figures=moment.figures
            )
            return write_draft(
                path, lambda file: write_encrypted(packed(about, moment.members), file, recipients)
            )

    def _write_keys(self, path: Path, for_whom: list[str]) -> Path:
        recipients = [*for_whom, self.proof_key.recipient]
        parts = packed_keys(self.home, self.root_key, self._about(KEYS), self.scratch / "keyring")
        return write_draft(path, lambda file: write_encrypted(parts, file, recipients))

    def _about(self, kind: str, **told: object) -> About:
        made_at = self.now.isoformat(timespec="seconds")
        return About(kind, made_at, __version__, mark_of_home(self.root_key), **told)  # type: ignore[arg-type]

    def _folder(self, name: str) -> Path:
        folder = self.scratch / name
        folder.mkdir(mode=0o700)
        return folder

    def _entry(self, data: Path, data_name: str, keys_name: str, proof: Proof) -> Entry:
        return Entry(
            at=self.now.isoformat(timespec="seconds"),
            data=str(self.to.data / data_name),
            keys=str(self.to.keys / keys_name),
            bytes=data.stat().st_size,
            sha256=_digest(data),
            proved=proof.holds,
            rows=proof.rows,
            people=proof.people,
            seconds=round(time.monotonic() - self.began, 1),
            why="; ".join(proof.faults),
        )

    def _fail(self, data: Path, keys: Path, entry: Entry) -> None:
        """Keep what was not proved under a name that says so, and no copy of the keys; the last good one stays."""
        unproved = data.with_name(Path(entry.data).name.removesuffix(".age") + UNPROVED)
        data.rename(unproved)
        destroy(keys)
        Diary.change(self.home, lambda diary: diary.with_backup(entry))
        for earlier in unproved.parent.glob(f"{DATA}-*-{self.letters}*{UNPROVED}"):
            if earlier != unproved:  # one is tried again every hour, and would fill the disk
                earlier.unlink()
        raise CannotBackUp(
            f"The backup was written but not proved, so it is none: {entry.why}. It lies in {unproved}. "
            "The last good one is as it was. Run 'kimbilio doctor'."
        )

    def _after(self, data: Path, keys: Path, entry: Entry, proof: Proof) -> Made:
        """See to what follows a backup. It is made and proved by now, whatever fails from here on."""
        made = Made(data, keys, entry, proof, 0, [*proof.notes, *self._about_places()])

        def destroy_old() -> None:
            if not date_is_likely(self.home):
                made.notes.append("No older keys were destroyed: today is far from the last day seen here.")
                return
            days = self.to.keys_live_days
            made.destroyed = destroy_expired_keys(self.to.keys, self.letters, days=days, now=self.now)

        made.notes += _afterwards("followed by destroying keys that are too old", destroy_old)
        made.notes += _afterwards(
            "written down for the page 'Backups'",
            lambda: Diary.change(self.home, lambda diary: diary.with_backup(entry)),
        )
        return made

    def _about_places(self) -> list[str]:
        """Say what keeps these places from being a second one."""
        notes = []
        if self.home.stat().st_dev == self.to.data.stat().st_dev:
            notes.append("The backup lies on the same disk as the home. Take a copy to a second place.")
        if self.to.keys == self.to.data or self.to.keys.is_relative_to(self.to.data):
            notes.append("The keys lie beside the data. Keep them apart: --keyring-to FOLDER.")
        return notes


def write_down(event: str, detail: dict[str, object]) -> None:
    """Write an entry of the keeper's into the record of every organisation."""
    with transaction.atomic():
        for organisation_id in organisation_names():
            record(organisation_id=organisation_id, actor_id=None, event=event, detail=dict(detail))


def _afterwards(what: str, do: Callable[[], None]) -> list[str]:
    """Do what follows a backup; returns what could not be done, in a sentence."""
    try:
        do()
    except (OSError, DatabaseError, KeyringError) as why:
        return [f"The backup is made and proved, but could not be {what}: {_plainly(why)}."]
    return []


def remember_failure(home: Path, said: str) -> None:
    """Write down, for the page 'Backups', why no backup was made."""
    at = timezone.now().isoformat(timespec="seconds")
    with suppress(OSError):  # of a disk that is full, say
        Diary.change(home, lambda diary: diary.changed(failed_at=at, failure=said))


def _plainly(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error).strip().rstrip(".")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

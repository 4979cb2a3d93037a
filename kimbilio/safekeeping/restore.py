"""Putting a backup back: made ready apart, proved, brought up to date, and only then put in its place."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from kimbilio.core import vault
from kimbilio.core.encryption.age_files import FileDamaged, NotForThisKey, check_beginning
from kimbilio.core.keyring import KeyringError, destroy_again, write_passphrase
from kimbilio.core.keyring.file import KEYRING_NAME
from kimbilio.core.upgrading import bring_tables_up_to_date
from kimbilio.safekeeping import placing
from kimbilio.safekeeping.archive import DATA, About, about_backup, opened_backup
from kimbilio.safekeeping.coming_back import CameBack, come_back
from kimbilio.safekeeping.diary import Diary
from kimbilio.safekeeping.faults import CannotRestore, WrongRecoveryKey
from kimbilio.safekeeping.holders import hold, holders
from kimbilio.safekeeping.keys_file import unpack_keys
from kimbilio.safekeeping.loading import Place, check_it_can_be_loaded, loaded, scratch_place
from kimbilio.safekeeping.proof import Proof, compare, look_inside
from kimbilio.safekeeping.recovery import key_of_home, mark_of_home
from kimbilio.safekeeping.schemas import drop, holds_tables, set_apart
from kimbilio.safekeeping.turn import SomebodyElse, turn_in


@dataclass(frozen=True)
class Wanted:
    """What is to be put back, where, and with which secrets. `erase` blanks again whoever was erased since."""

    home: Path
    data: Path
    keys: Path | None
    replace: bool
    erase: Callable[[], int]
    recovery_secret: str | None = field(default=None, repr=False)
    root_key: bytes | None = field(default=None, repr=False)
    new_passphrase: Callable[[], str] | None = None


@dataclass
class Restored:
    """What came back, and until when; what stands aside; what is worth knowing."""

    until: datetime
    proof: Proof
    back: list[CameBack]
    erased: int
    notes: list[str]
    aside: list[str] = field(default_factory=list)


def restore(wanted: Wanted) -> Restored:
    """Put a backup back, all of it or nothing.

    With a file of keys it makes a home of its own under a new passphrase; without, the data come back beside the
    keyring that is there. Raises CannotRestore or WrongRecoveryKey, each in one sentence: nothing is changed then.
    """
    try:
        check_place(wanted)
        with _home_folder(wanted.home), turn_in(wanted.home):
            hold(wanted.home)  # from here on it has the keys in memory, so `kimbilio lock` must find it
            return _Run(wanted).go()
    except NotForThisKey as why:
        raise WrongRecoveryKey(_not_for(wanted)) from why
    except FileDamaged as why:
        raise CannotRestore(f"{why} Nothing was changed.") from why
    except (OSError, DatabaseError, KeyringError) as why:
        said = str(why).strip().rstrip(".")
        raise CannotRestore(f"It could not be put back: {said}. Nothing was changed.") from why


@contextmanager
def _home_folder(home: Path) -> Iterator[None]:
    """Make the folder of a home; where nothing came of it, take it away again."""
    was_empty = not home.exists() or not any(home.iterdir())
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    try:
        yield
    except BaseException as why:
        # Where somebody else has the turn, what is in there now is theirs.
        if was_empty and not isinstance(why, SomebodyElse) and not placing.is_decided(home):
            shutil.rmtree(home, ignore_errors=True)
        raise


def _not_for(wanted: Wanted) -> str:
    if wanted.recovery_secret is None:
        return "The data file does not open with this home's passphrase: it is another home's, or give a recovery key."
    return "This recovery key does not open the file. Is it the sheet of this programme, and of that time?"


def check_place(wanted: Wanted) -> None:
    """Refuse what can be refused before anybody is asked for a secret: no such file, or something is there."""
    for path in filter(None, (wanted.data, wanted.keys)):
        if not path.is_file():
            raise CannotRestore(f"There is no file {path}.")
        try:
            check_beginning(path)
        except FileDamaged as why:
            raise CannotRestore(f"{path.name}: {why} Nothing was changed.") from why
    _refuse_where_it_runs(wanted.home)
    if wanted.replace:
        return
    if wanted.keys is not None and placing.holds_anything(wanted.home):
        raise CannotRestore(
            f"There are records or keys in {wanted.home} already, and they are never overwritten. "
            "With --replace they are put aside in a folder of their own, and nothing is deleted."
        )
    if _holds_data(wanted.home):
        raise CannotRestore(
            "There are records in this home's database already, and they are never overwritten. "
            "With --replace they are put aside, and nothing is deleted."
        )


def _refuse_where_it_runs(home: Path) -> None:
    if home.exists() and (others := ", ".join(map(str, holders(home)))):
        raise CannotRestore(f"Kimbilio is running here (process {others}). Stop it first, then restore.")


def _holds_data(home: Path) -> bool:
    if connection.vendor == "postgresql":
        return holds_tables()
    return any((home / name).exists() and (home / name).stat().st_size for name in placing.OF_DATA)


class _Run:
    """One restore on its way."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.home, self.now = wanted, wanted.home, timezone.now()
        self.notes: list[str] = []

    def go(self) -> Restored:
        ready = placing.made_ready(self.home)
        try:
            keys_about, root_key = self._keys_into(ready)
            with scratch_place(ready) as place:
                restored = self._made_ready(ready, place, root_key, keys_about)
                self._place(restored, place)
        except BaseException:
            placing.forget(self.home)
            raise
        return restored

    def _made_ready(self, ready: Path, place: Place, root_key: bytes, keys_about: About | None) -> Restored:
        """Make data and keys ready in their scratch place, so that they have only to be moved."""
        secret = self.wanted.recovery_secret or key_of_home(root_key).secret
        with _open_meanwhile(ready if keys_about else self.home, root_key), ExitStack() as stack:
            with opened_backup(self.wanted.data, [secret]) as backup:
                if keys_about is None:
                    self._check_pair(backup.about, None, root_key)
                check_it_can_be_loaded(backup.about)
                database = stack.enter_context(loaded(backup, place))
            proof = Proof()
            compare(database, backup.about, proof)
            _refuse_unless_it_holds(proof)
            bring_tables_up_to_date()
            older = keys_about is not None and keys_about.made_at < backup.about.made_at
            look_inside(backup.about, vault.keyring(), proof, keys_are_older=older)
            _refuse_unless_it_holds(proof)
            back, erased = come_back(self.wanted.erase, backup.about, ready=ready)
        self.notes += proof.notes
        return Restored(datetime.fromisoformat(backup.about.made_at), proof, back, erased, self.notes)

    def _keys_into(self, ready: Path) -> tuple[About | None, bytes]:
        """Make the keyring ready under a passphrase that is chosen once both files fit, or take the one here."""
        if self.wanted.keys is None:
            assert self.wanted.root_key is not None
            return None, self.wanted.root_key
        secret, unpacked = self.wanted.recovery_secret, ready / "keys"
        assert secret is not None
        about, root_key = unpack_keys(self.wanted.keys, [secret], unpacked)
        for path in unpacked.iterdir():
            path.rename(ready / path.name)
        unpacked.rmdir()
        self._keep_destroyed(ready, root_key)
        self._check_pair(about_backup(self.wanted.data, [secret]), about, root_key)
        assert self.wanted.new_passphrase is not None
        write_passphrase(ready, root_key, self.wanted.new_passphrase())
        return about, root_key

    def _keep_destroyed(self, ready: Path, root_key: bytes) -> None:
        """Destroy in the keyring that comes back whoever the one that is here remembers as erased."""
        if not (self.home / KEYRING_NAME).exists():
            return
        try:
            destroy_again(ready, root_key, self.home)
        except KeyringError:
            self.notes.append(
                "The keyring that was here is another home's or damaged, so it could not be asked who was erased "
                "since. Whoever was erased after the keys were backed up must be erased once more."
            )

    def _check_pair(self, about: About, keys_about: About | None, root_key: bytes) -> None:
        if about.kind != DATA:
            raise FileDamaged("This is a file of keys, not of data. The file of data is called data-….age.")
        if about.home != mark_of_home(root_key):
            raise FileDamaged(
                "The file of data and the file of keys are not of the same home."
                if keys_about
                else "This backup is of another home."
            )
        if keys_about and keys_about.made_at < about.made_at:
            self.notes.append(
                "The file of keys is older than the data: names of people who were registered in between cannot be "
                "read. Use a file of keys of the same time or later."
            )

    def _place(self, restored: Restored, place: Place) -> None:
        """Decide, then put what is ready in its place; what fails after that is done at the next start."""
        # Whoever was started since would go on writing into what is put aside.
        _refuse_where_it_runs(self.home)
        if self.wanted.keys is not None:
            Diary(since=self.now.isoformat(timespec="seconds")).write(self.home / placing.READY)
        schema = set_apart(place.schema) if place.schema else ""
        try:
            placing.decide(self.home, whole=self.wanted.keys is not None, now=self.now, schema=schema)
            restored.aside.extend(placing.finish(self.home))
        except (OSError, DatabaseError) as why:
            if not placing.is_decided(self.home):
                drop(schema)
                raise
            said = str(why).strip().rstrip(".")
            raise CannotRestore(
                f"Not all is in its place yet: {said}. The next start does the rest."
            ) from why


def _refuse_unless_it_holds(proof: Proof) -> None:
    if not proof.holds:
        said = "; ".join(proof.faults)
        raise CannotRestore(f"This backup does not hold what it says it holds: {said}. Nothing was changed.")


@contextmanager
def _open_meanwhile(home: Path, root_key: bytes) -> Iterator[None]:
    """Hold the keys of a home for as long as this lasts, and leave its files closed and whole."""
    vault.open_vault(home, root_key)
    try:
        yield
    finally:
        vault.lock_vault()

"""What can be wrong with an installation, looked at one thing after another."""

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kimbilio.accounts.queries import somebody_can_sign_in
from kimbilio.audit.verify import verify_all
from kimbilio.config.opening import open_with_passphrase
from kimbilio.config.serving import is_lost
from kimbilio.core import vault
from kimbilio.core.keyring import KeyringError, NoKeyring, WrongPassphrase
from kimbilio.privacy.retention import waits_somewhere
from kimbilio.safekeeping.asides import put_aside
from kimbilio.safekeeping.authority import AuthorityDamaged, authority_ends
from kimbilio.safekeeping.choices import Care
from kimbilio.safekeeping.keeping import care_for

ROOM_NEEDED = 500 * 1024 * 1024
OLDEST_POSTGRESQL = 150_000
_AUTHORITY_ENDS_SOON = 60  # days
_PUT_BACK = "Stop Kimbilio, and put the newest backup back: kimbilio restore DATA_FILE --replace."

_CARE = {
    Care.NO_KEY: "Run: kimbilio recovery new",
    Care.FAILED: "Look at the page 'Backups', and run: kimbilio backup FOLDER",
    Care.NO_BACKUP: "Run: kimbilio backup FOLDER, or set KIMBILIO_BACKUP_FOLDER for one every day.",
    Care.NO_COPY: "Copy both files to another building, and say so on the page 'Backups'.",
    Care.NO_DRILL: "Try docs/recovery.md on another computer, and say so on the page 'Backups'.",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and what to do about it."""

    check: str
    ok: bool
    what: str
    todo: str = ""


def examine(home: Path, passphrase: str | None) -> list[Finding]:
    """Look at a home from the outside in; stops where going on makes no sense."""
    findings = [_home_folder(home)]
    if not findings[0].ok and not home.exists():
        return findings
    findings += [_private(home), _room_left(home), _keys(home, passphrase)]
    if not findings[-1].ok:
        return [*findings, _network(home, None)]
    return [*findings, _network(home, vault.root_key()), *_inside(), *_kept_safe(home)]


def _home_folder(home: Path) -> Finding:
    if not home.is_dir():
        return Finding("home", False, f"There is no home in {home}.", "Make one with 'kimbilio init'.")
    return Finding("home", True, f"The home is {home}.")


def _private(home: Path) -> Finding:
    open_ones = [path for path in [home, *home.iterdir()] if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        names = ", ".join(path.name for path in open_ones)
        return Finding(
            "private",
            False,
            f"Other users of this computer can reach: {names}.",
            f"Run: chmod -R go-rwx {home}",
        )
    return Finding("private", True, "Only you can reach the files of the home.")


def _network(home: Path, root_key: bytes | None) -> Finding:
    try:
        left = authority_ends(home, root_key)
    except AuthorityDamaged as why:
        return Finding("network", False, "The certificate for the local network cannot be renewed.", str(why))
    if left is None:
        return Finding("network", True, "No local network was served from here yet.")
    what = f"Devices on the local network go on trusting this home for {left.days} days."
    if left.days < _AUTHORITY_ENDS_SOON:
        todo = "Remove authority.pem and authority.key: the next 'kimbilio run --lan' makes others, to be trusted anew."
        return Finding("network", False, what, todo)
    return Finding("network", True, what)


def _room_left(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    what = f"{free // 1024**2:,} MB are free where the home is."
    if free < ROOM_NEEDED:
        return Finding("disk", False, what, "Free some space: with a full disk nothing more can be saved.")
    return Finding("disk", True, what)


def _keys(home: Path, passphrase: str | None) -> Finding:
    try:
        if passphrase is None:
            raise WrongPassphrase
        open_with_passphrase(home, passphrase)
    except NoKeyring:
        return Finding(
            "keyring",
            False,
            "The keyring or its passphrase file is missing.",
            "Put them back with a recovery sheet: kimbilio restore DATA_FILE --keyring KEYRING_FILE --replace.",
        )
    except WrongPassphrase:
        return Finding(
            "passphrase",
            False,
            "The passphrase is missing or wrong.",
            "Set KIMBILIO_PASSPHRASE, or run in a terminal.",
        )
    except KeyringError as damaged:
        return Finding(
            "keyring",
            False,
            f"The keyring cannot be used: {damaged}",
            "Put it back from a backup (docs/recovery.md).",
        )
    return Finding("keyring", True, "The passphrase opens the keyring.")


def _inside() -> Iterator[Finding]:
    looks: list[Callable[[], Finding]] = [_database, _tables, _integrity, _set_up, _audit, _dates, _debug]
    for look in looks:
        try:
            finding = look()
        except DatabaseError as error:
            finding = Finding(
                "database",
                False,
                f"The database cannot be used: {error}",
                "Check KIMBILIO_DATABASE_URL and the disk.",
            )
        yield finding
        if finding.check == "database" and not finding.ok:
            return


def _database() -> Finding:
    if is_lost():
        return Finding(
            "database",
            False,
            "The database is empty, but this home has held records.",
            "Put it back with 'kimbilio restore', or correct KIMBILIO_DATABASE_URL. Do not set it up anew.",
        )
    if connection.vendor == "sqlite":
        _ask("SELECT 1")
        return Finding("database", True, "The encrypted database file opens.")
    version = int(_ask("SHOW server_version_num"))
    what = f"PostgreSQL {version // 10_000} answers."
    if version < OLDEST_POSTGRESQL:
        return Finding("database", False, what, "Kimbilio needs PostgreSQL 15 or newer.")
    return Finding("database", True, what)


def _ask(question: str) -> Any:
    """Return the first value of the database's answer."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Finding("tables", False, "The tables are of an earlier version.", "Start 'kimbilio run' once.")
    return Finding("tables", True, "The tables are up to date.")


def _integrity() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("integrity", True, "PostgreSQL checks its own pages.")
    if _ask("PRAGMA integrity_check") != "ok":
        return Finding(
            "integrity",
            False,
            "The database file is damaged.",
            _PUT_BACK,
        )
    return Finding("integrity", True, "The database file is sound.")


def _set_up() -> Finding:
    if somebody_can_sign_in():
        return Finding("set_up", True, "There is somebody who can sign in.")
    return Finding(
        "set_up", False, "Nobody can sign in yet.", "Start 'kimbilio run' and use the token it prints."
    )


def _audit() -> Finding:
    faults = [fault for verdict in verify_all() for fault in verdict.faults]
    if faults:
        return Finding(
            "audit",
            False,
            f"The record of who did what was changed in {len(faults)} places.",
            "Run 'kimbilio audit verify', and tell whoever answers for the programme.",
        )
    return Finding("audit", True, "The record of who did what is whole.")


def _dates() -> Finding:
    if waits_somewhere():
        return Finding(
            "dates",
            False,
            f"Nothing kept too long is deleted: here today is {timezone.localdate()}, far from the last day of work.",
            "Put the clock right and start again; or say on 'How long things are kept' that the date is right.",
        )
    return Finding("dates", True, "No deleting waits for the date to be confirmed.")


def _kept_safe(home: Path) -> Iterator[Finding]:
    with suppress(DatabaseError):  # said above
        yield from _put_aside(home)
    care = care_for(home, timezone.now())
    for one in care:
        yield Finding("backups", False, str(one.label), _CARE[one])
    if not care:
        yield Finding("backups", True, "Backups, their copies and tries are not overdue.")


def _put_aside(home: Path) -> Iterator[Finding]:
    for one in put_aside(home):
        days = (timezone.now() - one.made_at).days
        gone_on = timezone.localdate(one.goes_at).isoformat()
        yield Finding(
            "put_aside", True, f"{one.name} was put aside {days} days ago and is destroyed on {gone_on}."
        )


def _debug() -> Finding:
    if settings.DEBUG:
        return Finding("debug", False, "Debugging is on: error pages would show records.", "Unset it.")
    return Finding("debug", True, "Error pages show nothing of the records.")

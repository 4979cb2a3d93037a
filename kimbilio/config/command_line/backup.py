"""`kimbilio backup` and `kimbilio restore`: put the records away, and put them back."""

import argparse
import getpass
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from kimbilio.config.command_line.asking import SHORTEST_PASSPHRASE, ask_twice, fault_of_passphrase
from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import Failed, Locked, print_json
from kimbilio.config.environment import environment
from kimbilio.config.opening import passphrase_given, passphrase_or_ask
from kimbilio.core.encryption.recovery_keys import NotARecoveryKey, read_recovery_key
from kimbilio.core.keyring import KeyringDamaged, NoKeyring, WrongPassphrase, unlock
from kimbilio.core.keyring.passphrase import PASSPHRASE_NAME
from kimbilio.privacy.erasing import erase_again_everywhere
from kimbilio.safekeeping.backup import Made, back_up, places
from kimbilio.safekeeping.faults import WrongRecoveryKey
from kimbilio.safekeeping.files import made_if_missing
from kimbilio.safekeeping.restore import Restored, Wanted, check_place, restore


def add_to(commands: Any) -> None:
    """Add `backup` and `restore`."""
    backup = commands.add_parser("backup", help="write a backup of data and keys, and prove it")
    backup.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="where to (default: KIMBILIO_BACKUP_FOLDER)"
    )
    backup.add_argument(
        "--keyring-to", type=Path, metavar="FOLDER", help="where the keys go (default: 'keys' in FOLDER)"
    )
    backup.add_argument("--json", action="store_true", help="print one JSON document")
    backup.set_defaults(run=in_open_home(run_backup))
    back = commands.add_parser("restore", help="put a backup back")
    back.add_argument("data", type=Path, metavar="DATA_FILE", help="the file data-….age")
    back.add_argument(
        "--keyring", type=Path, metavar="KEYRING_FILE", help="the file keys-….age: makes a home from nothing"
    )
    back.add_argument(
        "--replace", action="store_true", help="put aside what is here already; nothing is deleted"
    )
    back.add_argument("--json", action="store_true", help="print one JSON document")
    back.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> None:
    """Write a backup and prove it; exit code 1 where it could not be made or does not hold."""
    env = environment()
    folder = args.folder or env.backup_folder
    if folder is None:
        raise Failed("Say where to: kimbilio backup FOLDER, or set KIMBILIO_BACKUP_FOLDER.")
    keys = args.keyring_to or (None if args.folder else env.keyring_backup_folder)
    for typed in filter(None, (args.folder, args.keyring_to)):
        made_if_missing(typed)
    made = back_up(env.home, places(folder, keys, days=env.keyring_backup_days))
    if args.json:
        print_json(_as_json(made))
        return
    print(f"data  {made.data}\nkeys  {made.keys}")
    print(
        f"Proved by putting it back: {made.proof.rows:,} rows, {made.proof.people:,} people, "
        f"{made.proof.entries:,} entries of who did what, in {made.entry.seconds:.0f} seconds.",
        file=sys.stderr,
    )
    if made.destroyed:
        print(f"Destroyed {made.destroyed} old backups of the keys.", file=sys.stderr)
    for said in made.notes:
        print(said, file=sys.stderr)


def _as_json(made: Made) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(made.entry).items() if name != "why"}
    counted = {"entries": made.proof.entries, "opened": made.proof.opened}
    return kept | counted | {"keys_destroyed": made.destroyed, "notes": list(made.notes)}


def run_restore(args: argparse.Namespace) -> None:
    """Put a backup back: beside the keys that are here, or with --keyring a whole home from nothing."""
    home = environment().home
    wanted = Wanted(
        home=home, data=args.data, keys=args.keyring, replace=args.replace, erase=erase_again_everywhere
    )
    check_place(wanted)  # before anybody types a secret
    secret = _recovery_secret(needed=args.keyring is not None)
    if args.keyring:
        wanted = replace(wanted, recovery_secret=secret, new_passphrase=_new_passphrase)
    else:
        wanted = replace(wanted, recovery_secret=secret, root_key=_root_key_of(home))
    try:
        restored = restore(wanted)
    except WrongRecoveryKey as why:
        raise Locked(str(why)) from None
    if args.json:
        print_json(_restored_as_json(home, restored))
    else:
        _say(home, restored)


def _recovery_secret(*, needed: bool) -> str | None:
    """Return the recovery key that was given or is typed now; None where none is needed and none was given."""
    env = environment()
    typed = env.recovery_key.get_secret_value() if env.recovery_key else None
    if typed is None and env.recovery_key_file is not None:
        try:
            typed = env.recovery_key_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as why:
            raise Failed(f"The file {env.recovery_key_file} cannot be read.") from why
    if typed is None and needed:
        if not sys.stdin.isatty():
            raise Locked(
                "The recovery key of the sheet is needed. Set KIMBILIO_RECOVERY_KEY, or run in a terminal."
            )
        return _typed_until_right()
    try:
        return read_recovery_key(typed).secret if typed is not None else None
    except NotARecoveryKey as why:
        raise Locked(str(why)) from None


def _typed_until_right() -> str:
    """Ask for the recovery key until it is one; spaces and small letters do not matter."""
    print(
        "Type the recovery key from the sheet. Spaces and small letters do not matter; it is not shown.",
        file=sys.stderr,
    )
    for _try in range(5):
        try:
            return read_recovery_key(getpass.getpass("Recovery key: ", stream=sys.stderr)).secret
        except NotARecoveryKey as why:
            print(why, file=sys.stderr)
    raise Locked("Nothing was changed.")


def _root_key_of(home: Path) -> bytes:
    no_keys = (
        f"There are no keys in {home}. To make a home from nothing, give the file of keys too: "
        "kimbilio restore DATA_FILE --keyring KEYRING_FILE"
    )
    if not (home / PASSPHRASE_NAME).exists():
        raise Failed(no_keys)
    passphrase = passphrase_or_ask("Passphrase of this home: ")
    if passphrase is None:
        raise Locked("The home is locked: its passphrase is needed to put data back beside its keys.")
    try:
        return unlock(home, passphrase)
    except WrongPassphrase:
        raise Locked("This is not the passphrase of this home.") from None
    except NoKeyring:
        raise Failed(no_keys) from None
    except KeyringDamaged as why:
        raise Failed(f"{why} Give the file of keys too: --keyring KEYRING_FILE --replace") from None


def _new_passphrase() -> str:
    given = environment().new_passphrase
    chosen = given.get_secret_value() if given else passphrase_given()
    if chosen is None:
        print(
            "Choose a new passphrase for this home. The old one will not open it.\n"
            f"It needs {SHORTEST_PASSPHRASE} characters or more: five words are good.",
            file=sys.stderr,
        )
        return ask_twice("New passphrase: ", "KIMBILIO_NEW_PASSPHRASE", fault_of_passphrase)
    if fault := fault_of_passphrase(chosen):
        raise Failed(fault)
    return chosen


def _restored_as_json(home: Path, restored: Restored) -> dict[str, Any]:
    return {
        "home": str(home),
        "until": restored.until.isoformat(),
        "people": restored.proof.people,
        "rows": restored.proof.rows,
        "erased_again": restored.erased,
        "organisations": [asdict(one) for one in restored.back],
        "aside": restored.aside,
        "notes": restored.notes,
    }


def _say(home: Path, restored: Restored) -> None:
    until = date_format(localtime(restored.until), "l j F Y, H:i")
    print(f"Put back in {home}: {restored.proof.people:,} people, {restored.proof.rows:,} rows.")
    print(
        f"Everything is as it was on {until}. What was recorded later is not in this backup: enter it again."
    )
    for one in restored.back:
        lost = f", and {one.gone} later ones are gone" if one.gone else ""
        print(f"{one.name}: the record of who did what goes up to entry {one.entries}{lost}.")
    if restored.erased:
        people = "1 person" if restored.erased == 1 else f"{restored.erased:,} people"
        print(f"Erased again, as they had been erased since: {people}.")
    for aside in restored.aside:
        print(
            f"What was here before lies in {aside}. Delete it once you are sure; after 31 days it is destroyed."
        )
    for said in restored.notes:
        print(said)
    print("Everybody signs in anew. Start Kimbilio with: kimbilio run")

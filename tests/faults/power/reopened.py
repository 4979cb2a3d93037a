"""Opens a home that a power cut left, as `kimbilio run` would, and names everything that does not hold.

Run as a program: for each line of its standard input, a child of its own opens the home of the environment and checks
it; what is found is printed as one line of JSON. Every file is checked each time. What rests on the contents alone is
asked of the same contents once: a thousand kills within one transaction leave the same rows.
"""

import hashlib
import json
import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tests.faults.power.script import NEW_PASSPHRASE, Script
from tests.running import PASSPHRASE

# What sending a form again may change: a sign-in, and what counts attempts at one.
_OF_SIGN_INS = ("django_session", "sign_in_limits", "usersessions_usersession", "mfa_authenticator")
Told = dict[str, Any]


_known: set[str] = set()
"""Contents of which nothing failed to hold, with what was to be expected of them."""


def state() -> str:
    """Return a digest of every row of every table, and of how the tables are made."""
    from django.db import connection

    with connection.cursor() as cursor:
        return _digest_of(cursor)


def _digest_of(cursor: Any) -> str:
    digest = hashlib.sha256()
    for name, sql in cursor.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall():
        digest.update(repr((name, sql)).encode())
        if str(sql).startswith("CREATE TABLE"):
            rows = cursor.execute(f'SELECT * FROM "{name}"').fetchall()
            digest.update("\n".join(sorted(map(repr, rows))).encode())
    return digest.hexdigest()


def contents(home: Path, asked: Told) -> str:
    """Return a digest of all that the home's files hold, as it is read, and of what is to be expected of it."""
    from kimbilio.core import vault
    from kimbilio.core.keyring.passphrase import PASSPHRASE_NAME

    with vault.keyring()._store.reading() as keys, closing(sqlite3.connect(home / "anchors.db")) as anchors:
        read = [state(), _digest_of(keys), _digest_of(anchors), json.dumps(asked)]
    return hashlib.sha256("\n".join(read).encode() + (home / PASSPHRASE_NAME).read_bytes()).hexdigest()


def rows() -> dict[str, int]:
    """Return how many rows each table of records has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        names = [name for (name,) in cursor.fetchall() if name not in _OF_SIGN_INS]
        return {name: cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def faults_after(asked: Told) -> tuple[str, list[str]]:
    """Open the home and return its contents, as a digest, and what does not hold.

    `asked` tells what had been marked when the power went: the last state (`was`), the next (`next`), the number of
    the last step that was answered for (`done`), the rows then (`rows`) and after the next step (`rows_next`).
    """
    home = Path(os.environ["KIMBILIO_HOME"])
    script = Script(home.parent)
    passphrases = [step.name for step in script.steps()].index("passphrase")
    open_again(home, may_be_old=asked["done"] < passphrases, may_be_new=asked["done"] >= passphrases - 1)
    if (found := state()) not in (asked["was"], asked["next"]):
        yield_from = (
            "nothing that was ever committed" if asked["is_known"].count(found) == 0 else "another moment"
        )
        return "", [f"I1, I7: the tables are those of {yield_from}"]
    faults, holds = [*_of_files()], contents(home, asked)
    if holds not in _known:
        faults += [*_of_anchors(), *_of_records(script), *_of_forms_sent_again(script, asked)]
    return holds, faults


def open_again(home: Path, *, may_be_old: bool, may_be_new: bool) -> None:
    """Open the home by the passphrase that is right by now: the changed one once that was answered for."""
    from kimbilio.config.opening import open_with_passphrase
    from kimbilio.core.keyring import WrongPassphrase

    if may_be_old:
        if not may_be_new:
            open_with_passphrase(home, PASSPHRASE)
            return
        with suppress(WrongPassphrase):
            open_with_passphrase(home, PASSPHRASE)
            return
    open_with_passphrase(home, NEW_PASSPHRASE)


def _of_files() -> Iterator[str]:
    """I5: every file passes SQLite's own check."""
    from django.db import connection

    from kimbilio.core import vault

    with connection.cursor() as cursor:
        answers = cursor.execute("PRAGMA integrity_check").fetchall()
        answers += cursor.execute("PRAGMA foreign_key_check").fetchall()
    with vault.keyring()._store.reading() as keys:
        answers += keys.execute("PRAGMA integrity_check").fetchall()
    with closing(sqlite3.connect(Path(os.environ["KIMBILIO_HOME"], "anchors.db"))) as anchors:
        answers += anchors.execute("PRAGMA integrity_check").fetchall()
    if answers != [("ok",)] * 3:
        yield f"I5: {answers}"


def _of_anchors() -> Iterator[str]:
    """I4: the chain holds; what is anchored may lag behind it and never leads."""
    from kimbilio.audit.verify import verify_all

    for verdict in verify_all():
        yield from (f"I4: at entry {fault.seq}: {fault.what}" for fault in verdict.faults)


def _of_records(script: Script) -> Iterator[str]:
    """I3, I6, I7: once brought up to date, ledgers balance, what is kept is as reckoned, all that is sealed opens."""
    from kimbilio.accounts.queries import the_organisation
    from kimbilio.config.serving import migrate
    from kimbilio.stock.holdings import holdings_from_movements
    from kimbilio.stock.models import Holding
    from tests.hands.telling import _faults

    migrate()
    organisation = the_organisation()
    assert organisation is not None
    yield from (f"I3: {fault}" for fault in _faults(organisation.pk))
    kept = {(one.account_id, one.item_id, one.batch_id): one.quantity for one in Holding.objects.all()}
    if kept != holdings_from_movements(organisation.pk):
        yield "I6: what is kept of places is not what moved"
    yield from _of_what_is_sealed()


def _of_what_is_sealed() -> Iterator[str]:
    from django.apps import apps

    from kimbilio.core.encryption import CannotUnseal
    from kimbilio.core.keyring import KeyringError
    from kimbilio.core.sealed import SealedText

    for model in apps.get_models():
        sealed = [one.name for one in model._meta.concrete_fields if isinstance(one, SealedText)]
        for row in model._default_manager.all() if sealed else ():
            for name in sealed:
                try:
                    getattr(row, name)
                except (CannotUnseal, KeyringError) as why:
                    yield f"I1: {model.__name__}.{name} does not open: {type(why).__name__}"


def _of_forms_sent_again(script: Script, asked: Told) -> Iterator[str]:
    """I2: every form that was answered, and the one on its way, sent (again): once there, whatever came of it first."""
    steps, done = script.steps(), asked["done"]
    if done < 0:
        return
    before = rows()
    for step in steps[: done + 1]:
        if step.again:
            step.do()
    if rows() != before:
        yield f"I2: forms that were answered did something twice: {_differences(before, rows())}"
    if done + 1 < len(steps) and steps[done + 1].again:
        steps[done + 1].do()
        if rows() != asked["rows_next"]:
            yield f"I2: {steps[done + 1].name} sent again: {_differences(asked['rows_next'], rows())}"


def _differences(one: dict[str, int], other: dict[str, int]) -> dict[str, list[int]]:
    return {name: [one[name], other.get(name, 0)] for name in one if one[name] != other.get(name)}


def main() -> None:
    """Check the home anew for each line that is read."""
    from kimbilio.config.opening import set_up_django

    set_up_django()
    from kimbilio.config import urls  # noqa: F401  # read once, before the children

    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                found = faults_after(json.loads(line))
            except BaseException:  # whatever it is, it is what became of the home
                found = "", [traceback.format_exc()[-30_000:]]
            os.write(writing, json.dumps(found).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        holds, faults = json.loads(said) if said else ("", ["the checking process died"])
        _known.update([] if faults else [holds])
        print(json.dumps(faults), flush=True)


if __name__ == "__main__":
    main()

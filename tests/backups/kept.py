"""A home with people in it, its backups, and homes that are made from them elsewhere."""

import json
import re
import subprocess
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from tests.browsing import Session
from tests.privacy.canaries import Canaries
from tests.running import PASSPHRASE, RunningHome

NEW_PASSPHRASE = PASSPHRASE  # so that the tools of other tests open what was restored
# Sign-ins are left out of a backup, and are ended once it is put back.
SIGN_INS = {"django_session", "usersessions_usersession"}


@dataclass
class Backup:
    """The two files of one backup, and what the command said of it."""

    data: Path
    keys: Path
    said: dict[str, Any]


@dataclass
class Person:
    """Somebody who came, by their card code, and all that is known of them."""

    code: str
    canaries: Canaries


class KeptHome:
    """A home in which a day was worked, with a recovery sheet."""

    def __init__(self, folder: Path, server: Any) -> None:
        self.folder, self.server = folder, server
        self.databases = 0
        self.home = RunningHome(folder / "running", database_url=server.get_uri() if server else "")
        self.canaries = Canaries("those who are backed up")
        self.people: list[Person] = []
        self.sheet = self.home.command("recovery", "new").stdout

    @cached_property
    def recovery_key(self) -> str:
        """Return the key as it stands on the sheet, in groups."""
        return key_on(self.sheet)

    def work(self, people: int) -> None:
        """Have so many people come to the desk, with all that is sealed of them."""
        with self.home as home:
            desk = home.session("desk_officer")
            for _ in range(people):
                self._welcome(desk)

    def _welcome(self, desk: Session) -> None:
        new = Canaries(f"one of those who are backed up: {len(self.people)}")
        names = {part: new.word() for part in ("first", "middle", "last", "nickname")}
        number = {"phone": new.phone(), "number_kind": "old_code", "number": new.number()}
        given = {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on", "born": "1990"}
        made = desk.post("/register", names | number | given | {"token": str(uuid4())})
        assert made.status == 302, made.text
        page = made.header("Location")
        for what, typed in {
            "where": {"where": new.note(3)},
            "contact": {"name": new.word(), "relationship": new.word(), "phone": new.phone()},
            "details": names | {"last": new.word(), "birth_date": new.birth_date()},
        }.items():
            saved = desk.post(f"{page}/{what}", typed | {"token": str(uuid4())})
            assert saved.status == 302, saved.text
        self.people.append(Person(page.removeprefix("/p/"), new))
        for kind in ("words", "numbers", "phones", "birth_dates"):
            getattr(self.canaries, kind).update(getattr(new, kind))

    def back_up(self, name: str = "backups", **environment: str) -> Backup:
        """Make a backup; it must be proved."""
        done = self.home.command("backup", str(self.folder / name), "--json", **environment)
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        return Backup(Path(said["data"]), Path(said["keys"]), said)

    def another_database(self) -> str:
        """Return the address of an empty database beside the home's own; '' where homes have a file of theirs."""
        if self.server is None:
            return ""
        import psycopg

        self.databases += 1
        name = f"another{self.databases}"
        with closing(psycopg.connect(self.server.get_uri(), autocommit=True)) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.server.get_uri().replace("/postgres?", f"/{name}?")

    def restore(
        self, *arguments: object, into: Path, database_url: str = "", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run `kimbilio restore` for a home in a folder."""
        there = {"KIMBILIO_HOME": str(into), "KIMBILIO_NEW_PASSPHRASE": NEW_PASSPHRASE}
        given = {"KIMBILIO_RECOVERY_KEY": self.recovery_key}
        url = {"KIMBILIO_DATABASE_URL": database_url} if database_url else {}
        return self.home.command("restore", *map(str, arguments), **(there | url | given | environment))

    def made_from(self, backup: Backup, name: str) -> RunningHome:
        """Return a home that was made from a backup and its sheet alone."""
        into, url = self.folder / name / "restored", self.another_database()
        done = self.restore(backup.data, "--keyring", backup.keys, into=into, database_url=url)
        assert done.returncode == 0, done.stderr
        return opened_there(self.folder / name / "running", into, url)


def key_on(sheet: str) -> str:
    """Return the recovery key that stands on a sheet, in groups."""
    found = re.search(r"((?:\w{4} {2}){4}\w{4}\s+){2}(?:\w{4} {2}){4}\w\w", sheet)
    assert found, sheet
    return found[0]


def opened_there(folder: Path, home: Path, database_url: str) -> RunningHome:
    """Return a running home for a copy of a home that was put back."""
    return RunningHome(folder, copy_of=SimpleNamespace(home=home), database_url=database_url)  # type: ignore[arg-type]


def everything(home: RunningHome) -> dict[str, list[tuple[str, ...]]]:
    """Return every row of every table, but for sign-ins, as text that is the same on whatever connection."""
    if home.database_url:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = sorted(name for (name,) in home.rows(query) if name not in SIGN_INS)
    return {
        table: sorted(tuple(map(_text, row)) for row in home.rows(f"SELECT * FROM {table}"))
        for table in tables
    }


def _text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)

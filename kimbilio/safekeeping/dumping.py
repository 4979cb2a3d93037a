"""Reading a database out, all of it as it is at one moment, while others go on writing."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from kimbilio.core import vault
from kimbilio.core.sqlcipher.copying import copy_database, open_database
from kimbilio.safekeeping.archive import file_member
from kimbilio.safekeeping.figures import NOT_KEPT, figures_of
from kimbilio.safekeeping.standing_in import another_connection

Member = tuple[str, int, Iterable[bytes]]
SQLCIPHER_MEMBER = "kimbilio.db"
TABLES = "tables/"
_LOT = 1 << 20


@dataclass(frozen=True)
class Moment:
    """A database at one moment: what is counted in it, what brought its tables about, and its content."""

    vendor: str
    figures: dict[str, Any]
    migrations: list[list[str]]
    members: Iterable[Member]


@contextmanager
def moment_of_database(scratch: Path) -> Iterator[Moment]:
    """Give the database as it is now. SQLCipher's is first copied into the scratch folder, encrypted as it is."""
    reading = _of_postgresql() if connection.vendor == "postgresql" else _of_sqlcipher(scratch)
    with reading as moment:
        yield moment


@contextmanager
def _of_sqlcipher(scratch: Path) -> Iterator[Moment]:
    source, copy = another_connection({}), scratch / SQLCIPHER_MEMBER
    try:
        source.ensure_connection()
        source.connection.execute("BEGIN")  # a reader in WAL holds no writer up
        figures, migrations = figures_of(source), _migrations(source)
        copy_database(source.connection, copy, vault.database_key())
    finally:
        source.close()
    _leave_out(copy)
    yield Moment("sqlite", figures, migrations, [file_member(SQLCIPHER_MEMBER, copy)])
    copy.unlink()


def _leave_out(copy: Path) -> None:
    """Take open sign-ins out of a copy: whoever opened it could use them."""
    with open_database(copy, vault.database_key()) as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in sorted(NOT_KEPT & there):
            database.execute(f"DELETE FROM {table}")  # noqa: S608  # a name of ours
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _of_postgresql() -> Iterator[Moment]:
    from psycopg import IsolationLevel

    source = another_connection({"OPTIONS": {"isolation_level": IsolationLevel.REPEATABLE_READ}})
    try:
        source.ensure_connection()
        source.set_autocommit(False)
        with source.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield Moment("postgresql", figures_of(source), _migrations(source), _tables(source))
        source.rollback()
    finally:
        source.close()


def _tables(source: Any) -> Iterator[Member]:
    """Give each table as lots of lines that COPY writes; the first line of each lot names the columns."""
    with source.cursor() as cursor:
        names = sorted(set(source.introspection.table_names(cursor)) - NOT_KEPT)
    for table in names:
        with source.cursor() as cursor:
            columns = [one.name for one in source.introspection.get_table_description(cursor, table)]
        listed = ", ".join(map(source.ops.quote_name, columns))
        heading = json.dumps(columns).encode() + b"\n"
        with (
            source.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" ({listed}) TO STDOUT') as copied,
        ):
            for number, lot in enumerate(_lots(copied)):
                yield f"{TABLES}{table}/{number:06}", len(heading) + len(lot), [heading, lot]


def _lots(copied: Iterable[memoryview]) -> Iterator[bytes]:
    """Give what COPY writes in lots of whole lines."""
    lot = bytearray()
    for line in copied:
        lot += line
        if len(lot) >= _LOT:
            yield bytes(lot)
            lot.clear()
    if lot:
        yield bytes(lot)


def _migrations(source: Any) -> list[list[str]]:
    with source.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [[str(app), str(name)] for app, name in cursor.fetchall()]

"""Writing a backup's data into an empty database: a file of its own, or a schema of its own beside the usual one."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kimbilio.core.encryption.age_files import FileDamaged
from kimbilio.safekeeping.archive import About, Opened
from kimbilio.safekeeping.dumping import SQLCIPHER_MEMBER, TABLES
from kimbilio.safekeeping.faults import CannotRestore
from kimbilio.safekeeping.standing_in import standing_in

SCHEMA_BEGINS = "kimbilio_scratch_"
_PIECE = 1 << 16


def check_it_can_be_loaded(about: About) -> None:
    """Refuse data of the other kind of database, and of a later version."""
    if about.vendor != connection.vendor:
        kinds = {"sqlite": "in a file in the home", "postgresql": "in PostgreSQL"}
        raise CannotRestore(
            f"The data of this backup were kept {kinds.get(about.vendor, 'elsewhere')}, and this home's are kept "
            f"{kinds[connection.vendor]}. Set or unset KIMBILIO_DATABASE_URL."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if any((app, name) not in known for app, name in about.migrations):
        raise CannotRestore(
            f"This backup was made by a later version of Kimbilio ({about.version}). "
            "Install that version, then restore with it."
        )


@dataclass(frozen=True)
class Place:
    """Where data are put to be looked at: a file that nobody else has open, or a schema of PostgreSQL."""

    file: Path
    schema: str = ""


@contextmanager
def scratch_place(folder: Path) -> Iterator[Place]:
    """Give a place for data apart from the usual one. A schema is dropped in the end, with what is still in it."""
    file = folder / SQLCIPHER_MEMBER
    if connection.vendor == "postgresql":
        with _scratch_schema() as name:
            yield Place(file, name)
    else:
        yield Place(file)


@contextmanager
def loaded(backup: Opened, place: Place) -> Iterator[Any]:
    """Write the data of a backup into a place, which then stands in for the usual database."""
    if place.schema:
        with standing_in(OPTIONS={"options": f"-c search_path={place.schema}"}) as database:
            _fill_tables(backup, database)
            yield database
    else:
        _write_file(backup, place.file)
        with standing_in(NAME=str(place.file)) as database:
            yield database


def _write_file(backup: Opened, path: Path) -> None:
    for name, content in backup.members():
        if name != SQLCIPHER_MEMBER:
            raise FileDamaged(f"There is something in this backup that does not belong there: {name[:40]}")
        with path.open("xb") as file:
            shutil.copyfileobj(content, file, _PIECE)
    if not path.exists():
        raise FileDamaged("There are no data in this backup.")
    path.chmod(0o600)


@contextmanager
def _scratch_schema() -> Iterator[str]:
    """Make a schema of PostgreSQL for a while, and drop it with all that is in it."""
    name = f"{SCHEMA_BEGINS}{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")


def _fill_tables(backup: Opened, database: Any) -> None:
    """Make the tables as they were by their migrations, then let COPY write each row."""
    _make_tables(database, {(app, name) for app, name in backup.about.migrations})
    database.set_autocommit(False)
    try:
        tables = _emptied(database)
        for name, content in backup.members():
            table, _, _number = name.removeprefix(TABLES).partition("/")
            if table not in tables:
                raise FileDamaged(f"There is a table in this backup that is not known: {table[:60]}")
            _copy_in(database, table, content)
        _set_sequences(database)
        database.commit()
    except BaseException:
        database.rollback()
        raise
    finally:
        database.set_autocommit(True)


def _make_tables(database: Any, migrations: set[tuple[str, str]]) -> None:
    """Do these migrations and no others, in the order in which they build on each other."""
    executor = MigrationExecutor(database)
    newest = executor.loader.graph.leaf_nodes()
    whole = executor.migration_plan(newest, clean_start=True)
    wanted = [step for step in whole if (step[0].app_label, step[0].name) in migrations]
    # In one transaction, which is many times faster; the rows that come are checked at its end, references and all.
    with transaction.atomic():
        with database.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        executor.migrate(newest, plan=wanted)


def _emptied(database: Any) -> set[str]:
    """Take out what migrations put in, such as the list of themselves, and return the tables that there are."""
    with database.cursor() as cursor:
        tables = set(database.introspection.table_names(cursor))
        # A fresh chain of audit entries is empty, and lets nothing be deleted.
        for table in sorted(tables - {"audit_auditevent"}):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  # a name that the database gave
    return tables


def _copy_in(database: Any, table: str, content: IO[bytes]) -> None:
    columns = json.loads(content.readline())
    with database.cursor() as cursor:
        known = {one.name for one in database.introspection.get_table_description(cursor, table)}
    if not known.issuperset(columns):
        raise FileDamaged(f"There are columns in this backup that are not known, of {table}.")
    listed = ", ".join(map(database.ops.quote_name, columns))
    with (
        database.connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copying,
    ):
        while piece := content.read(_PIECE):
            copying.write(piece)


def _set_sequences(database: Any) -> None:
    """Have numbers that the database gives out go on after the highest that is there."""
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            for sequence in database.introspection.get_sequences(cursor, table):
                highest = f'max("{sequence["column"]}")'
                cursor.execute(  # names that the database gave
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce({highest}, 1), {highest} IS NOT NULL)"  # noqa: S608
                    f' FROM "{table}"',
                    [f'"{table}"', sequence["column"]],
                )

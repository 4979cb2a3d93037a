"""Tables of PostgreSQL moved as a whole from one schema to another, in one transaction."""

from django.db import connection, transaction

from kimbilio.safekeeping.faults import CannotRestore

ASIDE, READY = "before_restore_", "kimbilio_restored_"


def holds_tables() -> bool:
    """Say whether the usual schema has any table."""
    return bool(connection.introspection.table_names())


def exists(schema: str) -> bool:
    """Say whether there is a schema of this name."""
    return schema in schemas_beginning(schema)


def schemas_beginning(beginning: str) -> list[str]:
    """Return the names of the schemas that begin so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY 1", [beginning]
        )
        return [name for (name,) in cursor.fetchall()]


def drop(schema: str) -> None:
    """Drop a schema, if there is one of this name, with all that is in it."""
    if not schema:
        return
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def set_apart(scratch: str) -> str:
    """Give a scratch schema, which whoever comes next may drop, a name under which it waits; returns that."""
    name = f"{READY}{scratch[-12:]}"
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER SCHEMA "{scratch}" RENAME TO "{name}"')
    return name


def take_the_place(schema: str, *, aside: str) -> None:
    """Move the tables of a schema into the usual one; what is there goes into another, and the emptied one is dropped.

    All of it or nothing; nothing where that was done before.
    """
    if not exists(schema):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        usual = cursor.fetchone()[0]
        if usual is None:
            raise CannotRestore("The database has no schema that tables can be put into.")
        if holds_tables():
            cursor.execute(f'CREATE SCHEMA "{aside}"')
            _move(cursor, usual, aside)
        _move(cursor, schema, usual)
        drop(schema)


def _move(cursor, source: str, to: str) -> None:  # type: ignore[no-untyped-def]  # a cursor of Django's
    """Move tables, with the indexes and sequences that are theirs, and functions."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [source])
    for (table,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{source}"."{table}" SET SCHEMA "{to}"')
    # But for what came with an extension, which is not ours.
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = %s AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        [source],
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f'ALTER FUNCTION {function} SET SCHEMA "{to}"')

"""Bringing the tables up to date, all at once or not at all.

Django commits a migration and, where it leaves an index or a reference for the end, the note that it was done in
another transaction. Killed between the two, it would do the same again at the next start, and fail for ever.
Source: docs/faults.md, 'Upgrade'.
"""

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def is_behind() -> bool:
    """Say whether there are tables, and they are of an earlier version."""
    if "django_migrations" not in connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_tables_up_to_date() -> None:
    """Do every migration that is missing, in one transaction: whoever is killed meanwhile finds the tables as before.

    Says nothing unless something is wrong.
    """
    # SQLite remakes tables, and can let go of references for that only before a transaction begins.
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            # A table whose rows still wait for their references to be looked up cannot be changed.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        call_command("migrate", interactive=False, verbosity=0)

"""Test databases: encrypted files too, removed with their logs.

The methods extended here are private to Django, and its stubs leave them out.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import creation as plain


class DatabaseCreation(plain.DatabaseCreation):
    """Creates, clones and removes an encrypted test database, which is a file named in settings.

    With pytest-xdist each worker's file has a suffix of its own, which pytest-django puts on the name.
    """

    # Replaces _get_test_db_name, which falls back on a database in memory.
    def _get_test_db_name(self) -> str:
        name = self.connection.settings_dict["TEST"]["NAME"]
        if not name or self.is_in_memory_db(name):
            raise ImproperlyConfigured("Tests of an encrypted database need a file: set TEST NAME to a path.")
        return str(name)

    # Extends _create_test_db: a log left by a killed run must not be taken for the new file's.
    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        if not keepdb:
            _remove_logs(name)
        return name

    # Extends _clone_test_db, which copies the file alone: what is in the log is first put into it.
    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        super()._clone_test_db(suffix, verbosity, keepdb)  # type: ignore[misc]
        if not keepdb:
            _remove_logs(self.get_test_db_clone_settings(suffix)["NAME"])

    # Extends _destroy_test_db, which leaves the log behind.
    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        _remove_logs(test_database_name)

    # Replaces setup_worker_connection, which copies the clone to memory where workers are spawned.
    def setup_worker_connection(self, _worker_id: Any) -> None:
        """Let a worker of Django's own test runner use the clone made for it."""
        self.connection.settings_dict.update(self.get_test_db_clone_settings(str(_worker_id)))
        self.connection.close()


def _remove_logs(name: str) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)

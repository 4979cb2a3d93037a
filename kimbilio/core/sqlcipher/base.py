"""Django's SQLite backend over SQLCipher: the same SQL, in a file that is unreadable without its key.

Django builds its backend on the standard library's `sqlite3` by name, so what names it is replaced
here: the connection, the cursor, the adapters and converters. Everything else (SQL, schema changes,
introspection) is Django's own, and `vendor` stays "sqlite". The overridden parts are not all public;
each says which it replaces. Written against Django 5.2, whose range pyproject.toml pins.

The key comes from the open vault, never from settings. With the vault locked, every query raises
HomeLocked, also on connections opened before.
"""

import datetime
import decimal
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as plain
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from kimbilio.core import vault
from kimbilio.core.sqlcipher.connection import give_key, make_private_file
from kimbilio.core.sqlcipher.creation import DatabaseCreation
from kimbilio.core.sqlcipher.features import DatabaseFeatures
from kimbilio.core.sqlcipher.operations import DatabaseOperations

_BUSY_SECONDS = 20


def _from_text(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    """Return a converter for a column that holds text."""
    return lambda stored: parse(stored.decode())


# In place of the registrations in django.db.backends.sqlite3.base, which reach `sqlite3` only.
dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", _from_text(parse_date))
dbapi2.register_converter("time", _from_text(parse_time))
dbapi2.register_converter("datetime", _from_text(parse_datetime))
dbapi2.register_converter("timestamp", _from_text(parse_datetime))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, datetime.date.isoformat)
dbapi2.register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))


class DatabaseWrapper(plain.DatabaseWrapper):
    """A connection to an encrypted SQLite file."""

    display_name = "SQLCipher"
    Database = dbapi2
    init_commands: list[str]
    transaction_mode: str | None
    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters, with writers that wait for each other rather than fail.

        IMMEDIATE takes the write lock when a transaction begins. With Django's default, a transaction
        that first reads and then writes fails when another wrote between: with 16 writers, most did.
        """
        if self.is_in_memory_db():
            raise ImproperlyConfigured("An encrypted database is a file: give it a NAME that is a path.")
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", _BUSY_SECONDS)
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return params

    # Replaces DatabaseWrapper.get_new_connection, which calls sqlite3.connect by its module's name.
    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file with the vault's key. Raises HomeLocked, or OperationalError for a wrong key."""
        key = vault.database_key()
        make_private_file(Path(conn_params["database"]))
        connection = dbapi2.connect(**conn_params)
        try:
            give_key(connection, key)
            register(connection)
            connection.execute("PRAGMA cache_size = -20000")  # 20 MB of pages already decrypted
            connection.execute("PRAGMA legacy_alter_table = OFF")
            for command in filter(None, map(str.strip, self.init_commands)):
                connection.execute(command)
        except BaseException:
            connection.close()
            raise
        return connection

    # Replaces DatabaseWrapper.create_cursor, whose cursor is a subclass of sqlite3's.
    def create_cursor(self, name: str | None = None) -> "Cursor":
        """Return a cursor, unless the home was locked since this connection was opened."""
        if not vault.is_open():
            if not self.in_atomic_block:
                self.close()
            raise vault.HomeLocked
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


# Replaces SQLiteCursorWrapper, which is bound to sqlite3's cursor by inheritance.
class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the library brings no types
    """A cursor that takes the placeholders Django writes, %s and %(name)s."""

    convert_query = plain.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> "Cursor":
        """Run a statement. Without parameters it is taken as it stands, percent signs and all."""
        if params is None:
            super().execute(query)
        else:
            super().execute(self._translate(query, params), params)
        return self

    def executemany(self, query: str, param_list: Iterable[Any]) -> "Cursor":
        """Run a statement for each set of parameters; they may come from a generator."""
        rows = iter(param_list)
        first = next(rows, ())
        super().executemany(self._translate(query, first), chain([first] if first else [], rows))
        return self

    def _translate(self, query: str, params: Any) -> str:
        names = list(params) if isinstance(params, Mapping) else None
        return self.convert_query(query, param_names=names)

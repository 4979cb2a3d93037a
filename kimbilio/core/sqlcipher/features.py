"""What the SQLite inside SQLCipher can do, whatever the standard library's one can."""

from django.db.backends.sqlite3 import features as plain
from sqlcipher3 import dbapi2


class DatabaseFeatures(plain.DatabaseFeatures):
    """Django's list, with what it asked of `sqlite3` asked of SQLCipher."""

    # A file can be opened by several threads, unlike the in-memory database Django tests on.
    test_db_allows_multiple_connections = True
    # Replaces three answers that Django takes from sqlite3.sqlite_version_info.
    can_alter_table_drop_column = dbapi2.sqlite_version_info >= (3, 35, 5)
    can_return_columns_from_insert = True
    can_return_rows_from_bulk_insert = True

"""What a copy of the database leaves out: whoever signed in, by whatever table their cookie could be made again."""

from pathlib import Path

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kimbilio.core import vault
from kimbilio.core.sqlcipher.copying import open_database
from kimbilio.safekeeping.dumping import _leave_out
from kimbilio.safekeeping.figures import NOT_KEPT


def test_no_sign_in_stays_in_a_copy_also_where_a_table_was_not_there_yet(tmp_path: Path) -> None:
    assert {Session._meta.db_table, UserSession._meta.db_table} == NOT_KEPT
    for tables in (sorted(NOT_KEPT), ["django_session"]):
        copy = tmp_path / f"{len(tables)}.db"
        with open_database(copy, vault.database_key()) as database:
            for table in (*tables, "people_client"):
                database.execute(f"CREATE TABLE {table} (key text)")
                database.execute(f"INSERT INTO {table} VALUES ('the-value-of-a-cookie')")
        _leave_out(copy)
        with open_database(copy, vault.database_key()) as database:
            counts = {
                table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
            }
            assert set(counts.values()) == {0}
            assert database.execute("SELECT count(*) FROM people_client").fetchone()[0] == 1

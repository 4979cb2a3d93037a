from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kimbilio.core.tests.sqlcipher.files import connection_to, one


def test_a_test_database_is_made_and_removed_with_its_log(home, django_db_blocker):
    name = home / "test_kimbilio.db_gw3"
    with django_db_blocker.unblock():
        connection = connection_to(home / "real.db", TEST={"NAME": str(name)})
        for leftover in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
            leftover.write_bytes(b"left by a run that was killed")
        assert connection.creation._create_test_db(verbosity=0, autoclobber=True) == str(name)
        assert not list(home.glob("test_kimbilio*"))
        connection.settings_dict["NAME"] = str(name)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE t (a)")
        assert name.exists()
        connection.close()
        connection.creation._destroy_test_db(str(name), verbosity=0)
    assert not list(home.glob("test_kimbilio*"))


def test_a_clone_has_what_still_stood_in_the_log(home, own):
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE t (a)")
        cursor.execute("INSERT INTO t VALUES (5)")
    own.creation.clone_test_db(suffix="2", verbosity=0)
    clone = connection_to(home / "own_2.db")
    assert one(clone, "SELECT a FROM t") == 5
    clone.close()
    own.creation.setup_worker_connection(2)
    assert own.settings_dict["NAME"] == str(home / "own_2.db")
    assert one(own, "SELECT a FROM t") == 5


@pytest.mark.parametrize("name", [None, ":memory:"])
def test_a_test_database_needs_a_name(home, name):
    connection = connection_to(home / "real.db", TEST={"NAME": name})
    with pytest.raises(ImproperlyConfigured, match="TEST NAME"):
        connection.creation._get_test_db_name()

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from kimbilio.core.tests.sqlcipher.files import connection_to, one


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("temp_store", 2),  # MEMORY
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cache_size", -20000),
        ("busy_timeout", 20_000),
    ],
)
def test_a_connection_is_set_up(own, setting, value):
    assert one(own, f"PRAGMA {setting}") == value


def test_a_transaction_takes_the_write_lock_at_once(own, thing):
    with CaptureQueriesContext(own) as queries, transaction.atomic(using="own"):
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_the_settings_of_django_still_count(home, django_db_blocker):
    options = {"timeout": 3, "transaction_mode": "EXCLUSIVE", "init_command": "PRAGMA cache_size = -5; ;"}
    with django_db_blocker.unblock():
        connection = connection_to(home / "options.db", OPTIONS=options)
        assert one(connection, "PRAGMA busy_timeout") == 3000
        assert one(connection, "PRAGMA cache_size") == -5
        assert connection.transaction_mode == "EXCLUSIVE"
        connection.close()


def test_a_database_in_memory_is_refused(home, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(ImproperlyConfigured):
        one(connection_to(":memory:"), "SELECT 1")


def test_django_takes_it_for_the_sqlite_it_is(own):
    assert own.vendor == "sqlite"
    assert own.get_database_version() >= (3, 53)
    assert own.features.can_return_columns_from_insert
    own.check_database_version_supported()


# Many at once.


def test_writers_in_many_threads_wait_for_each_other_and_lose_nothing(own, thing):
    thing.objects.using("own").create(name="counter")
    path, errors = own.settings_dict["NAME"], []

    def add():
        connection = connection_to(path)
        connections["own"] = connection
        try:
            for _ in range(25):
                with transaction.atomic(using="own"):
                    row = thing.objects.using("own").get(name="counter")
                    row.count += 1
                    row.save(using="own")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert thing.objects.using("own").get(name="counter").count == 150

import datetime
import decimal
import sqlite3
import stat
import threading
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connections,
    migrations,
    models,
    transaction,
)
from django.db.migrations.state import ProjectState
from django.db.models import functions
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import timezone

from kimbilio.core import vault
from kimbilio.core.keyring import PassphraseCost, create_keyring

CHEAP = PassphraseCost(iterations=1, memory_kib=8, lanes=1)
CANARY = "Wanjiku-wa-Karuri"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of this test's own, open; the suite's stays as it is."""
    monkeypatch.setattr(vault, "_opened", None)
    monkeypatch.setattr(vault, "_to_drop", [])
    home = tmp_path / "home"
    root_key = create_keyring(home, "mti mkavu", cost=CHEAP)
    vault.open_vault(home, root_key)
    yield home
    vault.lock_vault()


@pytest.fixture
def own(home, django_db_blocker):
    """A connection to a file of this test's own, known to Django as "own"."""
    with django_db_blocker.unblock():
        own = connection_to(home / "own.db")
        connections["own"] = own
        yield own
        if vault.is_open():
            own.close()
        del connections["own"]


def connection_to(path, alias="own", **settings):
    databases = {"default": {}, alias: {"ENGINE": "kimbilio.core.sqlcipher", "NAME": str(path), **settings}}
    return ConnectionHandler(databases)[alias]


@pytest.fixture
def thing(own):
    """A table with a column of each kind that Django converts."""
    with isolate_apps():

        class Thing(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            name = models.CharField(max_length=50)
            count = models.IntegerField(default=0)
            price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
            day = models.DateField(null=True)
            at = models.DateTimeField(null=True)
            hour = models.TimeField(null=True)
            wait = models.DurationField(null=True)
            yes = models.BooleanField(default=True)
            raw = models.BinaryField(null=True)
            notes = models.JSONField(default=dict)
            parent = models.ForeignKey("self", models.CASCADE, null=True)

            class Meta:
                app_label = "core"

            def __str__(self):
                return self.name

    with own.schema_editor() as editor:
        editor.create_model(Thing)
    return Thing


def one(connection, query):
    with connection.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]


# Nothing readable.


def test_what_is_stored_is_readable_in_no_file(home, own, thing):
    for _ in range(50):
        thing.objects.using("own").create(name=CANARY, notes={"said": CANARY}, raw=CANARY.encode())
    files = list(home.iterdir())
    assert {"own.db", "own.db-wal"} <= {file.name for file in files}
    assert not any(CANARY.encode() in file.read_bytes() for file in files)
    assert not any(b"core_thing" in file.read_bytes() for file in files)


def test_without_its_key_the_file_is_no_database_to_anybody(home, own, thing):
    own.close()
    assert not (home / "own.db").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(home / "own.db").execute("SELECT * FROM core_thing")


def test_only_its_owner_can_read_the_file(home, own, thing):
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.glob("own.db*")} == {0o600}


def test_another_homes_key_is_refused_with_a_sentence(home, own, thing, tmp_path):
    own.close()
    other = tmp_path / "other"
    vault.open_vault(other, create_keyring(other, "mti mbichi", cost=CHEAP))
    with pytest.raises(OperationalError, match="doesn't open with this home's key"):
        one(own, "SELECT 1")


def test_a_file_that_is_no_database_is_refused_with_the_same_sentence(home, own):
    (home / "own.db").write_bytes(b"x" * 8192)
    with pytest.raises(OperationalError, match="doesn't open with this home's key"):
        one(own, "SELECT 1")


def test_a_changed_byte_in_a_page_is_noticed(home, own, thing):
    thing.objects.using("own").create(name=CANARY)
    own.close()
    content = bytearray((home / "own.db").read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 900] ^= 1
    (home / "own.db").write_bytes(content)
    with pytest.raises(DatabaseError, match=r"malformed|not a database|disk I/O"):
        thing.objects.using("own").get(name=CANARY)


# Locked.


def test_a_locked_home_has_no_database(own):
    vault.lock_vault()
    with pytest.raises(vault.HomeLocked):
        one(own, "SELECT 1")


def test_locking_stops_connections_that_are_open_and_opening_lets_them_go_on(home, own, thing):
    thing.objects.using("own").create(name=CANARY)
    opened = vault._opened
    vault.lock_vault()
    with pytest.raises(vault.HomeLocked):
        thing.objects.using("own").count()
    assert own.connection is None
    vault._opened = opened
    assert thing.objects.using("own").count() == 1


def test_locked_in_the_middle_a_transaction_is_taken_back(own, thing):
    opened = vault._opened

    @transaction.atomic(using="own")
    def interrupted():
        thing.objects.using("own").create(name=CANARY)
        vault._opened = None
        thing.objects.using("own").count()

    with pytest.raises(vault.HomeLocked):
        interrupted()
    vault._opened = opened
    assert thing.objects.using("own").count() == 0


# Settings that the promises rest on.


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


# Django's own features, over this library.


def test_every_kind_of_value_comes_back_as_it_went_in(own, thing):
    nairobi = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
    stored = thing.objects.using("own").create(
        name="ũĩ % ' \" \\",
        count=-4,
        price=decimal.Decimal("12.50"),
        day=datetime.date(2026, 2, 28),
        at=nairobi,
        hour=datetime.time(23, 59, 1),
        wait=datetime.timedelta(days=2, microseconds=5),
        yes=False,
        raw=b"\x00\xff",
        notes={"list": [1, None, "ũ"]},
    )
    read = thing.objects.using("own").get(pk=stored.pk)
    for field in thing._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(stored, field.attname), field.name
    assert isinstance(read.pk, uuid.UUID)


def test_functions_that_django_adds_to_sqlite_work(own, thing):
    rows = thing.objects.using("own")
    at = datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC)
    for count in (2, 4, 4, 4, 5, 5, 7, 9):
        rows.create(name=f"Njoroge {count}", count=count, at=at, notes={"n": count})
    assert rows.aggregate(spread=models.StdDev("count"))["spread"] == 2
    assert rows.filter(name__regex=r"^Njoroge [79]$").count() == 2
    assert rows.filter(name__iregex="^NJOROGE").count() == 8
    assert rows.filter(notes__n__gt=5).count() == 2
    with timezone.override("Africa/Nairobi"):
        dates = rows.annotate(date=functions.TruncDate("at")).values_list("date", flat=True)
        assert dates[0] == datetime.date(2026, 11, 23)
    padded = rows.annotate(padded=functions.LPad("name", 12, models.Value("*"))).order_by("count")
    assert padded[0].padded == "***Njoroge 2"


def test_percent_signs_and_named_parameters_are_translated(own):
    with own.cursor() as cursor:
        assert cursor.execute("SELECT '100%'").fetchone() == ("100%",)
        assert cursor.execute("SELECT '100%%', %s", ["%s"]).fetchone() == ("100%", "%s")
        assert cursor.execute("SELECT %(b)s, %(a)s", {"a": 1, "b": 2}).fetchone() == (2, 1)
        cursor.execute("CREATE TABLE pair (a, b)")
        cursor.executemany("INSERT INTO pair VALUES (%s, %s)", ((n, n) for n in range(3)))
        cursor.executemany("INSERT INTO pair VALUES (%(x)s, %(y)s)", [{"x": 3, "y": 3}, {"x": 4, "y": 4}])
        cursor.executemany("INSERT INTO pair VALUES (%s, %s)", [])
        assert cursor.execute("SELECT count(*), sum(a) FROM pair").fetchone() == (5, 10)


def test_an_error_of_the_library_is_an_error_of_django(own, thing):
    row = thing.objects.using("own").create(name="first")
    with pytest.raises(IntegrityError), transaction.atomic(using="own"):
        thing.objects.using("own").create(pk=row.pk, name="second")
    with pytest.raises(OperationalError, match="no such table"):
        one(own, "SELECT * FROM nowhere")


def test_foreign_keys_are_enforced(own, thing):
    with pytest.raises(IntegrityError), transaction.atomic(using="own"):
        thing.objects.using("own").create(name="orphan", parent_id=uuid.uuid4())
    assert thing.objects.using("own").count() == 0


def test_a_savepoint_is_taken_back_without_the_rest(own, thing):
    rows = thing.objects.using("own")

    @transaction.atomic(using="own")
    def fail():
        rows.create(name="taken back")
        raise ZeroDivisionError

    with transaction.atomic(using="own"):
        rows.create(name="kept")
        with pytest.raises(ZeroDivisionError):
            fail()
    assert list(rows.values_list("name", flat=True)) == ["kept"]


def test_many_rows_are_created_and_updated_in_batches(own, thing):
    rows = thing.objects.using("own")
    made = rows.bulk_create([thing(name=f"n{n}", notes={"n": n}) for n in range(2500)])
    for row in made:
        row.count = 7
    rows.bulk_update(made, ["count"], batch_size=500)
    assert rows.filter(count=7).count() == 2500
    rows.bulk_create(
        [thing(pk=made[0].pk, name="again")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name"],
    )
    assert rows.get(pk=made[0].pk).name == "again"


def migrate(connection, state, *operations):
    """Apply operations as a migration of the app "core" would."""
    for operation in operations:
        before = state.clone()
        operation.state_forwards("core", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("core", editor, before, state)


def test_a_table_can_be_changed_and_keeps_its_rows(own):
    state = ProjectState()
    columns = [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    migrate(
        own, state, migrations.CreateModel("Visit", [*columns, ("count", models.IntegerField(null=True))])
    )
    state.apps.get_model("core", "Visit").objects.using("own").create(name="kept", count=3)
    migrate(
        own,
        state,
        migrations.AddField("Visit", "added", models.CharField(max_length=9, default="new")),
        migrations.AlterField("Visit", "count", models.BigIntegerField(default=0)),
        migrations.RenameField("Visit", "name", "title"),
        migrations.AddField("Visit", "gone", models.BooleanField(default=True)),
        migrations.RemoveField("Visit", "gone"),
        migrations.AddIndex("Visit", models.Index(fields=["title"], name="by_title")),
        migrations.AddConstraint(
            "Visit", models.CheckConstraint(condition=models.Q(count__gte=0), name="least")
        ),
        migrations.AlterModelTable("Visit", "core_called"),
    )
    rows = state.apps.get_model("core", "Visit").objects.using("own")
    assert list(rows.values_list("title", "count", "added")) == [("kept", 3, "new")]
    with own.cursor() as cursor:
        assert own.introspection.get_constraints(cursor, "core_called").keys() >= {"by_title", "least"}
        found = {column.name for column in own.introspection.get_table_description(cursor, "core_called")}
    assert found == {"id", "title", "count", "added"}
    with pytest.raises(IntegrityError):
        rows.update(count=-1)


def test_a_trigger_can_refuse_with_what_sqlite_itself_offers(own, thing):
    with own.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER kept BEFORE DELETE ON core_thing BEGIN SELECT RAISE(ABORT, 'kept for good'); END"
        )
    row = thing.objects.using("own").create(name="first")
    with pytest.raises(IntegrityError, match="kept for good"):
        row.delete(using="own")


# Test databases.


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

import datetime
import decimal
import uuid

import pytest
from django.db import IntegrityError, OperationalError, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import functions
from django.utils import timezone

from kimbilio.core.tests.sqlcipher.files import one


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

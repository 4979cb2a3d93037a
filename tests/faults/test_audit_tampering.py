"""Whatever is done to the audit chain without its key is found, and found where it was done."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kimbilio.accounts.roles import Role
from kimbilio.audit.anchors import anchor_of
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.verify import verify_all
from tests.faults import tampering
from tests.faults.chains import TABLE, Chain, faulty_entries
from tests.faults.tampering import tampered_with
from tests.programme import Programme, actor_with, person

IN_THE_FAST_SUITE, IN_A_SOAK = 200, 2_000


@pytest.mark.parametrize("count", [IN_THE_FAST_SUITE, pytest.param(IN_A_SOAK, marks=pytest.mark.soak)])
def test_every_tampering_is_found_where_it_was_done(
    chain: Chain, undone: Callable[[], Any], count: int
) -> None:
    for number, (how, at, found) in enumerate(tampered_with(chain, count, f"tampering {count}")):
        assert found, f"{number}. {how} at entry {at} was not found"
        assert min(found) == at, f"{number}. {how} at entry {at} was found at {found}"


@pytest.mark.parametrize("column", [field.column for field in AuditEvent._meta.concrete_fields])
def test_an_edit_of_any_column_is_found(chain: Chain, undone: Callable[[], Any], column: str) -> None:
    chance = random.Random(column)
    for row in chain.rows()[:-1:5]:
        with undone():
            if column == "seq":
                chain.change(row["seq"], seq=row["seq"] + 1000)
            elif column == "organisation_id":
                chain.change(row["seq"], seq=row["seq"] + 1000)
                chain.change(row["seq"] + 1000, organisation_id=chain.stored_other_organisation())
            else:
                chain.change(row["seq"], **{column: tampering._another(column, row[column], chain, chance)})
            assert row["seq"] in faulty_entries(chain)


def test_an_untouched_chain_verifies_and_tampering_with_one_leaves_the_other_whole(
    chain: Chain, undone: Callable[[], Any]
) -> None:
    assert all(verdict.holds and verdict.entries >= 20 for verdict in verify_all())
    with undone():
        tampering.edit_a_column(chain, random.Random("one"))
        verdicts = {verdict.organisation_id: verdict.holds for verdict in verify_all()}
        assert verdicts == {chain.organisation_id: False, chain.other_organisation_id: True}


def test_a_chain_that_was_deleted_whole_is_missed(chain: Chain, undone: Callable[[], Any]) -> None:
    with undone():
        tampering.delete_everything(chain, random.Random())
        assert {verdict.organisation_id: verdict.holds for verdict in verify_all()}[
            chain.organisation_id
        ] is False
        assert 1 in faulty_entries(chain)


def test_an_earlier_copy_is_found_also_after_work_went_on_upon_it(
    chain: Chain,
    undone: Callable[[], Any],
    programme: Programme,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with undone():
        chain.delete(chain.last - 5, chain.last)
        by = actor_with(Role.DESK_OFFICER, programme.site)
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(4):
                person(by, programme.site)
        assert AuditEvent.objects.filter(organisation_id=chain.organisation_id).count() > chain.last
        assert faulty_entries(chain), "the new entries hid that others were taken away"


def test_an_anchor_that_was_forged_to_fit_a_cut_chain_is_not_made_good_by_going_on(
    chain: Chain,
    undone: Callable[[], Any],
    programme: Programme,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with undone():
        last = chain.rows()[-4]
        chain.delete(last["seq"] + 1, chain.last)
        with closing(sqlite3.connect(tmp_path / "anchors.db", isolation_level=None)) as anchors:
            anchors.execute(
                "UPDATE anchor SET seq = ?, digest = ? WHERE organisation = ?",
                [last["seq"], bytes(last["digest"]), str(chain.organisation_id)],
            )
        assert faulty_entries(chain)
        with django_capture_on_commit_callbacks(execute=True):
            person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)
        assert faulty_entries(chain), "a forged anchor was replaced by a genuine one"


def test_a_missing_or_forged_anchor_is_found(chain: Chain, tmp_path: Path) -> None:
    file = tmp_path / "anchors.db"
    for statement in (
        "UPDATE anchor SET seq = seq - 1",
        "UPDATE anchor SET seq = seq + 1",
        "UPDATE anchor SET digest = zeroblob(32)",
        "UPDATE anchor SET mac = zeroblob(32)",
        "DELETE FROM anchor",
    ):
        whole = file.read_bytes()
        with closing(sqlite3.connect(file, isolation_level=None)) as anchors:
            anchors.execute(statement)
        assert faulty_entries(chain), statement
        file.write_bytes(whole)
    file.unlink()
    assert faulty_entries(chain)


def test_a_damaged_anchor_file_is_found_and_said(chain: Chain, tmp_path: Path) -> None:
    assert anchor_of(chain.organisation_id)
    (tmp_path / "anchors.db").write_bytes(b"not a database at all" * 400)
    assert faulty_entries(chain)


STATEMENTS = {
    "an update": f"UPDATE {TABLE} SET event = 'x'",
    "an update that changes nothing": f"UPDATE {TABLE} SET seq = seq",
    "a deletion": f"DELETE FROM {TABLE}",
    "a replacement": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
    "an emptying": f"TRUNCATE {TABLE}",
    "an emptying with all that hangs on it": f"TRUNCATE {TABLE} CASCADE",
    "an update on conflict": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE true "
    "ON CONFLICT (id) DO UPDATE SET event = 'x'",
}
ON_ONE_DATABASE_ONLY = {
    "a replacement": "sqlite",
    "an emptying": "postgresql",
    "an emptying with all that hangs on it": "postgresql",
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_itself_refuses(chain: Chain, what: str) -> None:
    if ON_ONE_DATABASE_ONLY.get(what, connection.vendor) != connection.vendor:
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[what])
    assert not faulty_entries(chain)
    assert chain.last == len(chain.rows())

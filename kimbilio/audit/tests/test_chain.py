"""The audit chain: appended in the transaction it tells of, refused by the database, verified to the entry."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kimbilio.audit.actions import record
from kimbilio.audit.anchors import anchor_of, set_anchor
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import events_about, events_since, last_seq
from kimbilio.audit.verify import faults_among, verify_chain
from kimbilio.core import vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation_id() -> UUID:
    """An organisation that has keys and no entry yet."""
    organisation_id = uuid4()
    vault.keyring().add_organisation(organisation_id)
    return organisation_id


def append(organisation_id: UUID, count: int = 1, **kwargs: Any) -> AuditEvent:
    for _ in range(count):
        entry = record(organisation_id=organisation_id, actor_id=uuid4(), event="sign_in", **kwargs)
    return entry


def anchor(entry: AuditEvent) -> None:
    """Do what the commit would have done: tests roll back."""
    key = vault.keyring().audit_key(entry.organisation_id)
    set_anchor(entry.organisation_id, seq=entry.seq, digest=bytes(entry.digest), key=key)


def as_an_attacker(statement: str, *values: object) -> None:
    """Change the table as somebody would who may do anything to the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        cursor.execute(statement, values)


def test_an_untouched_chain_holds(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 5))
    verdict = verify_chain(organisation_id)
    assert (verdict.holds, verdict.entries) == (True, 5)


def test_each_organisation_has_a_chain_of_its_own(organisation_id: UUID) -> None:
    other = uuid4()
    vault.keyring().add_organisation(other)
    append(organisation_id, 3)
    assert append(other).seq == 1
    assert last_seq(organisation_id) == 3


def test_an_entry_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kimbilio.audit.actions.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        record(organisation_id=uuid4(), actor_id=None, event="sign_in")


def test_an_entry_falls_with_what_it_records(organisation_id: UUID) -> None:
    def undone() -> None:
        with transaction.atomic():
            append(organisation_id)
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        undone()
    assert last_seq(organisation_id) == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET event = 'x'", "DELETE FROM audit_auditevent"],
)
def test_the_database_itself_refuses_to_change_an_entry(organisation_id: UUID, statement: str) -> None:
    append(organisation_id)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_entry_is_not_deleted_through_the_model_either(organisation_id: UUID) -> None:
    with pytest.raises(TypeError):
        append(organisation_id).delete()


def test_an_edit_is_found_at_its_entry(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 5))
    as_an_attacker("UPDATE audit_auditevent SET event = 'person.opened' WHERE seq = %s", 3)
    assert [fault.seq for fault in verify_chain(organisation_id).faults] == [3]


def test_a_deletion_in_the_middle_is_found_where_the_gap_is(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 5))
    as_an_attacker("DELETE FROM audit_auditevent WHERE seq = %s", 3)
    assert verify_chain(organisation_id).faults[0].seq == 3


def test_a_swap_is_found(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 5))
    for old, new in ((2, 99), (4, 2), (99, 4)):
        as_an_attacker("UPDATE audit_auditevent SET seq = %s WHERE seq = %s", new, old)
    assert {2, 4} <= {fault.seq for fault in verify_chain(organisation_id).faults}


def test_a_cut_tail_is_found_by_the_anchor(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 5))
    as_an_attacker("DELETE FROM audit_auditevent WHERE seq > %s", 3)
    faults = verify_chain(organisation_id).faults
    assert [fault.seq for fault in faults] == [4]
    assert "cut off" in faults[0].what


def test_a_chain_without_its_anchor_does_not_hold(organisation_id: UUID) -> None:
    append(organisation_id, 2)
    assert "anchor" in verify_chain(organisation_id).faults[0].what


def test_a_forged_anchor_is_found(organisation_id: UUID) -> None:
    entry = append(organisation_id, 2)
    set_anchor(organisation_id, seq=2, digest=bytes(entry.digest), key=b"not the audit key of this place.")
    assert "not written by this installation" in verify_chain(organisation_id).faults[0].what


def test_an_older_anchor_never_replaces_a_newer_one(organisation_id: UUID) -> None:
    older = append(organisation_id)
    newer = append(organisation_id)
    anchor(newer)
    anchor(older)
    known = anchor_of(organisation_id)
    assert known is not None
    assert known.seq == 2


def test_a_chain_ahead_of_its_anchor_holds(organisation_id: UUID) -> None:
    anchor(append(organisation_id, 2))
    append(organisation_id, 2)
    assert verify_chain(organisation_id).holds


def test_the_entries_of_a_page_are_checked_among_themselves(organisation_id: UUID) -> None:
    append(organisation_id, 6)
    page = list(AuditEvent.objects.filter(organisation_id=organisation_id).order_by("-seq")[1:4])
    assert faults_among(organisation_id, page) == []
    page[1].event = "person.opened"
    assert [fault.seq for fault in faults_among(organisation_id, page)] == [4]


def test_entries_are_asked_for_by_person_and_since(organisation_id: UUID) -> None:
    about = uuid4()
    append(organisation_id)
    entry = append(organisation_id, about=about)
    assert list(events_about(organisation_id, about)) == [entry]
    assert list(events_since(organisation_id, 1)) == [entry]

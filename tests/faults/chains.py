"""A chain of entries made by real actions, and raw access to it past every rule of the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.verify import verify_chain
from kimbilio.identity.actions import open_identity
from kimbilio.people.actions import open_person
from tests.programme import Programme, actor_with, person

TABLE = "audit_auditevent"


def take_off_the_triggers() -> None:
    """Make the table take changes and deletions."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


class Chain:
    """One organisation's entries, and raw access to them."""

    def __init__(self, organisation_id: UUID, other_organisation_id: UUID) -> None:
        self.organisation_id, self.other_organisation_id = organisation_id, other_organisation_id
        self.columns = [field.column for field in AuditEvent._meta.concrete_fields]
        self.last = self.rows()[-1]["seq"]

    def rows(self) -> list[dict[str, Any]]:
        """Return the entries as the database holds them, oldest first."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(self.columns)} FROM {TABLE} WHERE organisation_id = %s ORDER BY seq",
                [self._stored(self.organisation_id)],
            )
            return [dict(zip(self.columns, row, strict=True)) for row in cursor.fetchall()]

    def change(self, at: int, /, **columns: Any) -> None:
        """Write other values into columns of one entry."""
        self._run(
            f"UPDATE {TABLE} SET {', '.join(f'{name} = %s' for name in columns)}"
            " WHERE organisation_id = %s AND seq = %s",
            [*columns.values(), self._stored(self.organisation_id), at],
        )

    def delete(self, first: int, last: int) -> None:
        """Delete the entries from one to another."""
        self._run(
            f"DELETE FROM {TABLE} WHERE organisation_id = %s AND seq BETWEEN %s AND %s",
            [self._stored(self.organisation_id), first, last],
        )

    def insert(self, row: dict[str, Any]) -> None:
        """Insert an entry as it is given."""
        marks = ", ".join("%s::jsonb" if self._is_json(name) else "%s" for name in row)
        self._run(f"INSERT INTO {TABLE} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    def stored_id(self) -> Any:
        """Return a new id as the database stores it."""
        return self._stored(uuid4())

    def stored_other_organisation(self) -> Any:
        """Return the other organisation's id as the database stores it."""
        return self._stored(self.other_organisation_id)

    @staticmethod
    def _is_json(name: str) -> bool:
        return name == "detail" and connection.vendor == "postgresql"

    @staticmethod
    def _stored(value: UUID) -> Any:
        return value.hex if connection.vendor == "sqlite" else value

    @staticmethod
    def _run(statement: str, values: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount > 0, "nothing was tampered with"


def a_chain(programme: Programme) -> Chain:
    """Make two organisations' chains by real actions, and return the first one's."""
    for site in (programme.site, programme.site_elsewhere):
        by = actor_with(Role.DESK_OFFICER, site)
        for number in range(4):
            client = person(by, site, phone=f"071234567{number}", number=f"KSS {number}")
            open_person(by=by, client=client)
            open_identity(by=by, client=client)
    return Chain(programme.organisation.pk, programme.other_organisation.pk)


@contextmanager
def undone() -> Iterator[None]:
    """Make the table writable, which its owner can always do, and afterwards put everything back."""
    point = transaction.savepoint()
    try:
        take_off_the_triggers()
        yield
    finally:
        transaction.savepoint_rollback(point)


def faulty_entries(chain: Chain) -> list[int]:
    """Return where `kimbilio audit verify` would say that a chain does not hold."""
    return [fault.seq for fault in verify_chain(chain.organisation_id).faults]

"""The same work without Kimbilio: the driver alone, on the same tables, indexes and durability.

Rows are read from the tables and written again as those of a second organisation, with keys of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from kimbilio.accounts.models import Organisation, Site
from kimbilio.core.ids import uuid7

OF_PEOPLE = (
    "people_client",
    "people_consent",
    "identity_personaldetails",
    "identity_phone",
    "identity_outsidenumber",
)
# What else registering one person writes, and which column says whose it is.
BESIDE_THEM = {"accounts_receipt": "record_id", "audit_auditevent": "about"}
_KEYS = ("id", "client_id", "record_id", "about", "organisation_id", "site_id", "token")
_AT_ONCE = 500


@dataclass(frozen=True)
class Rows:
    """Rows of one table, as the driver gives and takes them."""

    table: str
    columns: list[str]
    values: list[tuple[Any, ...]]


class SecondOrganisation:
    """Gives every row a second time, as somebody else's."""

    def __init__(self, organisation_id: UUID, site_id: UUID) -> None:
        organisation = Organisation.objects.create(name=f"Raw {uuid7()}")
        site = Site.objects.create(organisation=organisation, name="Raw", county="Kiambu")
        self._keys = {organisation_id: organisation.pk, site_id: site.pk}

    def rows_of(self, client_ids: Iterable[UUID], tables: Iterable[str]) -> list[Rows]:
        """Return all rows of these people in these tables, with other keys."""
        ids = list(client_ids)
        return [self._renamed(_read(table, ids)) for table in tables]

    def _renamed(self, rows: Rows) -> Rows:
        keys = [place for place, column in enumerate(rows.columns) if column in _KEYS]
        return replace(rows, values=[self._as_another(row, keys) for row in rows.values])

    def _as_another(self, row: tuple[Any, ...], keys: list[int]) -> tuple[Any, ...]:
        values = list(row)
        for place in keys:
            if values[place] is not None:
                values[place] = _stored(self._keys.setdefault(_uuid(values[place]), uuid7()))
        return tuple(values)


def _read(table: str, client_ids: list[UUID]) -> Rows:
    whose = BESIDE_THEM.get(table) or ("id" if table == "people_client" else "client_id")
    values: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(client_ids), _AT_ONCE):
            some = [_stored(client_id) for client_id in client_ids[start : start + _AT_ONCE]]
            places = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT * FROM {table} WHERE {whose} IN ({places})", some)
            columns = [column[0] for column in cursor.description]
            values += map(tuple, cursor.fetchall())
    return Rows(table, columns, values)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _stored(key: UUID) -> Any:
    return key if connection.vendor == "postgresql" else key.hex


def write(tables: list[Rows], *, in_bulk: bool) -> None:
    """Write all rows in one transaction: COPY or executemany in bulk, otherwise an INSERT for each."""
    connection.ensure_connection()
    driver = connection.connection
    if connection.vendor == "postgresql":
        with driver.transaction(), driver.cursor() as cursor:
            for rows in tables:
                _copy(cursor, rows) if in_bulk else _insert(cursor, rows, "%s")
        return
    driver.execute("BEGIN IMMEDIATE")
    for rows in tables:
        if in_bulk:
            driver.executemany(_statement(rows, "?"), rows.values)
        else:
            _insert(driver, rows, "?")
    driver.execute("COMMIT")


def _insert(cursor: Any, rows: Rows, placeholder: str) -> None:
    for row in rows.values:
        cursor.execute(_statement(rows, placeholder), row)


def _copy(cursor: Any, rows: Rows) -> None:
    with cursor.copy(f"COPY {rows.table} ({', '.join(rows.columns)}) FROM STDIN") as copy:
        for row in rows.values:
            copy.write_row(row)


def _statement(rows: Rows, placeholder: str) -> str:
    places = ", ".join([placeholder] * len(rows.columns))
    return f"INSERT INTO {rows.table} ({', '.join(rows.columns)}) VALUES ({places})"


def clients_with_phone_index(organisation_id: UUID, index: bytes) -> list[Any]:
    """Return whom a phone belongs to, by the indexed column alone, with nothing but the driver."""
    statement = (
        "SELECT client_id FROM identity_phone"
        " WHERE organisation_id = {0} AND number_index = {0} AND replaced_at IS NULL"
    )
    placeholder = "%s" if connection.vendor == "postgresql" else "?"
    parameters = (_stored(organisation_id), index)
    return list(connection.connection.execute(statement.format(placeholder), parameters).fetchall())

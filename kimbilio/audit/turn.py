"""Waiting for one's turn to write in an organisation: the lock under which its chain of entries grows.

Every action takes it at its end, for its entry. Whoever must read something that stays true until they have written
takes it before reading: with one lock in an organisation, no two can each wait for what the other holds.
"""

from uuid import UUID

from django.db import connection


def hold_the_chain(organisation_id: UUID) -> None:
    """Be the only one who goes on to write an entry in this organisation, until the transaction ends.

    Rows that others may hold are locked before this, not after. SQLite transactions are IMMEDIATE: there this one
    already holds the only write lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(organisation_id)])


def lock_number(organisation_id: UUID) -> int:
    """Return a signed 64-bit number for PostgreSQL's advisory lock, from the id's random half."""
    return int.from_bytes(organisation_id.bytes[8:], "big", signed=True)

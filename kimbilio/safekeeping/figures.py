"""What is counted in a database to tell whether another one holds the same: rows, ledger, ends of the audit chains."""

from typing import Any

# Sign-ins that are open are left out of backups, and the list of tables' kinds and rights is made anew by Django.
NOT_KEPT = frozenset({"django_session", "usersessions_usersession"})
_LEDGER = """
SELECT organisation_id, account_id, item_id, sum(quantity) FROM (
    SELECT organisation_id, to_account_id AS account_id, item_id, quantity FROM stock_movement
    UNION ALL
    SELECT organisation_id, from_account_id, item_id, -quantity FROM stock_movement
) AS moved GROUP BY organisation_id, account_id, item_id ORDER BY 1, 2, 3
"""
_HEADS = """
SELECT organisation_id, seq, digest FROM audit_auditevent AS entry
WHERE seq = (SELECT max(seq) FROM audit_auditevent WHERE organisation_id = entry.organisation_id) ORDER BY 1
"""


def figures_of(database: Any) -> dict[str, Any]:
    """Return what is in a database (a Django connection): rows by table, balances by account and item, chains' ends.

    Reads in plain SQL, so that tables of an earlier version are counted too.
    """
    with database.cursor() as cursor:
        tables = sorted(set(database.introspection.table_names(cursor)) - NOT_KEPT)
        return {
            "rows": {table: _count(cursor, database.ops.quote_name(table)) for table in tables},
            "ledger": _ledger(cursor) if "stock_movement" in tables else [],
            "heads": _heads(cursor) if "audit_auditevent" in tables else {},
            "people": _count(cursor, "people_client") if "people_client" in tables else 0,
        }


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Return in words what is not the same, table by table; empty where all is."""
    wrong = [
        f"{table}: {expected['rows'].get(table, 0)} rows were backed up, {found['rows'].get(table, 0)} came back"
        for table in sorted(expected["rows"].keys() | found["rows"].keys())
        if expected["rows"].get(table, 0) != found["rows"].get(table, 0)
    ]
    if expected["ledger"] != found["ledger"]:
        wrong.append("the ledger of supplies does not come to the same sums")
    if expected["heads"] != found["heads"]:
        wrong.append("the record of who did what does not end where it ended")
    return wrong


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # a name that the database gave
    return int(cursor.fetchone()[0])


def _ledger(cursor: Any) -> list[list[Any]]:
    cursor.execute(_LEDGER)
    return [[*(_plain(key) for key in keys), int(total)] for *keys, total in cursor.fetchall()]


def _heads(cursor: Any) -> dict[str, list[Any]]:
    cursor.execute(_HEADS)
    return {_plain(key): [int(seq), bytes(digest).hex()] for key, seq, digest in cursor.fetchall()}


def _plain(key: Any) -> str:
    """Return a key as both databases write it in the same way."""
    return str(key).replace("-", "")

"""Saves visits one at a time for some seconds, as the page does: `python -m bench.visit_rate HOW SECONDS SEED`.

HOW is `action`: the real action with its token, stock and audit entry; or `raw`: the rows of such visits and nothing
else, by the driver alone. Waits for a line on standard input before it begins, so that several begin together.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID, uuid4

from bench.home import MANAGER, open_again

# What one visit writes, and the column that says which visit.
_TABLES = {
    "visits_visit": "id",
    "visits_givensupply": "visit_id",
    "visits_givenservice": "visit_id",
    "stock_movement": "document",
    "accounts_receipt": "record_id",
    "audit_auditevent": "record_id",
}
_PEOPLE, _WARMING_UP = 500, 20


def main(how: str, seconds: float, seed: int) -> dict[str, Any]:
    """Save until the time is over, and return how many there were and how long each took."""
    open_again()
    desk = _Desk(seed)
    last = [desk.save() for _time in range(_WARMING_UP)][-1]
    save: Callable[[], object] = _Raw(last).save if how == "raw" else desk.save
    print("ready", flush=True)
    sys.stdin.readline()
    took = []
    began, cpu = time.perf_counter(), time.process_time()
    while (now := time.perf_counter()) < began + seconds:
        save()
        took.append((time.perf_counter() - now) * 1000)
    spent = time.perf_counter() - began
    return {
        "visits": len(took),
        "seconds": spent,
        "cpu_ms": (time.process_time() - cpu) / len(took) * 1000,
        "took_ms": took,
    }


class _Desk:
    """Somebody at the desk of one site, who saves visits of many people."""

    def __init__(self, seed: int) -> None:
        from kimbilio.accounts.queries import actor_named, sites_in
        from kimbilio.people.models import Client
        from kimbilio.stock.choices import SupplyKind
        from kimbilio.stock.items import standard_items

        self._chance = Random(seed)
        self._by = actor_named(MANAGER)
        self._site = sites_in(self._by.organisation_id)[0]
        people = list(Client.objects.filter(site=self._site).select_related("site").order_by("pk"))
        self._people = cycle(self._chance.sample(people, min(_PEOPLE, len(people))))
        items = standard_items(self._by.organisation_id)
        self._items = [items[kind].pk for kind in (SupplyKind.NEEDLES, SupplyKind.CONDOMS)]

    def save(self) -> UUID:
        """Save one visit with two supplies and two services, by a form with a token of its own."""
        from django.utils import timezone

        from kimbilio.accounts.once import once
        from kimbilio.visits.actions import Given, NewVisit, record_visit
        from kimbilio.visits.choices import Service, Topic

        client = next(self._people)
        done = frozenset((one, Topic.NOT_STATED) for one in (Service.PEER_COUNSELLING, Service.SHOWER))
        given = Given({item: self._chance.randint(1, 10) for item in self._items}, 5, done)
        visit = NewVisit(client.pk, timezone.localdate(), given)
        made = once(
            self._by,
            uuid4(),
            lambda: record_visit(by=self._by, client=client, at_site=self._site, visit=visit),
        )
        return made.pk


class _Raw:
    """The rows of one visit, written again and again with other keys."""

    def __init__(self, visit: UUID) -> None:
        from django.db import connection

        from bench.raw import Rows

        self._rows = []
        with connection.cursor() as cursor:
            for table, column in _TABLES.items():
                cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s", [self._stored(visit)])
                columns = [column[0] for column in cursor.description]
                self._rows.append(Rows(table, columns, list(map(tuple, cursor.fetchall()))))
        # Entries of a chain of their own: no two have the same number.
        self._chain, self._seq = self._stored(uuid4()), 0

    @staticmethod
    def _stored(key: UUID) -> Any:
        from bench.rows import stored

        return stored(key)

    def save(self) -> None:
        """Write the rows once more, in one transaction."""
        from bench.raw import write

        visit = self._stored(uuid4())
        write([self._another(rows, visit) for rows in self._rows], in_bulk=False)

    def _another(self, rows: Any, visit: Any) -> Any:
        from dataclasses import replace

        from bench.rows import new_key

        keys: dict[str, Callable[[], Any]] = {
            "id": (lambda: visit) if rows.table == "visits_visit" else new_key,
            "token": new_key,
            **dict.fromkeys(("visit_id", "document", "record_id"), lambda: visit),
        }
        if rows.table == "audit_auditevent":
            keys |= {"organisation_id": lambda: self._chain, "seq": self._next}
        values = [
            tuple(
                keys[column]() if column in keys else value
                for column, value in zip(rows.columns, row, strict=True)
            )
            for row in rows.values
        ]
        return replace(rows, values=values)

    def _next(self) -> int:
        self._seq += 1
        return self._seq


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))))

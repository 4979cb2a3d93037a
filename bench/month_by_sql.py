"""Asks for the month's figures by hand-written SQL (month_sql.py), and gives them the codes of the report.

Imported once Django is ready.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from string import Template
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bench import month_sql
from bench.rows import stored
from kimbilio.reports.figures import Figure
from kimbilio.reports.indicators import INDICATORS, Measure, Records
from kimbilio.reports.scope import last_day_of

Numbers = dict[tuple[str, tuple[tuple[str, str], ...]], int]
"""Each number that is not nothing, by code and split."""

_PIECES = {
    "postgresql": {
        "dosed_on": "month + dosed - 1",
        "month_of_last_dose": "date_trunc('month', d.last_dose)",
        "week_of_v": """to_char(v.occurred_on, 'IYYY-"W"IW')""",
        "week_of_came": """to_char(came.occurred_on, 'IYYY-"W"IW')""",
    },
    "sqlite": {
        "dosed_on": "date(month, '+' || (dosed - 1) || ' days')",
        "month_of_last_dose": "date(d.last_dose, 'start of month')",
        "week_of_v": "strftime('%G-W%V', v.occurred_on)",
        "week_of_came": "strftime('%G-W%V', came.occurred_on)",
    },
}
_ANONYMOUS = {
    one.counts.key: one.code for one in INDICATORS.values() if one.counts.records == Records.ANONYMOUS
}


def numbers_of(figures: list[Figure]) -> Numbers:
    """Return the figures of the report in the same form."""
    return {(one.code, tuple(sorted(one.split.items()))): one.value for one in figures if one.value}


class BySql:
    """One month of an organisation."""

    def __init__(self, organisation_id: UUID, month: date) -> None:
        before = (month - timedelta(days=1)).replace(day=1)
        last = last_day_of(month)
        self._values: dict[str, Any] = {
            "org": stored(organisation_id),
            "first": month,
            "last": last,
            "before": before,
            "long_before": (month - timedelta(days=180)).replace(day=1),
            "a_month_ago": last - timedelta(days=30),
            # Somebody is taken to be born in the middle of the year.
            "years": last.year - (last.month < 7),
        }

    def numbers(self) -> Numbers:
        """Return every number of the month."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("came", "told", "on_mat"):
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
            parts = (month_sql.CAME, "ANALYZE came", month_sql.TALLIES, month_sql.MAT, month_sql.MAT_TALLIES)
            for statement in parts:
                self._ask(cursor, statement)
            return self._of_people(cursor) | self._of_weeks(cursor) | self._of_heads(cursor)

    def _ask(self, cursor: Any, statement: str) -> list[tuple[Any, ...]]:
        whole = Template(statement).safe_substitute(_PIECES[connection.vendor]).replace("%", "%%")
        values = {name: f"%({name})s" for name in self._values}
        cursor.execute(Template(whole).substitute(values), self._values)
        return cursor.fetchall() if cursor.description else []

    def _of_people(self, cursor: Any) -> Numbers:
        codes: dict[str, list[tuple[str, bool]]] = {}
        for one in INDICATORS.values():
            people = one.counts.measure == Measure.PEOPLE
            codes.setdefault(f"{one.counts.records}:{one.counts.key}", []).append((one.code, people))
        found: Numbers = {}
        for split, statement in month_sql.SPLITS.items():
            for what, part, people, amount in self._ask(cursor, statement):
                for code, counts_people in codes.get(what, ()):
                    value = people if counts_people else int(amount)
                    if value:
                        found[code, ((split, part),) if split else ()] = value
        return found

    def _of_weeks(self, cursor: Any) -> Numbers:
        asked = [("week", code, statement) for code, statement in month_sql.WEEKS.items()]
        asked.append(("where", "mat.ever_inducted", month_sql.WHERE))
        return {
            (code, ((split, part),)): count
            for split, code, statement in asked
            for part, count in self._ask(cursor, statement)
        }

    def _of_heads(self, cursor: Any) -> Numbers:
        sums: Counter[Any] = Counter()
        for code, value, splits in self._heads(cursor):
            for split in ({}, *splits):
                sums[code, tuple(sorted(split.items()))] += int(value)
        return {key: value for key, value in sums.items() if value}

    def _heads(self, cursor: Any) -> Iterator[tuple[str, Any, tuple[dict[str, str], ...]]]:
        """Yield each count of heads with its code, and by what it is split."""
        for site, count, male, female in self._ask(cursor, month_sql.HEADS["sessions"]):
            yield "support.sessions", count, ({"site": site},)
            for sex, heads in (("male", male), ("female", female)):
                yield "support.guests", heads, ({"site": site}, {"sex": sex})
        for site, activity, count, *heads in self._ask(cursor, month_sql.HEADS["events"]):
            yield "community.events", count, ({"site": site}, {"activity": activity})
            for sex, number in zip(("male", "female", "not_stated"), heads, strict=True):
                both = {"activity": activity, "sex": sex}
                yield (
                    "community.participants",
                    number,
                    ({"site": site}, {"sex": sex}, {"activity": activity}, both),
                )
        for site, kind, pieces, returned in self._ask(cursor, month_sql.HEADS["anonymous"]):
            yield _ANONYMOUS["returned"], returned, ({"site": site},)
            yield _ANONYMOUS[kind], pieces, ({"site": site},)

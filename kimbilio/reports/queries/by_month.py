"""The month of a day, reckoned by the database itself. Django's own does it row by row in Python on SQLite."""

from datetime import date
from typing import Any

from django.db.models import CharField, Func


class MonthOf(Func):
    """The month of a column of days, as '2025-06'."""

    template = "substr(%(expressions)s, 1, 7)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Say the same to PostgreSQL."""
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **context)


def month_named(text: str) -> date:
    """Return the first day of a month that the database named."""
    return date(int(text[:4]), int(text[5:]), 1)

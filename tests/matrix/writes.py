"""Which tables a request wrote to: a refusal writes nothing, and to look changes nothing but the audit."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)

# A sign-in notes that it is in use, whoever is refused and for whatever reason; and that they were is written down.
BY_A_REFUSAL = frozenset({"django_session", "audit_auditevent"})
# To look is written down; a list of open sign-ins drops those that ran out; allauth counts whatever is no GET.
BY_LOOKING = BY_A_REFUSAL | {"usersessions_usersession", "sign_in_limits"}
# What looking at one page changes besides, by the name of its address.
BY_LOOKING_AT = {
    "mfa_view_recovery_codes": {"mfa_authenticator"}
}  # new codes are shown once, and that is kept


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """Give a set, and put into it the name of every table that is written to meanwhile."""
    tables: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        match = _WRITE.match(sql)
        if match:
            tables.add(match.group(1))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables

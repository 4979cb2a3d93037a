"""One running home for the tests of kills and of full disks, that must survive them all; and a chain to tamper with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Session
from tests.faults.injecting import ONE_THREAD
from tests.privacy.canaries import Canaries
from tests.running import RunningHome


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    with RunningHome(tmp_path_factory.mktemp("faults") / "running", program=ONE_THREAD) as home:
        yield home


@pytest.fixture
def session(home: RunningHome) -> Session:
    """A sign-in of this test's own: one that others share may have locked itself meanwhile."""
    return home.session(patience=30)


@pytest.fixture(scope="session")
def people() -> Canaries:
    return Canaries("those who come while the server dies")


@pytest.fixture
def chain(
    programme: Any,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Any:
    """Two organisations' chains, made by real actions, with anchors of their own; gives the first."""
    from tests.faults.chains import a_chain

    settings.HOME = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        return a_chain(programme)


@pytest.fixture
def undone() -> Callable[[], AbstractContextManager[None]]:
    """Return a context in which the table is writable and after which everything is as it was."""
    from tests.faults.chains import undone

    return undone

"""The process that serves is made ready so that nobody waits for what could be done before."""

import gc
from collections.abc import Iterator

import pytest

from kimbilio.config.wsgi import leave_out_of_collections


@pytest.fixture
def thawed() -> Iterator[None]:
    """Let this process collect everything again afterwards."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_is_loaded_when_serving_begins_is_not_looked_through_for_garbage() -> None:
    loaded = {"address": ["page"]}
    assert any(one is loaded for one in gc.get_objects())
    leave_out_of_collections()
    assert not any(one is loaded for one in gc.get_objects())
    assert loaded == {"address": ["page"]}

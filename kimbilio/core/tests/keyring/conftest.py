"""A home with keys, thrown away after each test."""

from uuid import uuid4

import pytest

from kimbilio.core.keyring import Keyring, create_keyring
from kimbilio.core.tests.keyring.probes import CHEAP, PASSPHRASE


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def root_key(home):
    return create_keyring(home, PASSPHRASE, cost=CHEAP)


@pytest.fixture
def keyring(home, root_key):
    keyring = Keyring(home, root_key)
    yield keyring
    keyring.close()


@pytest.fixture
def another(home, root_key):
    """The same file, opened a second time, as another process would."""
    another = Keyring(home, root_key)
    yield another
    another.close()


@pytest.fixture
def org(keyring):
    org = uuid4()
    keyring.add_organisation(org)
    return org

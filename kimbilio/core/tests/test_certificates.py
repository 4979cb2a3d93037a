"""Certificates: what the authority may vouch for, what opens its key, and what a device finds in them."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from kimbilio.core.encryption import CannotUnseal, random_key
from kimbilio.core.encryption.certificates import (
    LEAF_LASTS,
    ends_on,
    fingerprint_of,
    is_private_address,
    is_private_name,
    make_authority,
    make_leaf,
    names_in,
)

NAMES = ["kituo.local", "localhost", "127.0.0.1", "192.168.1.20"]


@pytest.fixture
def key():
    return random_key()


@pytest.fixture
def authority(key):
    return make_authority(key)


def test_a_leaf_is_for_the_names_given_and_lasts_a_month(authority, key):
    leaf = make_leaf(authority, key, names=NAMES)
    assert names_in(leaf.chain) == set(NAMES)
    assert timedelta(0) < ends_on(leaf.chain) - datetime.now(UTC) <= LEAF_LASTS


@pytest.mark.parametrize("name", ["kimbilio.org", "8.8.8.8", "local.example.com", "evil"])
def test_nothing_that_may_be_somebody_elses_is_vouched_for(authority, key, name):
    assert not is_private_name(name)
    assert not is_private_address(name)
    with pytest.raises(ValueError, match="not private"):
        make_leaf(authority, key, names=[name])


def test_the_authoritys_key_opens_with_the_right_key_alone_and_lies_nowhere_readable(authority, key):
    with pytest.raises(CannotUnseal):
        make_leaf(authority, random_key(), names=NAMES)
    assert b"PRIVATE" not in authority.certificate + authority.sealed_key


def test_the_servers_key_does_not_show_where_a_leaf_is_printed(authority, key):
    assert "PRIVATE" not in repr(make_leaf(authority, key, names=NAMES))


def test_a_fingerprint_is_of_the_certificate_and_in_pairs(authority):
    assert len(authority.fingerprint.split(":")) == 32
    assert authority.fingerprint == fingerprint_of(authority.certificate)


def test_an_authority_may_vouch_for_servers_alone(authority):
    asked = x509.load_pem_x509_certificate(authority.certificate).extensions
    uses = asked.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(uses) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_an_authority_that_was_made_by_a_clock_that_ran_ahead_is_trusted_today(key, tmp_path):
    ahead = make_authority(key, now=datetime.now(UTC) + timedelta(days=730))
    assert _handshake(ahead.certificate, make_leaf(ahead, key, names=NAMES), "kituo.local", tmp_path) == ""


@pytest.mark.parametrize("name", ["kituo.local", "127.0.0.1"])
def test_a_device_that_trusts_the_authority_trusts_the_leaf(authority, key, name, tmp_path):
    assert _handshake(authority.certificate, make_leaf(authority, key, names=NAMES), name, tmp_path) == ""


def test_a_device_refuses_another_name_another_authority_and_a_leaf_that_ended(authority, key, tmp_path):
    leaf = make_leaf(authority, key, names=NAMES)
    assert "mismatch" in _handshake(authority.certificate, leaf, "other.local", tmp_path).lower()
    assert _handshake(make_authority(key).certificate, leaf, "kituo.local", tmp_path)
    old = make_leaf(authority, key, names=NAMES, now=datetime.now(UTC) - 2 * LEAF_LASTS)
    assert "expired" in _handshake(authority.certificate, old, "kituo.local", tmp_path)


def _handshake(trusted, leaf, name, folder) -> str:
    """Return why a device that trusts this certificate refuses the leaf under this name; '' where it does not."""
    (folder / "chain.pem").write_bytes(leaf.chain)
    (folder / "key.pem").write_bytes(leaf.key)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    device = ssl.create_default_context(cadata=trusted.decode())
    ours, theirs = socket.socketpair()
    answering = threading.Thread(target=_answer, args=(serving, ours))
    answering.start()
    try:
        with device.wrap_socket(theirs, server_hostname=name):
            return ""
    except ssl.SSLError as refused:
        return str(refused)
    finally:
        theirs.close()
        answering.join(10)


def _answer(serving, connection) -> None:
    try:
        with serving.wrap_socket(connection, server_side=True):
            pass
    except OSError:
        connection.close()

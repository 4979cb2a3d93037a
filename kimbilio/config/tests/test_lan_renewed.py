"""What a local network needs goes on: a helper that ended, an authority that is damaged."""

from urllib.request import urlopen

import pytest

from kimbilio.config import lan
from kimbilio.config.examination import _network
from kimbilio.config.lan import Network
from kimbilio.config.tests.test_lan import _free
from kimbilio.core.encryption import random_key
from kimbilio.core.encryption.certificates import names_in
from kimbilio.safekeeping.authority import (
    CERTIFICATE,
    KEY,
    SHOWN,
    AuthorityDamaged,
    authority_of,
    new_leaf,
)
from kimbilio.safekeeping.joining import Place


def test_a_helper_that_ended_is_started_again_and_that_is_said(tmp_path, capsys):
    place = Place("kituo", _free())
    serving = Network(tmp_path, random_key(), place, host="127.0.0.1")
    try:
        serving._helper.kill()
        serving._helper.wait()
        serving.look()
        assert "served again" in capsys.readouterr().err
        with urlopen(f"http://127.0.0.1:{place.helper_port}/", timeout=10) as answer:
            assert answer.status == 200
        serving.look()
        assert capsys.readouterr().err == ""
    finally:
        serving.close()


def test_a_damaged_authority_is_said_once_and_tried_again(tmp_path, capsys, monkeypatch):
    hung_up = []
    monkeypatch.setattr(lan, "_have_server_read_it", lambda: hung_up.append(1))
    serving = Network(tmp_path, random_key(), Place("kituo", _free()), host="127.0.0.1")
    try:
        whole = (tmp_path / KEY).read_bytes()
        (tmp_path / KEY).write_bytes(b"damaged")
        (tmp_path / SHOWN).write_bytes(b"damaged too")
        serving.look()
        assert "do not belong together" in capsys.readouterr().err
        serving.look()
        assert capsys.readouterr().err == ""
        assert hung_up == []
        (tmp_path / KEY).write_bytes(whole)
        serving.look()
        assert "kituo.local" in names_in((tmp_path / SHOWN).read_bytes())
        assert len(hung_up) == 1
    finally:
        serving.close()


def test_the_doctor_says_that_the_authority_is_damaged(tmp_path):
    root_key = random_key()
    assert _network(tmp_path, root_key).ok
    authority_of(tmp_path, root_key)
    assert _network(tmp_path, root_key).ok
    (tmp_path / CERTIFICATE).write_bytes(b"damaged")
    assert not _network(tmp_path, None).ok
    (tmp_path / CERTIFICATE).unlink()
    assert "do not belong together" in _network(tmp_path, None).todo


def test_the_doctor_says_that_the_authority_has_a_damaged_key_or_another_one(tmp_path):
    root_key, other = random_key(), tmp_path / "another"
    other.mkdir()
    authority_of(tmp_path, root_key)
    authority_of(other, root_key)
    whole = (tmp_path / KEY).read_bytes()
    for damaged in (
        b"",
        whole[:-1],
        whole[:40] + bytes([whole[40] ^ 1]) + whole[41:],
        (other / KEY).read_bytes(),
    ):
        (tmp_path / KEY).write_bytes(damaged)
        found = _network(tmp_path, root_key)
        assert not found.ok
        assert "are damaged" in found.todo
        with pytest.raises(AuthorityDamaged):
            new_leaf(tmp_path, root_key, ["localhost"])
    (tmp_path / KEY).write_bytes(whole)
    assert _network(tmp_path, root_key).ok
    assert not _network(tmp_path, random_key()).ok

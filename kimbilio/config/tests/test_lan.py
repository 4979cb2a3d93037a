"""Serving a network: names, the home's authority, and the pages that lead other devices here."""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import time_machine

from kimbilio.accounts.roles import Role
from kimbilio.config import joining_process
from kimbilio.config.command_line.network import add_options, where
from kimbilio.config.command_line.saying import Failed
from kimbilio.config.lan import Network
from kimbilio.core.encryption import random_key
from kimbilio.core.encryption.certificates import names_in
from kimbilio.core.refusals import Refused
from kimbilio.safekeeping import network
from kimbilio.safekeeping.authority import (
    CERTIFICATE,
    KEY,
    SHOWN,
    AuthorityDamaged,
    authority_of,
    is_due,
    new_leaf,
)
from kimbilio.safekeeping.joining import Place, in_lines
from kimbilio.safekeeping.network import NoSuchName, local_name, own_names


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("kituo", "kituo.local"),
        ("Kituo.Local", "kituo.local"),
        ("mto.lan", "mto.lan"),
        ("localhost", "localhost"),
    ],
)
def test_one_word_is_enough_for_a_name(given, name):
    assert local_name(given) == name


@pytest.mark.parametrize("given", ["bad name", "kituo!", "-a", "a" * 64, "kimbilio.org", "10.0.0.1", "."])
def test_a_name_that_cannot_be_is_refused_in_a_sentence(given):
    with pytest.raises(NoSuchName, match=r"\.$"):
        local_name(given)


def test_on_no_network_there_is_still_the_name_and_the_machine_itself(monkeypatch):
    for way in ("_by_interface", "_by_way", "_by_own_name"):
        monkeypatch.setattr(network, way, lambda: iter(["127.0.0.1", "0.0.0.0", "8.8.8.8"]))
    assert own_names("kituo") == ["kituo.local", "localhost", "127.0.0.1"]


def test_the_authority_is_made_once_and_its_key_opens_for_this_home_alone(tmp_path):
    key = random_key()
    first = authority_of(tmp_path, key)
    assert authority_of(tmp_path, key) == first
    with pytest.raises(AuthorityDamaged):
        new_leaf(tmp_path, random_key(), ["localhost"])
    (tmp_path / KEY).unlink()
    with pytest.raises(AuthorityDamaged, match="Put both back"):
        authority_of(tmp_path, key)


def test_no_file_of_the_home_holds_a_readable_key(tmp_path):
    leaf = new_leaf(tmp_path, random_key(), ["localhost"])
    assert b"PRIVATE KEY" in leaf.key
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(files) == {CERTIFICATE, KEY, SHOWN}
    assert not [name for name, content in files.items() if b"PRIVATE" in content]


def test_another_address_or_the_end_of_its_life_makes_it_due(tmp_path):
    new_leaf(tmp_path, random_key(), ["localhost", "192.168.1.5"])
    assert not is_due(tmp_path, ["192.168.1.5", "localhost"])
    assert is_due(tmp_path, ["localhost", "192.168.7.9"])


def test_what_was_made_by_a_clock_that_ran_ahead_is_due_once_the_clock_is_right(tmp_path):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=730)):
        new_leaf(tmp_path, random_key(), ["localhost"])
        assert not is_due(tmp_path, ["localhost"])
    assert is_due(tmp_path, ["localhost"])


def test_a_clock_that_stands_in_the_past_is_said_before_devices_refuse_us(tmp_path):
    with time_machine.travel(datetime(1970, 1, 2, tzinfo=UTC)), pytest.raises(Refused, match="1970-01-02"):
        Network(tmp_path, random_key(), Place("kituo", _free()), host="127.0.0.1")
    assert list(tmp_path.iterdir()) == []


def test_the_key_of_the_server_is_read_from_a_pipe_as_often_as_it_is_asked_for(tmp_path):
    serving = Network(tmp_path, random_key(), Place("kituo", _free()), host="127.0.0.1")
    try:
        given = serving.for_server()
        assert Path(given["ssl_key"]).is_fifo()
        for _time in range(2):
            assert b"PRIVATE KEY" in Path(given["ssl_key"]).read_bytes()
        assert "kituo.local" in names_in(given["ssl_cert"].read_bytes())
    finally:
        serving.close()


def test_the_page_for_new_devices_has_both_languages_the_fingerprint_and_nothing_else(tmp_path):
    place = Place("kituo", _free())
    serving = Network(tmp_path, random_key(), place, host="127.0.0.1")
    try:
        at = f"http://127.0.0.1:{place.helper_port}"
        with urlopen(f"{at}/", timeout=10) as answer:
            page = answer.read().decode()
            assert "Set-Cookie" not in answer.headers
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert [page.count(line) for line in in_lines(serving.authority.fingerprint)] == [2] * 4
        assert 'lang="sw"' in page
        assert "Fetch the certificate" in page
        with urlopen(f"{at}{joining_process.CERTIFICATE}", timeout=10) as answer:
            assert answer.read()[:1] == b"\x30"
        for path in ("/sign-in", "/../passphrase.json", "/kimbilio.crt/x"):
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"{at}{path}", timeout=10)
    finally:
        serving.close()


def test_with_another_address_everything_is_made_anew_and_said(tmp_path, monkeypatch, capsys):
    place = Place("kituo", _free())
    serving = Network(tmp_path, random_key(), place, host="127.0.0.1")
    try:
        assert not serving.renew_if_due()
        first = Path(serving.for_server()["ssl_key"]).read_bytes()
        monkeypatch.setattr(network, "_by_way", lambda: iter(["192.168.44.5"]))
        assert serving.renew_if_due()
        assert serving.help_again()
        given = serving.for_server()
        assert "192.168.44.5" in names_in(given["ssl_cert"].read_bytes())
        assert Path(given["ssl_key"]).read_bytes() != first
        assert f"https://192.168.44.5:{place.port}/" in capsys.readouterr().out
        with urlopen(f"http://127.0.0.1:{place.helper_port}/", timeout=10) as answer:
            assert "192.168.44.5" in answer.read().decode()
        assert not serving.renew_if_due()
        assert not serving.help_again()
    finally:
        serving.close()


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    place = Place("kituo", _free())
    serving = Network(tmp_path, random_key(), place, host="127.0.0.1")
    try:
        (tmp_path / "other").mkdir()
        with pytest.raises(Refused, match=f"port {place.helper_port}"):
            Network(tmp_path / "other", random_key(), place, host="127.0.0.1")
    finally:
        serving.close()


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.REPORT_READER])
def test_how_to_join_is_shown_to_everybody_signed_in(sign_in, settings, tmp_path, role):
    authority = authority_of(tmp_path, random_key())
    settings.LAN, settings.HOME = Place("kituo", 8443), tmp_path
    page = sign_in(role).get("/join").content.decode()
    assert all(line in page for line in in_lines(authority.fingerprint))
    assert "https://kituo.local:8443/" in page
    assert page.count("data:image/svg+xml") == 2


def test_where_this_machine_alone_is_served_the_page_says_how_to_change_that(sign_in):
    assert "kimbilio run --lan" in sign_in(Role.DESK_OFFICER).get("/join").content.decode()


def test_strangers_see_how_to_act_in_trouble_but_not_whom_to_call(client, db, sign_in, settings):
    settings.CALL_FIRST = ["Amina Otieno, lawyer, 0700 000 000"]
    assert "Amina" not in client.get("/trouble").content.decode()
    assert "Amina" in sign_in(Role.PEER_EDUCATOR).get("/trouble").content.decode()


_CHECK = """
import os, django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
from django.conf import settings
import json
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_the_settings_for_a_network_pass_djangos_own_check_and_trust_no_header(tmp_path):
    told = {"KIMBILIO_HOME": str(tmp_path), "KIMBILIO_LAN": "true", "KIMBILIO_LAN_NAME": "kituo"}
    done = subprocess.run(
        [sys.executable, "-c", _CHECK],
        env=os.environ | told | {"DJANGO_SETTINGS_MODULE": "kimbilio.config.settings"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert "kituo.local" in found["ALLOWED_HOSTS"]
    assert "*" not in found["ALLOWED_HOSTS"]


def _free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("typed", "said"),
    [(["--lan", "--name", "bad name"], "cannot be a name"), (["--name", "kituo"], "goes with --lan")],
)
def test_what_cannot_be_served_is_said_before_anything_is_opened(typed, said):
    reader = argparse.ArgumentParser()
    add_options(reader)
    with pytest.raises(Failed, match=said):
        where(reader.parse_args(typed))


def test_without_lan_it_is_served_as_before_and_with_it_to_every_network():
    reader = argparse.ArgumentParser()
    add_options(reader)
    assert where(reader.parse_args([])) == {"host": "127.0.0.1", "port": 8000, "lan": None}
    assert where(reader.parse_args(["--host", "::1", "--port", "9"])) == {
        "host": "::1",
        "port": 9,
        "lan": None,
    }
    served = where(reader.parse_args(["--lan", "--name", "kituo"]))
    assert served == {"host": "0.0.0.0", "port": 8443, "lan": Place("kituo", 8443)}

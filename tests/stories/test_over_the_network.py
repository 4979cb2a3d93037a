"""How devices on the local network are spoken to: TLS 1.3, this authority's certificate, cookies for this host."""

import socket
import ssl
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.lan import LanHome

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with LanHome(tmp_path_factory.mktemp("network") / "running") as home:
        yield home


def spoken_with(home: LanHome, trust: ssl.SSLContext) -> str:
    """Shake hands with the server, and return what was agreed on."""
    at = urlsplit(home.url)
    with (
        socket.create_connection((at.hostname, at.port), timeout=10) as line,
        trust.wrap_socket(line, server_hostname=at.hostname) as safe,
    ):
        return str(safe.version())


def test_the_newest_encryption_is_spoken_and_no_older_one(home):
    assert spoken_with(home, home.trust) == "TLSv1.3"
    older = ssl.create_default_context(cafile=str(home.home / "authority.pem"))
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        spoken_with(home, older)


def test_a_device_that_does_not_trust_the_authority_refuses(home):
    with pytest.raises(ssl.SSLCertVerificationError):
        spoken_with(home, ssl.create_default_context())


def test_cookies_are_for_this_host_over_https_alone_and_the_browser_is_told_to_stay(home):
    with urlopen(f"{home.url}/sign-in", timeout=10, context=home.trust) as answer:
        cookies = answer.headers.get_all("Set-Cookie")
        stays = answer.headers["Strict-Transport-Security"]
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {
            part.strip() for part in cookie.split(";")
        }
    assert "max-age=31536000" in stays


def asked_without_https(home: LanHome) -> int:
    """Ask for a page without HTTPS, and return its status."""
    at = urlsplit(home.url)
    with closing(HTTPConnection(at.hostname, at.port, timeout=10)) as line:
        line.request("GET", "/sign-in")
        return line.getresponse().status


def test_without_https_there_is_no_page(home):
    with pytest.raises((HTTPException, OSError)):
        asked_without_https(home)

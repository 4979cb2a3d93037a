"""The network breaks off in the middle of an answer, after any byte: sent again, nothing is lost and nothing twice."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from tests.browsing import Session
from tests.faults import soundness
from tests.faults.story import Story
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

LONGEST = 4096
A_FEW = 45


class CuttingProxy:
    """Passes requests on to a home, and of each answer only so many bytes."""

    def __init__(self, port: int) -> None:
        self.home, self.after, self.was_cut, self.longest = port, 0, False, 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more requests."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                with browser, suppress(OSError):
                    self._pass_on(browser)

    def _pass_on(self, browser: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.home)) as server:
            server.sendall(_whole_request(browser))
            left, length, self.was_cut = self.after, 0, False
            # To its end also where nobody gets it: the home must have done what it was asked.
            for part in _answer(server):
                browser.sendall(part[:left])
                self.was_cut |= left < len(part)
                left -= min(left, len(part))
                length += len(part)
            self.longest = max(self.longest, length)


def _whole_request(browser: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += browser.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += browser.recv(65536)
    return b"\r\n".join([head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1), b"", body])


def _answer(server: socket.socket) -> Iterator[bytes]:
    while part := server.recv(65536):
        yield part


def survives_cuts(cuts: range, home: RunningHome, session: Session, people: Canaries) -> int:
    """Tell stories, each form's answer cut after the next number of bytes and the form sent again; how many broke.

    Up to the longest answer that came; there must be none that the cuts do not reach.
    """
    left, broken = list(cuts), 0
    with closing(CuttingProxy(home.port)) as proxy:
        cut = Session(proxy.url, patience=30)
        cut.cookies = dict(session.cookies)
        while left:
            story = Story(people)
            for step in story.steps:
                proxy.after = left.pop(0) if left else LONGEST
                with suppress(OSError, http.client.HTTPException):
                    cut.post(step.path.format(code=story.code), step.fields)
                broken += proxy.was_cut
                story.send(session, step)
            assert story.found(session) == [story.code]
            soundness.check_once(home, story)
            left = [cut for cut in left if cut < proxy.longest]
        assert proxy.longest < LONGEST
    return broken


@pytest.mark.parametrize(
    "cuts",
    [
        pytest.param(range(0, 1800, 1800 // A_FEW), marks=pytest.mark.kill, id="a few"),
        pytest.param(range(0, LONGEST, 2), marks=pytest.mark.soak, id="every even byte"),
        pytest.param(range(1, LONGEST, 2), marks=pytest.mark.soak, id="every odd byte"),
    ],
)
def test_a_form_whose_answer_was_cut_is_saved_once(
    cuts: range, home: RunningHome, session: Session, people: Canaries
) -> None:
    assert survives_cuts(cuts, home, session, people) > 10
    soundness.check_home(home)

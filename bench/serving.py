"""The real server on a home that was made for measuring: `kimbilio run` in a process of its own."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

from bench.home import PASSPHRASE
from bench.run import ROOT

_RUN = "import sys; sys.argv[0] = 'kimbilio'; from kimbilio.config.command_line import main; sys.exit(main())"
_PATIENCE = 60


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """Serve until this is over, and give the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-c", _RUN, "run", "--port", str(port)]
    own = environment | {"KIMBILIO_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(_PATIENCE)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("The server does not answer.")

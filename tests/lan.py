"""A demo home served to a local network over HTTPS, and devices that trust its authority and nothing else."""

import ssl
import subprocess
import time
from functools import cached_property
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.running import KIMBILIO, ROOT, RunningHome

NAME = "kituo"
PEOPLE = 12
DEMO_PASSWORD = "walk-with-people-7342"
DESK, LIAISON, MANAGER = "wanja", "mwende", "achieng"


class LanHome(RunningHome):
    """What `kimbilio demo` makes, served by `kimbilio run --lan` under 127.0.0.1, and certified for it."""

    def _make(self) -> None:
        """Make the demo, and stop it again."""
        self.username, self.password, self.url = DESK, DEMO_PASSWORD, f"https://127.0.0.1:{self.port}"
        command = [*KIMBILIO, "demo", "--people", str(PEOPLE), "--port", str(self.port)]
        self._begin(command, f"http://127.0.0.1:{self.port}", None)
        self.stop()

    def start(self) -> None:
        """Serve the network, and return once a page answers a device that trusts the authority."""
        command = [*KIMBILIO, "run", "--lan", "--name", NAME, "--host", "127.0.0.1", "--port", str(self.port)]
        self._begin(command, self.url, lambda: self.trust)

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """Return what a device trusts that took this home's certificate in: no other authority."""
        return ssl.create_default_context(cafile=str(self.home / "authority.pem"))

    def visitor(self, **options: Any) -> Any:
        """Return a device that is not signed in; `source` is its address."""
        return super().visitor(trust=self.trust, **options)

    def _begin(self, command: list[str], url: str, trust: Any) -> None:
        with self.stdout.open("ab") as out, self.stderr.open("ab") as err:
            self.server = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.server.poll() is None:
            try:
                with urlopen(f"{url}/healthz", timeout=5, context=trust() if trust else None):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The server does not answer:\n{self.stderr.read_text()}")

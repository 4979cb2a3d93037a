"""A real home, served by a real `kimbilio run` on a free loopback port, and a browser's part of the talk with it.

    with RunningHome(tmp_path / "running") as home:
        desk = home.session("desk_officer")
        page = desk.submit("/register", first="Amani", sex="female", consent="on", manner="spoken")

There is one member of staff per role, named after it. `RunningHome(folder, copy_of=other)` starts from a
copy of a home that was stopped, which is much faster than making one.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.error import URLError

from tests.browsing import Session

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "seven quiet boats upon the lake"
PASSWORD = "a long walk by the river 91"
ADMINISTRATOR = "first.administrator"
ROLES = (
    "peer_educator outreach_worker desk_officer counsellor paralegal mat_liaison me_officer "
    "programme_manager administrator report_reader"
).split()
SITE = "Karuri safe space"
INIT = ["init", "--organisation", "Safe Space Programme", "--county", "Kiambu", "--site", SITE]
INIT += ["--clinic", "Karuri MAT clinic", "--admin", ADMINISTRATOR]
_COMMAND = """
import sys
sys.argv[0] = "kimbilio"
from kimbilio.config.command_line import main
sys.exit(main())
"""
# A home that is made for a test is opened often: its passphrase is cheap to try, as its own file says from then on.
_SEVERAL_COMMANDS = """
import json, sys
from kimbilio.core.encryption import PassphraseCost
from kimbilio.core.keyring import create_keyring
create_keyring.__kwdefaults__["cost"] = PassphraseCost(iterations=1, memory_kib=64)
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.config.command_line.commands import run
sys.exit(max(run(arguments) for arguments in json.loads(sys.stdin.read())))
"""
KIMBILIO = [sys.executable, "-c", _COMMAND]
# In one process, since starting one takes most of the time.
SEVERAL = [sys.executable, "-c", _SEVERAL_COMMANDS]
_PATIENCE = 120


class RunningHome:
    """One home folder with its own temporary folder and logs, and the server that serves it."""

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str = "",
        copy_of: "RunningHome | None" = None,
        settings: Mapping[str, str] | None = None,
        demo: bool = False,
        program: Sequence[str] = KIMBILIO,
    ) -> None:
        self.folder, self.home, self.temporary = folder, folder / "home", folder / "tmp"
        self.stdout, self.stderr = folder / "stdout.log", folder / "stderr.log"
        self.program = program
        self.username, self.password = "desk_officer", PASSWORD
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None
        self.database_url = database_url
        self.temporary.mkdir(parents=True)
        self.environment = self._environment(database_url, settings or {})
        if copy_of is not None:
            shutil.copytree(copy_of.home, self.home)
        else:
            self._make()
        if demo:  # a demo home asks nobody for a second step
            (self.home / "demo-home").write_text("This home holds fictional people only.\n")

    def _environment(self, database_url: str, settings: Mapping[str, str]) -> dict[str, str]:
        own = {"KIMBILIO_HOME": str(self.home), "KIMBILIO_PASSPHRASE": PASSPHRASE} | dict(settings)
        if database_url:
            own["KIMBILIO_DATABASE_URL"] = database_url
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KIMBILIO_", "DJANGO_", "PYTEST_"))
        }
        return inherited | {"TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)} | own

    def _make(self) -> None:
        """Make the home, with one member of staff per role."""
        add = [["user", "add", role, "--role", role, "--name", f"Staff {role}"] for role in ROLES]
        passwords = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
        self.several(INIT, *add, environment=passwords)

    def several(self, *commands: list[str], environment: Mapping[str, str] | None = None) -> str:
        """Run several commands in one process; they must all succeed."""
        done = subprocess.run(
            SEVERAL,
            cwd=ROOT,
            env=self.environment | dict(environment or {}),
            input=json.dumps(commands),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one `kimbilio` command on this home and return what came of it."""
        return subprocess.run(
            [*KIMBILIO, *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def __enter__(self) -> "RunningHome":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve, and return once a page answers."""
        with self.stdout.open("ab") as out, self.stderr.open("ab") as err:
            self.server = subprocess.Popen(
                [*self.program, "run", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        """Return once a page answers; fails, with what the server said, when none does for long."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                if self.server is None or self.server.poll() is not None:
                    break
                time.sleep(0.03)
        raise AssertionError(f"The server does not answer:\n{self.stderr.read_text()}")

    def stop(self) -> None:
        """Stop serving, as Ctrl+C would."""
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
            self.server = None

    def kill(self) -> None:
        """Kill the server and the process that serves for it, without a moment's warning."""
        if self.server is not None:
            # The server leads a session of its own, so its group holds nothing else.
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(_PATIENCE)
            self.server = None

    def restart(self) -> None:
        """Serve again at the same address, after a stop or a kill."""
        self.stop()
        self.start()

    def serving_process(self) -> int:
        """Return the id of the process that answers requests: the only child of the one that was started."""
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return int(children[-1])

    def session(self, username: str = "", **options: Any) -> Session:
        """Return a signed-in session: of the desk officer, or of the staff of another role."""
        session = self.visitor(**options)
        session.sign_in(str(username or self.username), self.password)
        return session

    def visitor(self, **options: Any) -> Session:
        """Return a session that is not signed in."""
        return Session(self.url, **options)

    @contextmanager
    def database(self) -> Iterator[Any]:
        """Give a connection to the tables as they stand, past every rule of the product (and past its cipher)."""
        with closing(self._connection()) as connection:
            yield connection

    def rows(self, query: str) -> list[Any]:
        """Return what a query finds in the tables."""
        with self.database() as connection:
            return list(connection.execute(query).fetchall())

    def _connection(self) -> Any:
        if self.database_url:
            import psycopg

            return psycopg.connect(self.database_url, autocommit=True)
        return self.open_file("kimbilio.db", "database")

    def open_file(self, name: str, purpose: str) -> Any:
        """Return a connection to an encrypted file of the home."""
        from sqlcipher3 import dbapi2

        from kimbilio.core.encryption import derive
        from kimbilio.core.sqlcipher.connection import give_key

        connection = dbapi2.connect(str(self.home / name), isolation_level=None, timeout=20)
        give_key(connection, derive(self._root_key, purpose))
        return connection

    @cached_property
    def _root_key(self) -> bytes:
        from kimbilio.core.keyring import unlock

        return unlock(self.home, PASSPHRASE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

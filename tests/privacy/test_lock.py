"""After a lock: no process that held the keys lives, no cookie opens anything again, and nothing readable is left."""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Session
from tests.running import RunningHome

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into other processes' memory"),
    pytest.mark.long_on_postgresql,
]
NAME = "Kwakanaritumbo"
_CHUNK = 1 << 24


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[RunningHome]:
    folder = tmp_path_factory.mktemp("lock") / "running"
    running = RunningHome(folder, database_url=postgresql.get_uri() if postgresql else "")
    yield running
    running.kill()


@pytest.fixture
def home(shared: RunningHome) -> RunningHome:
    """The home, served: started again where the test before closed it."""
    if shared.server is None:
        shared.start()
    return shared


@pytest.fixture
def at_work(home: RunningHome) -> Session:
    """Somebody at the desk who has a name on the screen; so it is in the memory of the process that serves."""
    desk = home.session("desk_officer")
    made = desk.submit("/register", first=NAME, sex="female", consent="on", manner="spoken", confirm_new="on")
    assert made.status == 302, made.text
    person = desk.follow(made)
    assert NAME in desk.post(f"{person.path}/name", {}).text
    return desk


def test_before_the_lock_the_keys_and_the_name_are_in_memory(home, at_work):
    assert _found_in_memory(home) == {"root key", "name"}


@pytest.mark.parametrize("by", ["command", "page", "killing"])
def test_after_a_lock_nothing_of_it_is_left(home, at_work, by):
    colleague = home.session("counsellor")
    assert colleague.get("/account").status == 200
    _lock(home, by, at_work)
    home.server.wait(10)
    home.server = None
    _wait_until_gone(home)
    assert _found_in_memory(home) == set()
    with pytest.raises(OSError, match=r"refused|reset"):
        home.visitor().get("/healthz")
    key = home._root_key
    assert _files_with(home, [NAME.encode(), NAME.lower().encode(), key, key.hex().encode()]) == []
    home.start()
    for browser in (at_work, colleague):
        assert browser.get("/account").header("Location").startswith("/sign-in")
    assert home.session("desk_officer").get("/account").status == 200
    assert home.command("audit", "verify").returncode == 0


def test_locking_what_does_not_run_is_no_error_and_needs_no_passphrase(home):
    home.stop()
    done = home.command("lock", "--json", KIMBILIO_PASSPHRASE="not the one at all")
    assert done.returncode == 0
    assert '"ended": 0' in done.stdout
    assert "was not running" in done.stderr


def _lock(home: RunningHome, by: str, somebody: Session) -> None:
    if by == "page":
        answer = somebody.send(somebody.get("/close").form("/close"), "/close")
        assert answer.status == 200
        assert "Kimbilio is closed" in answer.text
        return
    if by == "killing":  # a lock that was cut short: the mark is on the disk, and the machine lost its power
        (home.home / "closed").write_text("cut short")
        os.killpg(home.server.pid, 9)
        return
    done = home.command("lock", "--json", KIMBILIO_PASSPHRASE="")
    assert done.returncode == 0, done.stderr
    assert '"left": []' in done.stdout


def _wait_until_gone(home: RunningHome) -> None:
    """Return once nothing lives that was started for this home; the command that ended the rest may be the last."""
    until = time.monotonic() + 10
    while _living(home):
        assert time.monotonic() < until, _living(home)
        time.sleep(0.05)


def _living(home: RunningHome) -> list[int]:
    """The processes that were started for this home, as their environment tells, and still live."""
    wanted = f"KIMBILIO_HOME={home.home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _found_in_memory(home: RunningHome) -> set[str]:
    """What of the keys and the name stands in the memory of any process that was started for this home."""
    wanted = {"root key": home._root_key, "name": NAME.encode()}
    found: set[str] = set()
    for process in _living(home):
        for piece in _memory(process):
            found |= {what for what, value in wanted.items() if value in piece}
    return found


def _memory(process: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            parts = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if parts is None:
                continue
            start, end = (int(number, 16) for number in parts.groups())
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    yield memory.read(min(_CHUNK, end - at))
                except OSError:
                    break


def _files_with(home: RunningHome, values: list[bytes]) -> list[str]:
    """The files of the home, its temporary folder and its logs in which one of these stands readable."""
    files = [path for path in home.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(value in path.read_bytes() for value in values)]

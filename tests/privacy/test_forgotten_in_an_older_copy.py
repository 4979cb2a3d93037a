"""A person is forgotten over HTTP, and the file of before is put back beside today's keys: nothing of them opens."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.privacy.canaries import Canaries
from tests.privacy.scanner import Scanner
from tests.privacy.test_canaries_in_books import Books
from tests.running import PASSPHRASE, ROOT, RunningHome

# Opens a home with its passphrase, and prints everything that any of its keys opens.
_READ_ALL = """
import sys
from dataclasses import dataclass
from pathlib import Path
from kimbilio.config.opening import open_with_passphrase, set_up_django
set_up_django()
open_with_passphrase(Path(sys.argv[1]), sys.argv[2])
from tests.privacy.erased import every_text
sys.stdout.write("\\n".join(every_text()))
"""


def readable(home: RunningHome, scanner: Scanner) -> set[str]:
    """What of these canaries anybody can read who has the home and its passphrase."""
    read = subprocess.run(
        [sys.executable, "-c", _READ_ALL, str(home.home), PASSPHRASE],
        cwd=ROOT,
        env=home.environment,
        capture_output=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr.decode()
    assert b"Staff programme_manager" in read.stdout
    return scanner.found_in(read.stdout)


def data_of(home: RunningHome, to: Path) -> None:
    """Copy the data, and the data alone, as a backup would; nobody serves meanwhile."""
    to.mkdir()
    for file in home.home.glob("kimbilio.db*"):
        shutil.copy(file, to)


def put_data_back(home: RunningHome, kept: Path) -> None:
    for file in home.home.glob("kimbilio.db*"):
        file.unlink()
    for file in kept.iterdir():
        shutil.copy(file, home.home)


@dataclass(frozen=True)
class Known:
    """Somebody whom the desk came to know."""

    code: str
    names: list[str]
    number: str


def welcomed(home: RunningHome, new: Canaries) -> Known:
    """Register somebody at the desk, and add whatever can be added of who they are."""
    desk, names, number = home.session(), [new.word(), new.word(), new.word()], new.number()
    typed = dict(zip(("first", "middle", "last"), names, strict=True)) | {
        "nickname": new.word(),
        "phone": new.phone(),
        "number_kind": "old_code",
        "number": number,
        "born": "1990",
    }
    given = {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on"}
    made = desk.submit("/register", **typed, **given)
    assert made.status == 302, made.text
    page = made.header("Location")
    contact = {"name": new.word(), "relationship": new.word(), "phone": new.phone()}
    for what, more in (("where", {"where": new.note(3)}), ("contact", contact)):
        assert desk.submit(f"{page}/{what}", **more).status == 302
    return Known(page.removeprefix("/p/"), names, number)


def in_old_books(home: RunningHome, person: Known, new: Canaries, others: Canaries) -> None:
    """Take a line list in that tells of the person and has a line of theirs that waits; leave another not taken in."""
    books = Books(home.session("mat_liaison"), new)
    theirs, nobodys = books.person(person.number), books.person("")
    theirs[1:4] = nobodys[1:4] = person.names
    other = Books(books.desk, others).person(others.number())
    books.taken_in(books.chosen(f"{' '.join(person.names)}.csv", [theirs, nobodys, other]))
    books.chosen(f"{new.word()}.csv", [theirs, nobodys])


@pytest.mark.soak
def test_nothing_of_them_opens_in_the_file_of_before_and_others_are_still_read(tmp_path: Path) -> None:
    home, canaries, others = (
        RunningHome(tmp_path / "running", demo=True),
        Canaries("forgotten"),
        Canaries("others"),
    )
    ours, theirs = Scanner(canaries), Scanner(others)
    home.start()
    try:
        person = welcomed(home, canaries)
        in_old_books(home, person, canaries, others)
        home.stop()
        data_of(home, tmp_path / "before")
        assert person.names[-1].lower() in readable(home, ours)
        kept = readable(home, theirs)
        assert kept
        home.start()
        manager = home.session("programme_manager")
        manager.submit("/account/again", password=home.password)
        done = manager.submit(f"/p/{person.code}/rights/end", why="asked", explained="on")
        assert done.header("Location") == "/rights", f"{done.status} {done.text}"
        assert manager.get(f"/p/{person.code}").status == 404
        home.stop()
        assert readable(home, ours) == set()
        put_data_back(home, tmp_path / "before")
        assert readable(home, ours) == set(), "with yesterday's data and today's keys"
        home.start()
        assert home.session("programme_manager").get(f"/p/{person.code}").status == 404
        home.stop()
        assert readable(home, ours) == set()
        assert readable(home, theirs) == kept
    finally:
        home.kill()

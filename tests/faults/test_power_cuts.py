"""The power goes at any moment: what was acknowledged is there, once, whole, whatever else of it reached the disk.

One run of real actions is recorded with every change of the home's files. Then the files are made as a power cut at a
chosen moment would have left them, and opened for real. SQLite set to sync less shows that a loss would be found.
"""

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults.injecting import needs_strace
from tests.faults.power.disk import Call, Contents, Disk, contents_of, write_out
from tests.faults.power.watching import calls_in, watched
from tests.running import INIT, PASSWORD, ROOT, SITE, RunningHome

pytestmark = needs_strace
CUTS_IN_THE_SUITE, CUTS_IN_A_SOAK = 24, 300
KILLS_IN_THE_SUITE, PARTS_OF_A_SOAK = 10, 4
CHANGE_A_FILE = ("create", "write", "cut", "unlink", "rename")


class _Home(RunningHome):
    """A home with the few who are needed: made quickly."""

    def _make(self) -> None:
        add = [
            ["user", "add", role, "--role", role, "--site", SITE]
            for role in ("desk_officer", "programme_manager")
        ]
        passwords = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
        self.several(INIT, *add, environment=passwords)


@dataclass
class Recorded:
    """A run: the files before it, and every call; which marks had been made at which call."""

    home: _Home
    before: Contents
    calls: list[Call]
    marks: list[tuple[int, dict[str, Any]]] = field(init=False)

    def __post_init__(self) -> None:
        told = [(place, call.data) for place, call in enumerate(self.calls) if call.what == "mark"]
        self.marks = [(place, json.loads(data)) for place, data in told]

    def said_before(self, cut: int) -> dict[str, Any]:
        """Return what had been marked when the power went before the so many-th call, and what would come next."""
        states = [(place, said["state"]) for place, said in self.marks if "state" in said]
        steps = [(place, said) for place, said in self.marks if "done" in said]
        done = [said for place, said in steps if place < cut]
        later = [said for place, said in steps if place >= cut]
        return {
            "was": [state for place, state in states if place < cut][-1],
            "next": next((state for place, state in states if place >= cut), ""),
            "is_known": [state for _, state in states],
            "done": done[-1]["done"] if done else -1,
            "rows_next": later[0]["rows"] if later else None,
        }


def recorded(folder: Path, prepared: _Home, weakened: str = "") -> Recorded:
    """Play the script at a copy of a home that was prepared, and check that nothing that was done went unseen."""
    home = _Home(folder, copy_of=prepared)
    (folder / "told.pickle").write_bytes((prepared.folder / "told.pickle").read_bytes())
    before = contents_of(home.home)
    environment = home.environment | {"WEAKENED": weakened}
    done = watched(
        "tests.faults.power.script", "play", home=home.home, environment=environment, trace=folder / "trace"
    )
    assert done.returncode == 0, done.stderr
    calls = calls_in(folder / "trace", home.home)
    (folder / "trace").unlink()
    disk = Disk(before)
    disk.told(calls)
    assert disk.now() == contents_of(home.home), "the record and the files differ"
    return Recorded(home, before, calls)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> _Home:
    home = _Home(tmp_path_factory.mktemp("power") / "prepared")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.power.script", "prepare"],
        cwd=ROOT,
        env=home.environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, prepared: _Home) -> Recorded:
    return recorded(tmp_path_factory.mktemp("power") / "recorded", prepared)


def moments(run: Recorded, count: int) -> list[int]:
    """Return so many moments of a run: after commits, before syncs, and anywhere between."""
    chance = random.Random(f"{count} power cuts")
    first = run.marks[0][0] + 1
    committed = [place + 1 for place, _ in run.marks]
    unsure = [place for place, call in enumerate(run.calls) if call.what.startswith("sync") and place > first]
    anywhere = range(first, len(run.calls) + 1)
    chosen: list[int] = []
    for among in (committed, unsure, anywhere):
        chosen += chance.sample(among, min(len(among), -(-count // 3)))
    return sorted(chosen[:count])


SURE, SOME, ALL = "only what is sure", "some of the rest too", "all that was written"
"""What a cut leaves; the last is what a kill leaves, since the machine goes on and writes everything."""
Cut = tuple[int, str]


def faults_after(run: Recorded, cuts: Sequence[Cut]) -> Iterator[tuple[Cut, list[str]]]:
    """Make the files as each cut leaves them, open them, and give what does not hold."""
    disk, told = Disk(run.before), 0
    opener = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.power.reopened"],
        cwd=ROOT,
        env=run.home.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert opener.stdin
    assert opener.stdout
    try:
        for place, left in cuts:
            disk.told(run.calls[told:place])
            told = place
            chance = random.Random(place) if left == SOME else None
            write_out(disk.now() if left == ALL else disk.after_a_cut(chance), run.home.home)
            print(json.dumps(run.said_before(place)), file=opener.stdin, flush=True)
            yield (place, left), json.loads(opener.stdout.readline())
    finally:
        opener.kill()
        opener.communicate()


def check(run: Recorded, cuts: Sequence[Cut]) -> None:
    """Fail, naming each, where something does not hold after one of the cuts."""
    found = [f"{place} ({left}): {faults}" for (place, left), faults in faults_after(run, cuts) if faults]
    assert not found, "\n".join(found)


def cuts_in(run: Recorded, count: int) -> list[Cut]:
    """Return so many cuts: half leave only what is sure, half some of the rest too."""
    return [(place, (SURE, SOME)[number % 2]) for number, place in enumerate(moments(run, count))]


@pytest.mark.kill
def test_what_was_acknowledged_survives_a_power_cut(run: Recorded) -> None:
    check(run, cuts_in(run, CUTS_IN_THE_SUITE))


@pytest.mark.soak
def test_what_was_acknowledged_survives_hundreds_of_power_cuts(run: Recorded) -> None:
    check(run, cuts_in(run, CUTS_IN_A_SOAK))


def kills_in(run: Recorded) -> list[Cut]:
    """Return every kill point of a run: the moment before each call that changes a file, and the end.

    A kill before a call that changes none (it only makes sure, or opens) leaves the same files as one a moment later,
    of which more is asked, since more was acknowledged by then.
    """
    changing = [place for place, call in enumerate(run.calls) if call.what in CHANGE_A_FILE]
    return [(place, ALL) for place in (*changing, len(run.calls)) if place > run.marks[0][0]]


@pytest.mark.kill
def test_what_was_acknowledged_survives_a_kill_in_the_midst_of_anything(run: Recorded) -> None:
    kills = kills_in(run)
    check(run, kills[:: len(kills) // KILLS_IN_THE_SUITE])


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS_OF_A_SOAK))
def test_what_was_acknowledged_survives_kills_all_through_a_run(run: Recorded, part: int) -> None:
    """At every kill point; in parts, which two workers share."""
    kills = kills_in(run)
    first, last = (len(kills) * number // PARTS_OF_A_SOAK for number in (part, part + 1))
    check(run, kills[first:last])


@pytest.mark.parametrize(
    "synchronous",
    [pytest.param("NORMAL", marks=pytest.mark.kill), pytest.param("OFF", marks=pytest.mark.soak)],
)
def test_a_home_that_syncs_less_is_seen_to_lose(tmp_path: Path, prepared: _Home, synchronous: str) -> None:
    """The proof of the proof."""
    run = recorded(tmp_path / "weakened", prepared, synchronous)
    lost = [faults for _, faults in faults_after(run, cuts_in(run, 6)) if faults]
    assert lost, f"nothing was lost with synchronous={synchronous}"

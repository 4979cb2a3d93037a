"""Killed anywhere: a backup leaves no file that looks whole, a restore the old home or the new one, keys open all.

In `make test` at a few kill points that matter most, in `make soak` at every one that `kill_points.every` names.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.backups.kept import NEW_PASSPHRASE, Backup, KeptHome, everything, opened_there
from tests.backups.strace_kills import kill_points, run_traced, was_killed
from tests.faults import soundness
from tests.faults.injecting import needs_strace
from tests.faults.kill_points import WRITES, KillPoint, every
from tests.running import PASSPHRASE, RunningHome

pytestmark = needs_strace
PARTS = 2
EVERY_SO_MANY = 50
NEXT_AFTER = 5
"""After so many kills in a soak, the next backup or restore is made, as after each in the suite."""
NEW = {"KIMBILIO_NEW_PASSPHRASE": f"{PASSPHRASE} anew"}


def places(*some: str) -> list[Any]:
    """Return some places by name for the suite, and for a soak all of them, in parts that two workers share."""
    few = [pytest.param(one, marks=pytest.mark.kill) for one in some]
    return [*few, *(pytest.param(f"part {part}", marks=pytest.mark.soak) for part in range(PARTS))]


def points_at(place: str, points: Sequence[KillPoint]) -> list[KillPoint]:
    """Return the kill points that stand at a place."""
    what, _, which = place.partition(" ")
    if what == "part":
        return every(points, EVERY_SO_MANY)[int(which) :: PARTS]
    if what == "renaming":
        return [one for one in points if one.call.startswith("rename") and which in Path(one.file).name][-1:]
    return [points[{"midway": len(points) // 2, "end": -1}[what]]]


@contextmanager
def a_copy(kept: KeptHome, folder: Path) -> Iterator[RunningHome]:
    """Give a copy of the home, so that the same number means the same call each time; gone afterwards."""
    yield opened_there(folder, kept.home.home, kept.home.database_url)
    shutil.rmtree(folder)


def check_backups(kept: KeptHome, home: RunningHome, folder: Path) -> None:
    """Fail unless whatever looks like a backup is one."""
    for data in folder.glob("data-*.age"):
        keys = list((folder / "keys").glob("keys-*.age"))
        assert keys, "data lie there without the keys that open them"
        into = folder / "tried"
        done = kept.restore(data, "--keyring", max(keys), into=into, database_url=kept.another_database())
        assert done.returncode == 0, done.stderr
        shutil.rmtree(into)
    soundness.check_files(home)


def check_the_next(home: RunningHome, folder: Path) -> None:
    """Fail unless the next backup is made as if nothing had been."""
    assert home.command("backup", str(folder)).returncode == 0
    left = [path.name for path in folder.rglob("*") if path.name.endswith(".part")]
    assert not left
    assert not list(home.home.glob("scratch-*"))


@pytest.fixture(scope="module")
def points_of_backup(kept: KeptHome, tmp_path_factory: pytest.TempPathFactory) -> list[KillPoint]:
    with a_copy(kept, tmp_path_factory.mktemp("backup") / "counted") as home:
        folder = home.folder / "backups"
        points = kill_points(home, kept.folder / "trace", "backup", str(folder), also=folder)
    assert len(points) > 50
    return points


@pytest.mark.parametrize("place", places("midway", "renaming data-"))
def test_a_backup_that_is_killed_anywhere_leaves_none_that_looks_whole(
    place: str, kept: KeptHome, points_of_backup: list[KillPoint], tmp_path: Path
) -> None:
    points, killed = points_at(place, points_of_backup), 0
    for number, point in enumerate(points):
        with a_copy(kept, tmp_path / "home") as home:
            folder = home.folder / "backups"
            killed += was_killed(run_traced(home, kept.folder / "trace", point.kill, "backup", str(folder)))
            check_backups(kept, home, folder)
            if number % NEXT_AFTER == 0:
                check_the_next(home, folder)
    assert killed > 0.9 * len(points)


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(5, marks=pytest.mark.soak),
        pytest.param(20, marks=pytest.mark.kill),
        pytest.param(60, marks=pytest.mark.soak),
    ],
)
def test_a_full_disk_is_said_and_leaves_nothing(kept: KeptHome, tmp_path: Path, when: int) -> None:
    full = f"{WRITES}:error=ENOSPC:when={when}+"
    with a_copy(kept, tmp_path / "home") as home:
        folder = home.folder / "backups"
        done = run_traced(home, kept.folder / "trace", full, "backup", str(folder))
        assert done.returncode == 1
        assert not list(folder.glob("data-*.age"))
        check_backups(kept, home, folder)
        check_the_next(home, folder)


def restores_at(kept: KeptHome, backup: Backup, home: RunningHome, inject: str) -> bool:
    """Put a backup back over a home, under strace; says whether it was killed."""
    arguments, given = of_restore(kept, backup)
    return was_killed(run_traced(home, kept.folder / "trace", inject, *arguments, **given))


def of_restore(kept: KeptHome, backup: Backup) -> tuple[list[str], dict[str, str]]:
    """Return how the backup is put back over a home, and the secrets that this needs."""
    given = {"KIMBILIO_RECOVERY_KEY": kept.recovery_key, "KIMBILIO_NEW_PASSPHRASE": NEW_PASSPHRASE}
    return ["restore", str(backup.data), "--keyring", str(backup.keys), "--replace"], given


def check_restored(home: RunningHome, before: dict[str, list[tuple[str, ...]]]) -> bool:
    """Fail unless the home is the old one or the new one, whole; says whether it is the new one."""
    done = home.command("audit", "verify", "--json")  # also finishes what was decided
    assert done.returncode == 0, done.stderr + done.stdout
    soundness.check_files(home)
    is_new = bool(json.loads(done.stdout)["organisations"][0]["put_back"])
    if not is_new:
        assert everything(home) == before
    return is_new


@pytest.fixture(scope="module")
def points_of_restore(
    kept: KeptHome, backup: Backup, tmp_path_factory: pytest.TempPathFactory
) -> list[KillPoint]:
    if kept.server is not None:
        pytest.skip("PostgreSQL moves its tables in one transaction; the files are the same")
    arguments, given = of_restore(kept, backup)
    with a_copy(kept, tmp_path_factory.mktemp("restore") / "counted") as home:
        points = kill_points(home, kept.folder / "trace", *arguments, **given)
    assert len(points) > 50
    return points


def survives_a_kill_at(
    point: KillPoint, kept: KeptHome, backup: Backup, home: RunningHome, *, again: bool
) -> bool | None:
    """Kill a restore, and look at the home; says whether it is the new one, None where there was nothing to kill."""
    before = everything(home)
    killed = restores_at(kept, backup, home, point.kill)
    is_new = check_restored(home, before)
    if again and not is_new:  # it can be put back all the same
        assert not restores_at(kept, backup, home, "")
        assert check_restored(home, before)
    return is_new if killed else None


@pytest.mark.parametrize("place", places("midway", "renaming restoring", "renaming recovery.json"))
def test_a_restore_that_is_killed_anywhere_leaves_the_old_home_or_the_new_one(
    place: str, kept: KeptHome, backup: Backup, points_of_restore: list[KillPoint], tmp_path: Path
) -> None:
    became = []
    points = points_at(place, points_of_restore)
    for number, point in enumerate(points):
        with a_copy(kept, tmp_path / "home") as home:
            became.append(survives_a_kill_at(point, kept, backup, home, again=number % NEXT_AFTER == 0))
    new = [one for one in became if one is not None]
    assert len(new) > 0.9 * len(points)
    assert new == sorted(new), "what was decided once is never undecided"
    assert new[0] == (place == "renaming recovery.json")
    assert new[-1] == (place not in ("midway", "renaming restoring"))


@pytest.fixture(scope="module")
def points_of_passphrase(kept: KeptHome, tmp_path_factory: pytest.TempPathFactory) -> list[KillPoint]:
    with a_copy(kept, tmp_path_factory.mktemp("passphrase") / "counted") as home:
        return kill_points(home, kept.folder / "trace", "keys", "passphrase", **NEW)


@pytest.mark.parametrize("place", places("midway", "renaming passphrase", "end"))
def test_a_passphrase_that_is_changed_is_the_old_one_or_the_new_one_wherever_it_was_killed(
    place: str, kept: KeptHome, points_of_passphrase: list[KillPoint], tmp_path: Path
) -> None:
    for point in points_at(place, points_of_passphrase):
        with a_copy(kept, tmp_path / "home") as home:
            done = run_traced(home, kept.folder / "trace", point.kill, "keys", "passphrase", **NEW)
            assert was_killed(done)
            opens = [
                home.command("user", "list", KIMBILIO_PASSPHRASE=phrase).returncode
                for phrase in (PASSPHRASE, NEW["KIMBILIO_NEW_PASSPHRASE"])
            ]
            assert sorted(opens) == [0, 3]


@pytest.mark.parametrize("place", places("midway", "end"))
def test_keys_that_are_renewed_while_the_home_is_served_open_everything_wherever_it_was_killed(
    place: str, kept: KeptHome
) -> None:
    home, trace = kept.home, kept.folder / "trace"
    rotate = ["keys", "rotate", "--by", "first.administrator"]
    with home:
        desk = home.session("desk_officer")
        kill_points(home, trace, *rotate)  # the first one also writes back what others left in the log
        points, killed = points_at(place, kill_points(home, trace, *rotate)), 0
        for point in points:
            killed += was_killed(run_traced(home, trace, point.kill, *rotate))
            for (code,) in home.rows("SELECT code FROM people_client"):
                shown = desk.post(f"/p/{code}/name", {})
                assert shown.status == 200
                assert any(word in shown.text.lower() for word in kept.canaries.words)
    assert killed > 0.9 * len(points)
    soundness.check_files(home)
    assert kept.back_up("after-rotation").said["proved"]

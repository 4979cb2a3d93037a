"""What was restored is put in its place all at once, however often the power goes in between."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kimbilio.safekeeping import placing

NOW = datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)
OLD = {"kimbilio.db": "old data", "kimbilio.db-wal": "old log", "keyring.db": "old keys", "closed": "mark"}
NEW = {"kimbilio.db": "new data", "keyring.db": "new keys", "recovery.json": "new list"}


class PowerCut(Exception):
    """The power goes."""


def home_in(folder: Path, files: dict[str, str]) -> Path:
    home = folder / "home"
    home.mkdir()
    for name, content in files.items():
        (home / name).write_text(content)
    return home


def read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def restored(home: Path, *, whole: bool) -> None:
    ready = placing.made_ready(home)
    for name, content in NEW.items():
        (ready / name).write_text(content)
    placing.decide(home, whole=whole, now=NOW)


def cut_off_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the so many-th rename be the last thing that happens."""
    renames = iter(range(step))
    usual = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if next(renames, None) is None:
            raise PowerCut
        return usual(self, target)

    monkeypatch.setattr(Path, "rename", rename)


@pytest.mark.parametrize("step", range(14))
def test_a_home_is_the_old_one_or_the_new_one_wherever_it_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    home = home_in(tmp_path, OLD)
    with monkeypatch.context() as cut:
        cut_off_at(step, cut)
        try:
            restored(home, whole=True)
            placing.finish(home)
        except PowerCut:
            pass
    placing.finish(home)
    here = read(home)
    if here == OLD:
        assert step == 0, "nothing was decided yet"
        return
    assert here == NEW
    assert read(home / "before-restore-2026-11-22-153015") == OLD
    assert placing.finish(home) == [], "nothing is left to do"


def test_cut_off_while_its_last_folder_goes_the_next_start_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_in(tmp_path, OLD)
    restored(home, whole=True)

    def cut(_self: Path) -> None:
        raise PowerCut

    with monkeypatch.context() as cutting:
        cutting.setattr(Path, "rmdir", cut)
        with pytest.raises(PowerCut):
            placing.finish(home)
    assert placing.is_decided(home)
    assert placing.finish(home) == []
    assert not placing.is_decided(home)
    assert read(home) == NEW


def test_data_come_back_beside_the_keys_that_are_there(tmp_path: Path) -> None:
    home = home_in(tmp_path, OLD)
    restored(home, whole=False)
    (aside,) = placing.finish(home)
    assert read(Path(aside)) == {name: OLD[name] for name in ("kimbilio.db", "kimbilio.db-wal")}
    assert read(home)["kimbilio.db"] == "new data"
    assert read(home)["closed"] == "mark"


def test_into_an_empty_home_nothing_is_put_aside(tmp_path: Path) -> None:
    home = home_in(tmp_path, {"safekeeping.lock": ""})
    assert not placing.holds_anything(home)
    restored(home, whole=True)
    assert placing.finish(home) == []
    assert read(home) == NEW | {"safekeeping.lock": ""}
    assert placing.holds_anything(home)


def test_what_was_made_ready_and_never_decided_is_forgotten(tmp_path: Path) -> None:
    home = home_in(tmp_path, OLD)
    (placing.made_ready(home) / "kimbilio.db").write_text("half")
    assert placing.finish(home) == []
    placing.forget(home)
    assert read(home) == OLD
    assert sorted(path.name for path in home.iterdir()) == sorted(OLD)

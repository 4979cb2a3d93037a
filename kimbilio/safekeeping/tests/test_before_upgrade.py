"""The copy from before an upgrade stays for a week and until a later backup is proved, and for a month at most."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kimbilio.safekeeping import daily
from kimbilio.safekeeping.diary import Diary, Entry

MADE = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Africa/Nairobi"))


@pytest.mark.parametrize(
    ("days", "proved_after", "stays"),
    [
        (0.01, 0.005, True),
        (6.99, 3, True),
        (7, 3, False),
        (7, -1, True),
        (7, None, True),
        (29.99, None, True),
        (30, None, False),
        (30, -1, False),
    ],
)
def test_a_copy_stays(
    days: float, proved_after: float | None, stays: bool, tmp_path: Path, settings, db
) -> None:
    settings.HOME = tmp_path
    names = ["before-upgrade-2026-11-22-080000.age", "before-upgrade-2026-11-22-080000-2.age"]
    for name in names:
        (tmp_path / name).touch()
    if proved_after is not None:
        at = (MADE + timedelta(days=proved_after)).isoformat(timespec="seconds")
        Diary().with_backup(Entry(at, "d", "k", 1, "x", proved=True)).write(tmp_path)
    with time_machine.travel(MADE + timedelta(days=days), tick=False):
        daily.destroy_expired()
    assert [(tmp_path / name).exists() for name in names] == [stays, stays]

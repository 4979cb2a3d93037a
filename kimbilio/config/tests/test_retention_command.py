"""`kimbilio retention` is run as people and scripts run it: without a home, from any plain table."""

import json
from pathlib import Path

import pytest

from kimbilio.config.tests.test_command_line import kimbilio

TABLE = "days,left,sex\n30,1,male\n30,0,male\n90,1,female\n400,0,female\n400,1,male\n"
COLUMNS = ("--duration", "days", "--event", "left")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "stays.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_the_whole_comes_first_then_each_group_in_order(tmp_path: Path, table: Path) -> None:
    done = kimbilio(tmp_path / "no home", "retention", str(table), *COLUMNS, "--group", "sex", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert [(one["group"], one["n"], one["events"], one["median"]) for one in document] == [
        (None, 5, 3, 400),
        ("female", 2, 1, 90),
        ("male", 3, 2, 400),
    ]
    assert [at["t"] for at in document[0]["survival"]] == [30, 60, 90, 180, 365, 730]
    assert document[0]["survival"][0] == {"t": 30, "at_risk": 5, "s": 0.8, "low": 0.203809, "high": 0.96918}
    assert not (tmp_path / "no home").exists()


def test_times_are_asked_for_and_people_read_a_table(tmp_path: Path, table: Path) -> None:
    done = kimbilio(tmp_path, "retention", str(table), *COLUMNS, "--at", "0,45.5")
    assert done.returncode == 0
    assert "Everybody" in done.stdout
    assert "45.5" in done.stdout
    assert "80.0%" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--duration", "days", "--event", "gone"), 1),
        (("--duration", "sex", "--event", "left"), 1),
        (("--duration", "days"), 2),
        ((*COLUMNS, "--at", "soon"), 2),
        ((*COLUMNS, "--at", "-3"), 2),
        ((*COLUMNS, "--at", ""), 2),
    ],
)
def test_what_is_wrong_ends_with_its_code_and_prints_no_document(
    tmp_path: Path, table: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = kimbilio(tmp_path, "retention", str(table), *arguments, "--json")
    assert (done.returncode, done.stdout) == (code, "")
    assert code == 2 or len(done.stderr.strip().splitlines()) == 1

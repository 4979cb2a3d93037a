"""`kimbilio import` as scripts see it: what a careful clerk gets, twice the same, and taken back whole."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kimbilio.config.tests.test_command_line import COMMAND, PASSPHRASE, PASSWORD, PROGRAMME, kimbilio
from kimbilio.exchange.tests.door import JUMA, PEOPLE, UNREAD, ZAWADI, attendance, line_list
from kimbilio.exchange.tests.fiction import some_people, without_repeated_numbers
from kimbilio.exchange.tests.month_books import island_xlsx
from kimbilio.exchange.tests.programmes import coast_csv, harbour_xlsx, highland_ods
from kimbilio.exchange.tests.reading import REGISTERS, with_registers

MONTH = REGISTERS / "karuri-2025-06"
AT_SITE = ["--site", "Karuri", "--by", "asha", "--json"]
KEYS = "id kind file rows accepted corrected copies ambiguous unknown unreadable ignored duplicates".split()


def new_home(folder: Path) -> Path:
    """A home with a manager and a peer educator."""
    home = folder / "home"
    told = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
    assert kimbilio(home, "init", *PROGRAMME, "--admin", "asha", **told).returncode == 0
    assert kimbilio(home, "user", "add", "kamau", "--role", "peer_educator", **told).returncode == 0
    return home


@pytest.fixture(scope="module")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_home(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def home(fresh_home: Path, tmp_path: Path) -> Path:
    """A home of its own for each test: making one takes longer than copying it."""
    return Path(shutil.copytree(fresh_home, tmp_path / "home"))


def written(folder: Path, data: bytes, name: str = "book.csv") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def taken_in(home: Path, kind: str, file: str | Path, *more: str) -> dict[str, Any]:
    done = kimbilio(home, "import", kind, str(file), *AT_SITE, *more)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert list(told) == KEYS
    fates = ("accepted", "corrected", "copies", "ambiguous", "unknown", "unreadable")
    assert sum(told[fate] for fate in fates) == told["rows"]
    return told


def follow_up_rows(home: Path) -> int:
    pairs = kimbilio(home, "duplicates", "--site", "Karuri", "--by", "asha", "--json")
    return len(json.loads(pairs.stdout))


@with_registers
def test_the_registers_give_what_a_careful_clerk_gets_and_can_be_taken_back(home, tmp_path):
    expected = json.loads((MONTH / "expected.json").read_text("utf-8"))
    details = tmp_path / "details.csv"
    people = taken_in(home, "line-list", MONTH / "line-list.xlsx", "--details", str(details))
    clerk = expected["line_list"]
    assert people["rows"] == clerk["rows"]
    assert people["accepted"] + people["corrected"] == clerk["accepted"]
    assert (people["unreadable"], people["ignored"]) == (clerk["unreadable"], clerk["ignored"])
    assert 35 <= people["duplicates"] <= 37 + 5 * 3350 / 1000
    rows = list(csv.DictReader(details.open(encoding="utf-8")))
    assert len(rows) == clerk["rows"]
    assert len({row["code"] for row in rows if row["fate"] in {"accepted", "corrected"}}) == 3350
    days = taken_in(home, "attendance", MONTH / "mat-attendance.xlsx")
    assert days["accepted"] + days["corrected"] == days["rows"] == expected["attendance"]["clients"]
    again = taken_in(home, "line-list", MONTH / "line-list.xlsx")
    assert (again["accepted"], again["corrected"], again["copies"]) == (0, 0, clerk["accepted"])
    assert taken_in(home, "attendance", MONTH / "mat-attendance.xlsx")["copies"] == days["rows"]
    for number in (days["id"], people["id"]):
        undone = kimbilio(home, "import", "undo", str(number), "--by", "asha", "--json")
        assert json.loads(undone.stdout) == {
            "id": number,
            "kind": "attendance" if number == days["id"] else "line-list",
            "undone": True,
            "kept": 0,
        }
    assert follow_up_rows(home) == 0
    anew = taken_in(home, "line-list", MONTH / "line-list.xlsx")
    assert {**anew, "id": people["id"]} == people
    assert json.loads(kimbilio(home, "audit", "verify", "--json").stdout)["ok"] is True


@pytest.mark.parametrize(
    ("make", "name"),
    [(coast_csv, "coast.csv"), (harbour_xlsx, "harbour.xlsx"), (highland_ods, "highland.ods")],
)
def test_books_of_other_programmes_are_taken_in_once(home, tmp_path, make, name):
    people = some_people(60)
    file = written(tmp_path, make(people), name)
    told = taken_in(home, "line-list", file)
    assert told["accepted"] + told["corrected"] >= 58
    again = taken_in(home, "line-list", file)
    assert again["accepted"] + again["corrected"] == 0


def test_a_month_in_kiswahili_finds_the_people_of_a_line_list(home, tmp_path):
    people = without_repeated_numbers(some_people(60))
    rows = [
        [
            f"KSS-{who.number:04d}",
            who.first,
            who.middle,
            who.last,
            "M",
            "",
            "",
            "",
            "",
            f"ISL-{who.mat:05d}",
            "",
            "",
        ]
        for who in people
    ]
    taken_in(home, "line-list", written(tmp_path, line_list(*rows).data, "people.csv"))
    told = taken_in(home, "attendance", written(tmp_path, island_xlsx(people), "juni.xlsx"))
    assert told["accepted"] + told["corrected"] == told["rows"] == len(people)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(home, tmp_path):
    file = written(tmp_path, line_list(*PEOPLE, UNREAD).data)
    details = tmp_path / "details.csv"
    for _twice in range(2):
        told = taken_in(home, "line-list", file, "--dry-run", "--details", str(details))
        assert (told["id"], told["accepted"], told["unreadable"]) == (None, 3, 1)
    rows = list(csv.reader(details.open(encoding="utf-8")))
    assert rows[0] == ["sheet", "line", "fate", "reason", "code"]
    assert [row[2] for row in rows[1:]] == ["accepted"] * 3 + ["unreadable"]
    assert (rows[1][1], rows[1][4]) == ("2", "KSS-0001")
    assert taken_in(home, "line-list", file)["id"] == 1


def test_people_read_a_table_and_are_told_what_waits_and_how_to_take_it_back(home, tmp_path):
    file = written(tmp_path, line_list(*PEOPLE, UNREAD).data)
    done = kimbilio(home, "import", "line-list", file, "--site", "karuri", "--by", "asha", COLUMNS="100")
    assert done.returncode == 0
    assert "Taken" in done.stdout
    assert "import undo 1" in done.stderr
    assert "settle them, on the page of books: 1." in done.stderr
    assert "Zawadi" not in done.stdout + done.stderr
    undone = kimbilio(home, "import", "undo", "1", "--by", "asha")
    assert (undone.returncode, undone.stdout) == (0, "")


def test_columns_that_cannot_be_found_are_refused_and_can_be_told(home, tmp_path):
    rows = line_list(ZAWADI, JUMA).data.replace(b"Code,First name", b"Zzz,Yyy")
    file = written(tmp_path, rows)
    columns = written(tmp_path, json.dumps({"code": "Zzz", "first_name": "Yyy"}).encode(), "columns.json")
    told = taken_in(home, "line-list", file, "--columns", columns)
    assert told["accepted"] == 2
    wrong = written(tmp_path, json.dumps({"code": "Not there"}).encode(), "wrong.json")
    refused = kimbilio(home, "import", "line-list", file, *AT_SITE, "--columns", wrong)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(refused.stderr.strip().splitlines()) == 1


def test_what_is_refused_is_refused_in_one_sentence_with_nothing_half_done(home, tmp_path):
    good = written(tmp_path, line_list(*PEOPLE).data)
    month = written(tmp_path, attendance([("KRR00001", "P")]).data, "month.csv")
    bad = written(tmp_path, b"%PDF-1.4 nothing", "bad.pdf")
    no_columns = written(tmp_path, b"a,b\n1,2\n", "odd.csv")
    for kind, file, site, by in (
        ("line-list", bad, "Karuri", "asha"),
        ("line-list", no_columns, "Karuri", "asha"),
        ("line-list", str(tmp_path / "not-there.csv"), "Karuri", "asha"),
        ("line-list", str(tmp_path), "Karuri", "asha"),
        ("line-list", good, "Elsewhere", "asha"),
        ("line-list", good, "Karuri", "nobody"),
        ("line-list", good, "Karuri", "kamau"),
        ("attendance", month, "Karuri", "kamau"),
    ):
        refused = kimbilio(home, "import", kind, file, "--site", site, "--by", by, "--json")
        assert (refused.returncode, refused.stdout) == (1, ""), (kind, file, refused.stderr)
        assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr
    refused = kimbilio(home, "import", "undo", "1", "--by", "asha")
    assert refused.returncode == 1
    some = written(tmp_path, line_list(*PEOPLE[:2]).data, "some.csv")
    assert taken_in(home, "line-list", some)["id"] == 1
    assert taken_in(home, "line-list", good)["copies"] == 2
    refused = kimbilio(home, "import", "undo", "1", "--by", "asha")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Import 2 holds or adds to 2 of these lines: take it back first." in refused.stderr


def test_wrong_usage_and_a_wrong_passphrase_have_their_own_exit_codes(home, tmp_path):
    good = written(tmp_path, line_list(*PEOPLE).data)
    assert kimbilio(home, "import", "line-list", good, "--site", "Karuri").returncode == 2
    assert kimbilio(home, "import", "line-list", good, "--by", "asha").returncode == 2
    assert kimbilio(home, "import", "recipes", good, *AT_SITE).returncode == 2
    assert kimbilio(home, "import", "line-list", good, *AT_SITE, "--month", "June").returncode == 2
    locked = kimbilio(home, "import", "line-list", good, *AT_SITE, KIMBILIO_PASSPHRASE="not this one at all")
    assert (locked.returncode, locked.stdout) == (3, "")


def test_two_processes_that_take_the_same_book_in_at_once_double_nothing(home, tmp_path):
    people = [
        ["KSS-" + str(1000 + n), "Kamau", f"Name{n}", "Waweru", *ZAWADI[4:9], "", "", ""] for n in range(300)
    ]
    file = written(tmp_path, line_list(*people).data)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KIMBILIO_")}
    told = {"KIMBILIO_HOME": str(home), "KIMBILIO_PASSPHRASE": PASSPHRASE}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, "import", "line-list", file, *AT_SITE],
            env=clean | told,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _two in range(2)
    ]
    answers = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    counts = sorted((told["accepted"] + told["corrected"], told["copies"]) for told in map(_json, answers))
    assert counts == [(0, 300), (300, 0)]


def _json(answer: tuple[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer[0])
    return told

"""`kimbilio import register` and `events` as scripts see them."""

import csv
import json

from kimbilio.config.tests.test_command_line import kimbilio
from kimbilio.config.tests.test_import_command import AT_SITE, MONTH, fresh_home, home, taken_in, written
from kimbilio.exchange.tests.door import PEOPLE, line_list
from kimbilio.exchange.tests.reading import with_registers
from kimbilio.exchange.tests.visits_at_door import HEADINGS, a_line, events, register

__all__ = ["fresh_home", "home"]


@with_registers
def test_the_months_register_and_events_give_what_a_careful_clerk_gets_and_go_back(home, tmp_path):
    expected = json.loads((MONTH / "expected.json").read_text("utf-8"))
    clerk = expected["register"]
    taken_in(home, "line-list", MONTH / "line-list.xlsx")
    details = tmp_path / "details.csv"
    told = taken_in(home, "register", MONTH / "safe-space-register.xlsx", "--details", str(details))
    assert told["accepted"] + told["corrected"] == clerk["accepted"]
    for fate in ("rows", "copies", "ambiguous", "unknown", "unreadable"):
        assert told[fate] == clerk[fate]
    rows = list(csv.DictReader(details.open(encoding="utf-8")))
    assert len(rows) == clerk["rows"]
    people = {row["code"] for row in rows if row["fate"] in {"accepted", "corrected"}}
    assert len(people) == clerk["as_imported"]["people"]
    assert all(row["reason"] for row in rows if row["fate"] not in {"accepted", "corrected"})
    assert taken_in(home, "events", MONTH / "community-events.csv")["accepted"] == len(expected["events"])
    again = taken_in(home, "register", MONTH / "safe-space-register.xlsx", "--dry-run")
    assert (again["accepted"], again["copies"]) == (0, clerk["accepted"] + clerk["copies"])
    undone = kimbilio(home, "import", "undo", str(told["id"]), "--by", "asha", "--json")
    assert json.loads(undone.stdout) == {"id": told["id"], "kind": "register", "undone": True, "kept": 0}


def test_a_register_and_events_are_looked_at_taken_in_and_known_again(home, tmp_path):
    taken_in(home, "line-list", written(tmp_path, line_list(*PEOPLE).data))
    headings = [*HEADINGS, "Alcohol swabs"]
    lines = [[*a_line(1, "2/6/2025", "KSS-0001", "", 4), ""], [*a_line(2, ",,", "kss 0002", "", 2), 5]]
    file = written(tmp_path, register(*lines, headings=headings).data, "register.csv")
    for more in (["--dry-run"], []):
        done = kimbilio(home, "import", "register", file, *AT_SITE, *more)
        told = json.loads(done.stdout)
        assert (told["accepted"], told["corrected"]) == (1, 1)
        assert "Nothing is taken from column 'Alcohol swabs' (lines that fill it: 1)." in done.stderr
    assert taken_in(home, "register", file)["copies"] == 2
    held = written(tmp_path, events(["2/6/2025", "Baraza", "Ruaka", 4, 5, ""]).data, "events.csv")
    assert taken_in(home, "events", held)["accepted"] == 1
    assert taken_in(home, "events", held)["copies"] == 1
    columns = written(
        tmp_path, json.dumps({"day": "Siku", "heads": "Wote", "activity": "Nini"}).encode(), "c.json"
    )
    odd = written(tmp_path, b"Siku,Nini,Wote\n3/6/2025,Usafi,30\n", "odd.csv")
    assert taken_in(home, "events", odd, "--columns", columns)["accepted"] == 1
    refused = kimbilio(home, "import", "events", file, *AT_SITE)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "what the event was" in refused.stderr

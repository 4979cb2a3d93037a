"""Whatever takes `--json` prints one JSON document on standard output and nothing else, done or refused."""

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimbilio.config.command_line.commands import parser
from kimbilio.config.tests.test_command_line import PASSPHRASE, PASSWORD, PROGRAMME, kimbilio
from kimbilio.exchange.tests.door import PEOPLE, attendance, line_list
from kimbilio.exchange.tests.visits_at_door import a_line, events, register
from tests.backups.kept import key_on

BY = ["--by", "asha"]
AT_SITE = ["--site", "Karuri", *BY]
# Every command that takes it, and an example. {folder} holds a backup of the home, and books.
EXAMPLES = {
    "audit verify": [],
    "backup": ["{folder}/backups"],
    "doctor": [],
    "duplicates": AT_SITE,
    "follow-up": BY,
    "import attendance": ["{folder}/attendance.csv", *AT_SITE],
    "import events": ["{folder}/events.csv", *AT_SITE],
    "import line-list": ["{folder}/line-list.csv", *AT_SITE],
    "import register": ["{folder}/register.csv", *AT_SITE],
    "import undo": ["1", *BY],
    "lock": [],
    "recovery list": [],
    "report month": ["2025-06", *BY],
    "restore": ["{folder}/data.age", "--keyring", "{folder}/keys.age", "--replace"],
    "retention": ["{folder}/stays.csv", "--duration", "days", "--event", "left"],
    "user add": ["chao", "--role", "counsellor", *BY],
    "user disable": ["beni"],
    "user list": BY,
    "user reset": ["beni", *BY],
}


def taking_json(one: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    """Give the commands below a parser that take `--json`."""
    for action in one._actions:
        if "--json" in action.option_strings:
            yield name
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield from taking_json(below, f"{name} {verb}".strip())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home, a backup of it, a sheet that opens that, and books."""
    folder = tmp_path_factory.mktemp("json")
    told = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
    books = {
        "line-list": line_list(*PEOPLE),
        "attendance": attendance([("KRR00001", 1, 1, 1), ("KRR00002", 1, 0, 1)]),
        "register": register(a_line(1, "2/6/2025", "KSS-0001", "", 4)),
        "events": events(["2/6/2025", "Baraza", "Ruaka", 4, 5, ""]),
    }
    for name, book in books.items():
        (folder / f"{name}.csv").write_bytes(book.data)
    (folder / "stays.csv").write_text("days,left\n30,1\n90,0\n")
    made = [
        kimbilio(folder / "home", "init", *PROGRAMME, "--admin", "asha", **told),
        kimbilio(folder / "home", "user", "add", "beni", "--role", "desk_officer", **told),
        kimbilio(folder / "home", "import", "line-list", str(folder / "line-list.csv"), *AT_SITE),
        kimbilio(folder / "home", "backup", str(folder / "backups"), "--json"),
    ]
    assert [done.returncode for done in made] == [0] * len(made), made[-1].stderr
    written = json.loads(made[-1].stdout)
    shutil.move(written["data"], folder / "data.age")
    shutil.move(written["keys"], folder / "keys.age")
    (folder / "sheet").write_text(made[0].stdout)
    return folder


def test_every_command_that_takes_it_is_tried_here() -> None:
    assert sorted(taking_json(parser())) == sorted(EXAMPLES)


@pytest.mark.parametrize("command", EXAMPLES)
def test_it_prints_one_json_document_and_nothing_else(command: str, folder: Path, tmp_path: Path) -> None:
    arguments = [*command.split(), *(part.format(folder=folder) for part in EXAMPLES[command]), "--json"]
    secrets = {
        "KIMBILIO_RECOVERY_KEY": key_on((folder / "sheet").read_text()),
        "KIMBILIO_NEW_PASSPHRASE": PASSPHRASE,
    }
    home = Path(shutil.copytree(folder / "home", tmp_path / "home"))
    done = kimbilio(home, *arguments, **secrets)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict | list)


@pytest.mark.parametrize("command", ["user list", "backup", "doctor"])
def test_refused_it_prints_nothing_or_the_document_that_says_so(command: str, folder: Path) -> None:
    arguments = [*command.split(), *(part.format(folder=folder) for part in EXAMPLES[command]), "--json"]
    refused = kimbilio(folder / "home", *arguments, KIMBILIO_PASSPHRASE="not the passphrase")
    assert (refused.returncode, refused.stderr != "") == (3, True)
    if command == "doctor":
        assert json.loads(refused.stdout)["ok"] is False
    else:
        assert refused.stdout == ""

"""No passphrase, password, code, secret or key of a sign-in is in a log or in what a command says, whatever fails."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import browsing
from tests.browsing import Session
from tests.running import PASSPHRASE, PASSWORD, RunningHome

WRONG = "Wrongly remembered words 4471"
NEW = "nine blue doors along the shore"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[RunningHome]:
    url = postgresql.get_uri() if postgresql else ""
    with RunningHome(tmp_path_factory.mktemp("secrets") / "running", database_url=url) as home:
        yield home


def work_and_mistakes(home: RunningHome) -> set[str]:
    """Sign in rightly and wrongly, use codes rightly and wrongly; returns every secret that was used."""
    code = home.command("user", "reset", "counsellor").stdout.strip().splitlines()[-1].split()[-1]
    visitor = home.visitor()
    for typed in ({"login": "desk_officer", "password": WRONG}, {"login": WRONG, "password": PASSWORD}):
        assert visitor.submit("/sign-in", **typed).status == 200
    new = {"username": "counsellor", "password1": NEW, "password2": NEW}
    visitor.submit("/reset", code=WRONG, **new)
    visitor.submit("/reset", code=code, **new)
    manager = home.session("programme_manager")
    secrets = {PASSPHRASE, PASSWORD, WRONG, NEW, code, *browsing._secrets.values(), *_of(manager)}
    shown = manager.follow(manager.get("/account/recovery-codes"))
    secrets |= set(re.findall(r"\b[0-9a-f]{8}\b", shown.text))
    for path in ("/p/" + WRONG.replace(" ", "%20"), "/books/new/x/take", "/staff/nobody/code"):
        manager.post(path, {"password": WRONG, "code": WRONG, "token": WRONG, "unlock-password": WRONG})
        manager.get(path)
    manager.send_body("/register", b"\xff" * 2_000_000, "multipart/form-data; boundary=" + "x" * 9)
    return {secret for secret in secrets if len(secret) >= 8}


def _of(session: Session) -> set[str]:
    return {value for name, value in session.cookies.items() if name in ("sessionid", "csrftoken")}


COMMANDS = [
    ["keys", "passphrase"],
    ["keys", "rotate", "--by", "nobody"],
    ["user", "add", "desk_officer", "--role", "counsellor"],
    ["user", "disable", "nobody"],
    ["import", "line-list", "no-such-file.csv", "--site", "Nowhere", "--by", "nobody"],
    ["report", "month", "2025-06", "--by", "nobody"],
    ["audit", "verify", "--json"],
    ["audit", "anchor", "--by", "nobody"],
    ["doctor"],
    ["init", "--organisation", "x", "--county", "x", "--site", "x", "--clinic", "x", "--admin", "x"],
]


def commands_that_fail(home: RunningHome) -> Iterator[tuple[str, str]]:
    """Give commands with the right passphrase and with a wrong one, and what each said."""
    secrets = {
        "KIMBILIO_NEW_PASSPHRASE": "short",
        "KIMBILIO_ADMIN_PASSWORD": WRONG,
        "KIMBILIO_USER_PASSWORD": WRONG,
    }
    for arguments in COMMANDS:
        for passphrase in (PASSPHRASE, WRONG):
            done = home.command(*arguments, **secrets, KIMBILIO_PASSPHRASE=passphrase)
            yield " ".join(arguments), done.stdout + done.stderr


@pytest.mark.long_on_postgresql
def test_no_secret_is_in_a_log_or_in_what_a_command_says(home: RunningHome) -> None:
    secrets = work_and_mistakes(home)
    assert len(secrets) >= 8
    said = dict(commands_that_fail(home))
    home.stop()
    home.start()
    said |= {str(path): path.read_text("utf-8", "replace") for path in _logs(home)}
    found = {where: [secret for secret in secrets if secret in text] for where, text in said.items()}
    assert {where: secrets for where, secrets in found.items() if secrets} == {}


def _logs(home: RunningHome) -> list[Path]:
    files = [home.stdout, home.stderr, *home.temporary.rglob("*")]
    with suppress(OSError):
        files += [path for path in home.home.rglob("*.log") if path.is_file()]
    return [path for path in files if path.is_file()]

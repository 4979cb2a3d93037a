"""What is done while every change of the files is watched: an upgrade, forms, supplies, books, a month, keys.

Run as a program: `prepare` makes the home as an earlier release would have left it; `play` does the steps and marks
what was committed at which moment. Whoever opens the home after a cut reads the same script.
"""

import json
import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client as Browser

from tests.browsing import Page, Session
from tests.faults.power.watching import MARKS
from tests.faults.story import Story
from tests.running import ADMINISTRATOR, PASSPHRASE, SITE

NEW_PASSPHRASE = "four slow ferries cross the water"
# Rooms that go back to how their first release had them, so that the first step has an upgrade to do.
OLDER = ("reports", "exchange", "visits", "people")
_TOLD = "told.pickle"
_FORMS: list[list[Any]] = [[0, 0, {"needles": 4}, False], [1, 1, {"condoms": 9}, False], [2, 0, {}, False]]


class InProcess(Session):
    """A browser that talks with the application of this process, signed in."""

    def __init__(self, username: str) -> None:
        from kimbilio.accounts.models import Staff

        super().__init__("http://127.0.0.1:80")
        self.cookies["csrftoken"] = "x" * 32
        self._browser = Browser()
        self._browser.force_login(Staff.objects.get(username=username))

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        kind = headers.pop("Content-Type", "text/html")
        answer = self._browser.generic(
            method, path, body, content_type=kind, SERVER_NAME="127.0.0.1", headers=headers
        )
        page = Page(method, path, headers, body, answer.status_code, list(answer.items()), answer.content)
        self.answers.append(page)
        return page


@dataclass
class Step:
    """One thing that is done. What `again` marks has a token: done again it changes nothing."""

    name: str
    do: Callable[[], object]
    again: bool = False


class Script:
    """The steps, in order, at a home that was prepared."""

    def __init__(self, folder: Path) -> None:
        self.story, self.began, self.book = pickle.loads((folder / _TOLD).read_bytes())
        self.session: InProcess | None = None

    def steps(self) -> list[Step]:
        """Return everything that is done."""
        from kimbilio.config.serving import migrate

        return [
            Step("upgrade", migrate),
            *(Step(step.event, self._form(step), again=True) for step in self.story.steps),
            *(Step(f"visit {form}", self._work("visit", form), again=True) for form in range(len(_FORMS))),
            Step("receive", self._work("receive", 1, "needles", 70, "A")),
            Step("nameless", self._work("nameless", 0, "needles", 6)),
            Step("nameless back", self._work("nameless_back", 0)),
            Step("bag", self._work("leave", "bag", 0, "needles", 20)),
            Step("count", self._work("count", "store", 0, "condoms", 480)),
            Step("correct", self._work("correct", 0, 1, {"needles": 2}, 1), again=True),
            Step("undo", self._work("undo", 1, 1), again=True),
            Step("reverse", self._work("reverse", 0)),
            Step("book", self._take_in),
            Step("book taken back", self._take_back),
            Step("book again", self._take_in),
            Step("close proposed", self._propose),
            Step("close confirmed", self._confirm),
            Step("rotation", self._rotate),
            Step("passphrase", self._change_passphrase),
            Step("a last visit", self._work("nameless", 0, "condoms", 1)),
        ]

    def _form(self, step: Any) -> Callable[[], object]:
        return lambda: self.story.send(self._at_desk(), step)

    def _at_desk(self) -> InProcess:
        self.session = self.session or InProcess("desk_officer")
        return self.session

    def _work(self, what: str, *told: Any) -> Callable[[], object]:
        def do() -> None:
            from tests.hands.working import work

            said = work(what + str(told), self.began, _FORMS, [what, *told])
            assert "refused" not in said, said

        return do

    def _where(self) -> dict[str, Any]:
        from kimbilio.accounts.queries import actor_named, site_named

        by = actor_named(ADMINISTRATOR)
        return {"by": by, "site": site_named(by.organisation_id, SITE)}

    def _take_in(self) -> None:
        from kimbilio.exchange.actions import import_book

        import_book(given=self.book, **self._where())

    def _take_back(self) -> None:
        from kimbilio.exchange.actions import undo_import
        from kimbilio.exchange.models import BookImport

        undo_import(by=self._where()["by"], book_import=BookImport.objects.latest("serial"))

    def _propose(self) -> None:
        from kimbilio.reports.actions.closing import propose_close

        propose_close(month=_last_month(), **self._where())

    def _confirm(self) -> None:
        from kimbilio.accounts.queries import actor_named
        from kimbilio.reports.actions.closing import confirm_close
        from kimbilio.reports.models import MonthClose

        confirm_close(by=actor_named("programme_manager"), close=MonthClose.objects.get())

    def _rotate(self) -> None:
        from kimbilio.accounts.actions import rotate_keys

        rotate_keys(by=self._where()["by"])

    def _change_passphrase(self) -> None:
        from kimbilio.core.keyring import change_passphrase

        change_passphrase(settings.HOME, PASSPHRASE, NEW_PASSPHRASE)


def _last_month() -> date:
    return (date.today().replace(day=1) - timedelta(days=1)).replace(day=1)  # noqa: DTZ011


def prepare(home: Path) -> None:
    """Make two sites with people and supplies, and take the tables back to those of an earlier release."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.core.management import call_command

    from kimbilio.accounts.models import Staff
    from kimbilio.core import vault
    from kimbilio.core.keyring import PassphraseCost, passphrase
    from kimbilio.exchange.tests.door import PEOPLE, line_list
    from tests.hands.working import begin
    from tests.privacy.canaries import Canaries

    told = (Story(Canaries("a power cut")), begin(), line_list(*PEOPLE))
    (home.parent / _TOLD).write_bytes(pickle.dumps(told))
    TOTP.activate(Staff.objects.get(username="desk_officer"), generate_totp_secret())
    for room in OLDER:
        call_command("migrate", room, "0001", verbosity=0)
    # The home is opened thousands of times: its passphrase is made cheap to try, and stays so when it is changed.
    passphrase._write(home, vault.root_key(), PASSPHRASE, PassphraseCost(iterations=1, memory_kib=64))


class Marks:
    """Says, in the watched file, which step goes on and what the tables held after each commit."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / MARKS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._busy = False

    def say(self, **what: object) -> None:
        """Write one line, in one call."""
        os.write(self._file, json.dumps(what).encode() + b"\n")

    def after_each_commit(self) -> None:
        """From now on, mark what the tables hold as soon as a commit has returned, whoever asked for it."""
        commit = connection._commit

        def commit_and_mark() -> None:
            commit()
            self._state()

        def run_and_mark(execute: Any, sql: str, *rest: Any) -> Any:
            answer = execute(sql, *rest)
            if not connection.in_atomic_block and sql.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
                self._state()
            return answer

        connection._commit = commit_and_mark
        connection.execute_wrappers.append(run_and_mark)

    def _state(self) -> None:
        from tests.faults.power.reopened import state

        if not self._busy:
            self._busy = True
            self.say(state=state())
            self._busy = False


def play(home: Path) -> None:
    """Do every step, and mark when it was answered for."""
    from tests.faults.power.reopened import rows, state

    weaken(os.environ.get("WEAKENED", ""))
    connection.ensure_connection()
    marks = Marks(home.parent)
    marks.say(state=state())
    marks.after_each_commit()
    for number, step in enumerate(Script(home.parent).steps()):
        step.do()
        marks.say(done=number, rows=rows())


def weaken(synchronous: str) -> None:
    """Have SQLite sync its files less than ours does: what then is lost shows that a loss would be found."""
    from kimbilio.core.sqlcipher import connection as opening

    if synchronous:
        ours = [one for one in opening._SETTINGS if "synchronous" not in one]
        opening._SETTINGS = (*ours, f"PRAGMA synchronous = {synchronous}")  # type: ignore[assignment]


def main() -> None:
    """Open the home of the environment, and do what the command line says."""
    from kimbilio.config.opening import open_with_passphrase, set_up_django

    set_up_django()
    home = Path(os.environ["KIMBILIO_HOME"])
    open_with_passphrase(home, PASSPHRASE)
    {"prepare": prepare, "play": play}[sys.argv[1]](home)


if __name__ == "__main__":
    main()

"""The homes that stories happen in: a demo safe space, an office made by `kimbilio init`, and one nobody set up yet."""

import re
import subprocess

from kimbilio.config.command_line.demo import PASSWORD as DEMO_PASSWORD
from tests.running import KIMBILIO, PASSPHRASE, ROOT, RunningHome

PEOPLE = 60
DESK, MANAGER, ME_OFFICER, REPORT_READER = "wanja", "achieng", "barasa", "county"
SOMEBODY = {
    "first": "Zawadi",
    "middle": "Wairimu",
    "last": "Mkamburi",
    "nickname": "Zee",
    "born": "1991",
    "phone": "0712 000 456",
    "may_call": "any_staff",
    "number_kind": "old_code",
    "number": "TAITA-0417",
}


class DemoHome(RunningHome):
    """What `kimbilio demo` makes and serves: a safe space of fictional people, without a second step."""

    _code = ""

    def _make(self) -> None:
        """Leave it to the first start, which makes a demo home where there is none."""
        self.username, self.password = DESK, DEMO_PASSWORD

    def start(self) -> None:
        """Make it if need be, serve it, and return once a page answers."""
        command = [*KIMBILIO, "demo", "--people", str(PEOPLE), "--port", str(self.port)]
        with self.stdout.open("ab") as out, self.stderr.open("ab") as err:
            self.server = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def registered(self, **typed: str) -> str:
        """Register somebody as the desk would, and return their card code."""
        desk = self.session()
        given = {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on"}
        made = desk.submit("/register", **given, **typed)
        assert made.status == 302, made.text
        return made.header("Location").removeprefix("/p/")

    @property
    def somebody(self) -> str:
        """Return the card code of one person of whom everything is known that can be."""
        if not self._code:
            self._code = self.registered(**SOMEBODY)
            desk, page = self.session(), f"/p/{self._code}"
            desk.submit(f"{page}/where", where="Behind the stage, mornings, by the blue kiosk.")
            desk.submit(f"{page}/contact", name="Mwende Ngala", relationship="sister", phone="0733 000 111")
            desk.submit(f"{page}/details", birth_date="1991-03-04")
        return self._code


class EmptyHome(RunningHome):
    """A folder with nothing in it, served by `kimbilio run`: to be set up in the browser."""

    def _make(self) -> None:
        """Make nothing: `kimbilio run` does."""

    @property
    def token(self) -> str:
        """Return the one-time token that stands in the terminal."""
        printed = re.search(r"one-time token: (\S+)", self.stdout.read_text())
        assert printed, self.stdout.read_text()
        return printed[1]

    @property
    def passphrase(self) -> str:
        """Return what opens this home."""
        return PASSPHRASE

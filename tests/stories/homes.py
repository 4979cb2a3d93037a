"""The homes that stories happen in: a demo safe space, an office made by `kimbilio init`, and one nobody set up yet."""

import re
import subprocess
import time

from tests.running import INIT, KIMBILIO, PASSWORD, ROOT, RunningHome

PEOPLE = 60
OFFICE_STAFF = ADMINISTRATOR, OFFICE_MANAGER = "administrator", "programme_manager"
PASSWORDS = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
DESK, MANAGER, ME_OFFICER, REPORT_READER = "wanja", "achieng", "barasa", "county"
LIAISON, PEER = "mwende", "kamau"
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


# The password is asked for again before some changes once a sign-in is five minutes old.
_FRESH_FOR = 200


class Office(RunningHome):
    """What `kimbilio init` makes: a home where some are asked for a second step."""

    def _make(self) -> None:
        """Make the home with its first administrator, and two more who are asked for a second step."""
        add = [["user", "add", role, "--role", role, "--name", f"Staff {role}"] for role in OFFICE_STAFF]
        self.several(INIT, *add, environment=PASSWORDS)

    def cookies_of(self, username: str, *, alone: bool = False) -> list[dict[str, str]]:
        """Return the cookies of somebody who signed in, for a browser; `alone` shares them with no other page."""
        known = self.__dict__.setdefault("_signed_in", {})
        at, cookies = known.get(username, (0.0, []))
        if alone or time.monotonic() - at > _FRESH_FOR:
            session = self.session(username)
            cookies = [
                {"name": name, "value": value, "url": self.url} for name, value in session.cookies.items()
            ]
            if not alone:
                known[username] = time.monotonic(), cookies
        return cookies

    def printed(self, pattern: str) -> str:
        """Return what the terminal says where the pattern has its group."""
        found = re.search(pattern, self.stdout.read_text())
        assert found, self.stdout.read_text()
        return found[1]


class DemoHome(Office):
    """What `kimbilio demo` makes and serves: a safe space of fictional people, without a second step."""

    _code = _joined = _silent = ""
    _twice: tuple[str, ...] = ()

    def _make(self) -> None:
        """Leave it to the first start, which makes a demo home where there is none."""
        self.username = DESK

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
        self.password = self.printed(r"The password of each is: (\S+)")

    def registered(self, **typed: str) -> str:
        """Register somebody as the desk would, and return their card code."""
        desk = self.session()
        given = {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on"}
        made = desk.submit("/register", **given | typed)
        assert made.status == 302, made.text
        return made.header("Location").removeprefix("/p/")

    @property
    def somebody(self) -> str:
        """Return the card code of one person of whom everything is known that can be."""
        if not self._code:
            self._code = self.registered(**SOMEBODY)
            desk, page = self.session(), f"/p/{self._code}"
            desk.submit(f"{page}/where", where="Karuri, nyuma ya soko, asubuhi.")
            desk.submit(f"{page}/contact", name="Mwende Ngala", relationship="sister", phone="0733 000 111")
            desk.submit(f"{page}/details", birth_date="1991-03-04")
        return self._code

    @property
    def somebody_without_a_record(self) -> str:
        """Return the card code of one person who said no to calls, visits, a supporter, and then to a record."""
        if not self._silent:
            self._silent = self.registered(first="Kadenge", last="Katana", phone="0712 000 787")
            desk, page = self.session(), f"/p/{self._silent}"
            desk.submit(f"{page}/where", where="Karuri, karibu na kituo.")
            desk.submit(f"{page}/contact", name="Mwende Ngala", phone="0733 000 111")
            noes = dict.fromkeys(("phone_contact", "home_visit", "supporter_told"), "withdrawn")
            for said in (noes, {"hold_a_record": "withdrawn"}):
                told = desk.submit(f"{page}/consent", manner="spoken", **said)
                assert told.status == 302, told.text
        return self._silent

    @property
    def somebody_twice(self) -> tuple[str, ...]:
        """Return the card codes of one person who was entered twice, and was not joined."""
        if not self._twice:
            known = {"first": "Mwakio", "last": "Mkala", "sex": "male", "phone": "0712 000 789"}
            self._twice = self.registered(**known), self.registered(**known)
        return self._twice

    @property
    def somebody_joined(self) -> str:
        """Return the card code of one person to whom another record was joined."""
        if not self._joined:
            known = {"first": "Faki", "last": "Dzombo", "sex": "male", "phone": "0712 000 788"}
            self._joined, other = self.registered(**known), self.registered(**known)
            desk, page = self.session(), f"/duplicates/{self._joined}/{other}"
            given = {"stands": self._joined, "decision": "one"}
            joined = desk.submit(page, **given)
            assert joined.status == 302, joined.text
        return self._joined


class EmptyHome(Office):
    """A folder with nothing in it, served by `kimbilio run`: to be set up in the browser."""

    def _make(self) -> None:
        """Make nothing: `kimbilio run` does."""

    @property
    def token(self) -> str:
        """Return the one-time token that stands in the terminal."""
        return self.printed(r"one-time token: (\S+)")

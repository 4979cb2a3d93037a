"""The desk as its officer uses it: every page through Django's whole stack, signed in, within this process."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from bench.fictional import Fictional
from bench.home import DESK
from bench.searches import typed_phone
from bench.timing import Series
from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for, sites_in

Known = Sequence[tuple[Fictional, str]]
_WARMING_UP = 30
_HTMX = {"HX-Request": "true"}
_FORM = "application/x-www-form-urlencoded"  # as a browser sends it


class Desk:
    """A browser signed in as the desk officer, or another of the staff, and who that is."""

    def __init__(self, username: str = DESK) -> None:
        staff = Staff.objects.get(username=username)
        self.by = actor_for(staff)
        self.site = sites_in(staff.organisation_id)[0]
        self.browser = Browser(SERVER_NAME="localhost")
        self.browser.force_login(staff)

    def find(self, text: str) -> HttpResponse:
        """Search as somebody types: the fragment that htmx asks for."""
        return self._post("/", {"q": text})

    def open_person(self, code: str) -> HttpResponse:
        """Open a person's page."""
        return _answered(self.browser.get(f"/p/{code}"))

    def show_identity(self, code: str) -> HttpResponse:
        """Ask for name and contacts."""
        return self._post(f"/p/{code}/name", {})

    def likely(self, person: Fictional) -> HttpResponse:
        """Ask, while registering, who is perhaps here already."""
        return self._post("/register/likely", _form_of(person))

    def register(self, person: Fictional) -> str:
        """Register somebody new, and return their card code."""
        answer = self.browser.post("/register", urlencode(_form_of(person)), content_type=_FORM)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].removeprefix("/p/")

    def follow(self, part: str) -> HttpResponse:
        """Open the list of people to look for, or one of the pages below it."""
        return _answered(self.browser.get(f"/follow{part}"))

    def bare(self, _place: int = 0) -> HttpResponse:
        """Ask for the least that there is to ask for."""
        return _answered(self.browser.get("/healthz"))

    def warm_up(self) -> None:
        """Compile the templates and open the connection; searches for nobody's name."""
        for _time in range(_WARMING_UP):
            self.bare()
            self.find("")

    def pages_timed(self, known: Known, count: int, chance: Random) -> dict[str, Series]:
        """Time the pages of a person, the likely matches, and the bare request beside them."""
        codes = [code for _person, code in chance.choices(known, k=count)]
        return {
            "bare": Series().time_each(self.bare, range(count)),
            "person.page": Series().time_each(self.open_person, codes),
            "identity.page": Series().time_each(self.show_identity, codes),
            "likely.page": Series().time_each(self.likely, [person for person, _ in known[: count // 4]]),
        }

    def queries(self, known: Known, person: Fictional) -> dict[str, int]:
        """Count each page's statements, those of transactions included.

        Once in half a minute the sign-in also notes that somebody is there: that is counted apart.
        """
        with_phone, code = next(pair for pair in known if pair[0].phone)
        phone = typed_phone(with_phone.phone, Random(0))
        return {
            "find by name": self.counted(lambda: self.find(f"{with_phone.first} {with_phone.last}")),
            "find by phone": self.counted(lambda: self.find(phone)),
            "person page": (page := self.counted(lambda: self.open_person(code))),
            "noting the sign-in beside it": self.counted(lambda: self.open_person(code), last_seen=60) - page,
            "show name and contacts": self.counted(lambda: self.show_identity(code)),
            "likely matches": self.counted(lambda: self.likely(with_phone)),
            "register": self.counted(lambda: self.register(person)),
        }

    def database_version(self) -> str:
        """Return which database this is, and which release."""
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            return f"PostgreSQL {connection.pg_version // 10000}"
        return f"SQLCipher {connection.connection.execute('PRAGMA cipher_version').fetchone()[0]}"

    def counted(self, do: Any, *, last_seen: int = 0) -> int:
        """Count a page's statements, so many seconds after the page before it."""
        session = self.browser.session
        session["seen_at"] = int(time.time()) - last_seen
        session.save()
        with CaptureQueriesContext(connection) as captured:
            do()
        return len(captured)

    def _post(self, address: str, fields: dict[str, str]) -> HttpResponse:
        return _answered(self.browser.post(address, urlencode(fields), content_type=_FORM, headers=_HTMX))


def _answered(answer: Any) -> HttpResponse:
    assert answer.status_code == 200, (answer.status_code, answer.content.decode())
    return answer


def _form_of(person: Fictional) -> dict[str, str]:
    return {
        "first": person.first,
        "middle": person.middle,
        "last": person.last,
        "nickname": person.nickname,
        "sex": "female" if person.female else "male",
        "born": str(person.age),
        "phone": person.phone,
        "may_call": "any_staff",
        "safe_to_say": "nothing",
        "number_kind": "old_code",
        "number": person.number,
        "consent": "on",
        "manner": "spoken",
        "confirm_new": "on",
        "token": str(uuid4()),
    }

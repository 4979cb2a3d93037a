"""One person entered twice, for tests: another spelling, the same phone."""

import time

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.people.models import Client
from tests.programme import person

Two = tuple[Client, Client]


def entered_twice(by: Actor, site: Site) -> Two:
    """Register one person twice, as two books would."""
    return (
        person(by, site, first="Zawadi", last="Mkamburi", phone="0712345678", number="KSS-0048"),
        person(by, site, first="Zawadhi", last="Mkamburi", phone="0712345678", number="KSS-1841"),
    )


def shown(client: Client) -> str:
    """A card code as pages show it."""
    return f"{client.code[:3]}-{client.code[3:]}"


def statements(browser: Browser, method: str, path: str) -> int:
    """The statements of one page, counted as `make bench` does: half a minute after the last page."""
    session = browser.session
    session["seen_at"] = int(time.time()) - 60
    session.save()
    with CaptureQueriesContext(connection) as captured:
        assert getattr(browser, method)(path).status_code == 200
    return len(captured)

"""Whatever markup somebody types into any field, a page shows it as text: no element, no attribute, no address of it.

Every answer is taken apart by a parser as a browser's would; what was typed may stand in it as text alone. That nothing
runs besides is what the policy of each page forbids (kimbilio/config/tests/test_headers.py).
"""

import itertools
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.desk.tests.visiting import address
from kimbilio.identity.models import PersonalDetails
from kimbilio.people.models import Client
from tests.programme import Programme, person, sign_in_as, staff_with

MARK = "zqx"
_RUNS = [
    f"alert({MARK})",
    f"window.{MARK}=1",
    f"fetch('//{MARK}.example')",
    f"import('//{MARK}.example/x.js')",
]
_FRAMES = (Path(__file__).parent / "markup.txt").read_text("utf-8").split("\n")[:-1]
PAYLOADS = [frame.replace("RUN", run) for frame, run in itertools.product(_FRAMES, _RUNS)] * 2
PAYLOADS = [payload + str(number) for number, payload in enumerate(PAYLOADS)][:500]
_RUN_BY = ("on", "hx-on", "data-hx-on")
_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "srcdoc",
    "data",
    "xlink:href",
    "hx-get",
    "hx-post",
    "data-hx-get",
    "style",
}


class Seen(HTMLParser):
    """What of a page is markup and holds the mark."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag in ("script", "style")
        named = dict(attrs)
        risky = [name for name in named if name.startswith(_RUN_BY) or name in _ADDRESSES or MARK in name]
        if MARK in tag or any(MARK in (named[name] or name) for name in risky):
            self.found.append(f"<{tag} {attrs}>")

    def handle_data(self, data: str) -> None:
        if self._script and MARK in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def markup_in(page: Any) -> list[str]:
    seen = Seen()
    seen.feed(page.content.decode())
    seen.close()
    return seen.found


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.soak)])
def test_markup_typed_into_every_field_of_a_person_is_shown_as_text(programme: Programme, every: int) -> None:
    browser = Browser()
    sign_in_as(browser, staff_with(Role.DESK_OFFICER, programme.site))
    by = _actor(browser)
    for payload in PAYLOADS[::every]:
        client = person(by, programme.site, first="Amani")
        _type_everywhere(browser, client, payload)
        pages = [browser.post(address(client, "name"), {}), browser.post("/", {"q": payload, "open": "1"})]
        pages += [browser.get(address(client, after)) for after in ("details", "where", "visits", "journey")]
        shown = [page for page in pages if page.status_code == 200]
        assert any(MARK in page.content.decode() for page in shown), (
            "nothing of it is shown, so nothing is proved"
        )
        assert [found for page in shown for found in markup_in(page)] == [], payload


def _actor(browser: Any) -> Any:
    from kimbilio.accounts.queries import actor_for

    return actor_for(browser.staff)


def _type_everywhere(browser: Browser, client: Client, payload: str) -> None:
    """Type it into every field of text: what a form does not take is shown again, which is looked at as well."""
    forms = {
        "details": dict.fromkeys(("first", "middle", "last", "nickname"), payload),
        "where": {"where": payload},
        "contact": {"name": payload, "relationship": payload, "phone": payload},
        "number": {"kind": "other", "number": payload},
        "phone": {"number": payload, "belongs_to": "own", "may_call": "any_staff", "safe_to_say": "nothing"},
    }
    for after, fields in forms.items():
        answer = browser.post(
            address(client, after),
            fields | {"token": f"00000000-0000-4000-8000-{hash(after + payload) % 10**12:012}"},
        )
        assert answer.status_code in (200, 302)
        if answer.status_code == 200:
            assert markup_in(answer) == [], payload
    assert PersonalDetails.objects.filter(client_id=client.pk).exists()


def test_markup_that_was_not_escaped_would_be_seen() -> None:
    """The proof of the proof."""

    class Page:
        def __init__(self, text: str) -> None:
            self.content = f'<p title="{text}">{text}</p>'.encode()

    seen = [payload for payload in PAYLOADS if markup_in(Page(payload))]
    assert len(seen) > 300

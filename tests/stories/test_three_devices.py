"""A day's work by three devices on one network, over HTTPS: the server is killed twice, and nothing is lost or doubled.

Every device has an address of its own, trusts the home's authority and nothing else, and sends a form again, as it was,
when no answer came to it.
"""

import http.client
import json
import os
import re
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from kimbilio.safekeeping.holders import holders
from tests.browsing import Page, Session
from tests.lan import DESK, LIAISON, MANAGER, LanHome

pytestmark = pytest.mark.story
COME, RECEIPTS, GIVEN = 8, 8, 2
NOT_WANTED = "does not want"
# The server is killed once so many things of the day were acknowledged.
KILLED_AFTER = (9, 20)
_BALANCES = """
SELECT account_id, item_id, sum(quantity) FROM (
    SELECT to_account_id AS account_id, item_id, quantity FROM stock_movement
    UNION ALL SELECT from_account_id, item_id, -quantity FROM stock_movement
) AS moved GROUP BY account_id, item_id HAVING sum(quantity) <> 0
"""
_HELD = """
SELECT account_id, item_id, sum(quantity) FROM stock_holding
GROUP BY account_id, item_id HAVING sum(quantity) <> 0
"""


@dataclass
class Device:
    """One device: what it was told is saved, and how often it had to send something again."""

    session: Session
    day: "Day"
    again: int = 0

    def saves(self, what: str, path: str, *, unless: str = "", **typed: str) -> str:
        """Fill in the form at this address and send it until it is acknowledged; return where it leads.

        `unless` is what the page says where it is right to save nothing; then '' is returned.
        """
        form = self._until_answered(lambda: self.session.get(path)).form(next(iter(typed)))
        answer = self._until_answered(lambda: self.session.send(form, path, **typed))
        if unless and answer.status == 200 and unless in answer.text:
            return ""
        assert answer.status == 302, f"{path}: {answer.status} {_faults_on(answer)}"
        assert not answer.header("Location").startswith("/sign-in"), "the sign-in did not outlive the kill"
        self.day.acknowledged(what)
        return answer.header("Location")

    def page(self, path: str) -> Page:
        """Open a page, waiting until there is an answer."""
        return self._until_answered(lambda: self.session.get(path))

    def _until_answered(self, ask) -> Page:
        while not self.day.given_up.is_set():
            try:
                answer = ask()
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status < 500:
                return answer
            self.again += 1
            time.sleep(0.1)
        raise AssertionError("the day was given up")


@dataclass
class Day:
    """What was acknowledged to any device today."""

    counts: Counter[str] = field(default_factory=Counter)
    numbers: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    given_up: threading.Event = field(default_factory=threading.Event)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def acknowledged(self, what: str) -> None:
        with self._turn:
            self.counts[what] += 1


@pytest.fixture(scope="module")
def home(tmp_path_factory, postgresql):
    url = postgresql.get_uri() if postgresql else ""
    with LanHome(tmp_path_factory.mktemp("lan") / "running", database_url=url) as home:
        yield home
        home.kill()


def register_and_see(device: Device, day: Day) -> None:
    """The desk: somebody new comes, is registered, and is given something."""
    for number in range(COME):
        day.numbers.append(f"LAN-{number:04}")
        given = {"number_kind": "old_code", "number": day.numbers[-1]}
        given |= {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on"}
        person = device.saves("people", "/register", **given)
        supplies = sorted(
            name for name in device.page(f"{person}/visit").form("token").names if name.startswith("item_")
        )
        device.saves("visits", f"{person}/visit", **{supplies[0]: str(GIVEN)})


def receive_supplies(device: Device, _day: Day) -> None:
    """The store: one delivery after another is written down."""
    for number in range(RECEIPTS):
        fields = device.page("/stock/receive").form("token").names
        item = min(name for name in fields if re.fullmatch(r"n-\w+-new", name))
        device.saves("receipts", "/stock/receive", **{item: "100", "reference": f"DN {number}"})


def look_for_people(device: Device, _day: Day) -> None:
    """The liaison: everybody who is looked for is visited, and what came of it is written down."""
    listed = [link for link in device.page("/follow?show=all").links if re.fullmatch(r"/follow/p/\w+", link)]
    for person in list(dict.fromkeys(listed))[:6]:
        device.saves("attempts", f"{person}/attempt", unless=NOT_WANTED, how="phone", result="not_reached")


def test_three_devices_work_a_day_and_the_server_is_killed_twice(home):
    day, before = Day(), _stored(home)
    work = {
        "127.0.0.2": (DESK, register_and_see),
        "127.0.0.3": (MANAGER, receive_supplies),
        "127.0.0.4": (LIAISON, look_for_people),
    }
    devices = {
        address: Device(home.session(username, source=address), day)
        for address, (username, _do) in work.items()
    }
    threads = [
        threading.Thread(target=_working, args=(do, devices[address], day))
        for address, (_username, do) in work.items()
    ]
    for thread in threads:
        thread.start()
    try:
        for so_many in KILLED_AFTER:
            _wait_for(day, so_many, threads)
            home.kill()
            home.start()
        for thread in threads:
            thread.join(90)
    finally:
        day.given_up.set()
    assert not day.faults, day.faults
    assert sum(device.again for device in devices.values()) > 0, (
        "no form was ever in flight when the server died"
    )
    assert day.counts["people"] == day.counts["visits"] == COME
    assert (day.counts["receipts"], day.counts["attempts"] > 0) == (RECEIPTS, True)
    after = _stored(home)
    assert {what: after[what] - before[what] for what in after} == dict(day.counts)
    held = _by_place(home, _HELD)
    ours = {account for account, _item, _quantity in held}  # not where supplies come from, nor where they go
    assert {row for row in _by_place(home, _BALANCES) if row[0] in ours} == held
    assert held
    desk = devices["127.0.0.2"].session
    for number in day.numbers:
        found = desk.post("/", {"q": number}, **{"HX-Request": "true"})
        assert len({link for link in found.links if re.fullmatch(r"/p/\w+", link)}) == 1, number
    assert json.loads(home.command("audit", "verify", "--json").stdout)["ok"]


def test_the_process_that_serves_is_exchanged_for_one_that_reads_the_new_certificate_without_a_pause(home):
    device, before = home.visitor(), _holders(home)
    os.kill(home.server.pid, signal.SIGHUP)
    until = time.monotonic() + 60
    while (now := _holders(home)) == before or len(now) != len(before):
        assert time.monotonic() < until, (before, now)
        assert device.get("/healthz").status == 200
        time.sleep(0.05)
    assert device.get("/healthz").status == 200
    assert home.server.pid in now


def _holders(home: LanHome) -> set[int]:
    """The processes that hold the home's keys: the one that was started, and the one that serves."""
    return set(holders(home.home))


def _faults_on(page: Page) -> list[str]:
    return re.findall(r'(?:class="[^"]*error[^"]*"|role="alert")[^>]*>(.{0,400})', page.text, re.DOTALL)


def _working(do, device: Device, day: Day) -> None:
    try:
        do(device, day)
    except BaseException as fault:
        day.faults.append(fault)
        day.given_up.set()


def _wait_for(day: Day, so_many: int, threads: list[threading.Thread]) -> None:
    while sum(day.counts.values()) < so_many and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    assert not day.faults, day.faults


def _stored(home: LanHome) -> dict[str, int]:
    tables = {
        "people": "people_client",
        "visits": "visits_visit WHERE voided_at IS NULL",
        "receipts": "stock_document",
        "attempts": "followup_attempt",
    }
    return {what: home.rows(f"SELECT count(*) FROM {table}")[0][0] for what, table in tables.items()}


def _by_place(home: LanHome, query: str) -> set[tuple[bytes, bytes, int]]:
    return {tuple(row) for row in home.rows(query)}

"""Plays the users of a day: `python -m bench.day_load PORT USERS_FILE WARM_UP SECONDS SEED`.

Each user does a step, then thinks for 5 to 15 seconds, as often as the time lasts. A step is what a person does with a
few taps: look for somebody and open their page; save a visit; look at Today, the list of people to look for, supplies,
the month's report; take the attendance of a group.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.browsing import Browser, names_of_fields

THINKS = (5.0, 15.0)
_GROUP = 12
# What each does, and how often of a hundred steps.
_STEPS: dict[str, dict[str, int]] = {
    "desk_officer": {"visit": 60, "look_up": 25, "today": 8, "stock": 4, "follow_up": 3},
    "outreach_worker": {"visit": 55, "look_up": 35, "follow_up": 10},
    "peer_educator": {"visit": 50, "look_up": 35, "follow_up": 15},
    "counsellor": {"attendance": 25, "look_up": 50, "visit": 15, "today": 10},
    "mat_liaison": {"follow_up": 50, "look_up": 40, "visit": 10},
    "me_officer": {"report": 40, "report_of_now": 20, "today": 20, "stock": 20},
    "programme_manager": {"today": 30, "report": 20, "report_of_now": 10, "follow_up": 20, "stock": 20},
}


class User:
    """One member of staff at their screen."""

    def __init__(self, user: dict[str, Any], known: list[dict[str, str]], port: int, seed: int) -> None:
        self.browser = Browser(port, user["session"])
        self._chance, self._known = Random(seed), known
        self._steps = _STEPS[user["role"]]
        self._today = date.today()  # noqa: DTZ011  (the day on this machine is the day of the server)

    def work(self, until: float) -> None:
        """Begin at some moment, and do one step after the other until the time is over."""
        self._wait(0, THINKS[1], until)
        while time.perf_counter() < until:
            (step,) = self._chance.choices(list(self._steps), list(self._steps.values()))
            do: Callable[[], object] = getattr(self, step)
            do()
            self._wait(*THINKS, until)

    def _wait(self, least: float, most: float, until: float) -> None:
        time.sleep(max(0.0, min(self._chance.uniform(least, most), until - time.perf_counter())))

    def look_up(self) -> str:
        """Look for somebody by name or code, and open their page."""
        person = self._chance.choice(self._known)
        self.browser.search(person["name"] if self._chance.random() < 0.7 else person["code"])
        self.browser.get("person", f"/p/{person['code']}")
        return person["code"]

    def visit(self) -> None:
        """Look for somebody, open the visit, and save it; then the first page stands there for the next person."""
        person = self._chance.choice(self._known)
        self.browser.search(person["name"] if self._chance.random() < 0.7 else person["code"])
        path = f"/p/{person['code']}/visit"
        page = self.browser.get("visit form", path)
        given = [(name, str(self._chance.randint(1, 10))) for name in names_of_fields(page, "item_")[:2]]
        done = [("services", "peer_counselling"), ("services", "shower")]
        self._wait(1, 3, float("inf"))
        self.browser.send("save visit", path, [*given, *done, ("occurred_on", self._today.isoformat())])

    def attendance(self) -> None:
        """Take the attendance of a group: the empty sheet, the codes typed and looked for, and saved."""
        some = self._chance.sample(self._known, _GROUP)
        lines = "\n".join(person["code"] for person in some)
        self.browser.get("attendance sheet", "/sessions/new")
        fields = [("kind", "psychosocial"), ("occurred_on", self._today.isoformat()), ("lines", lines)]
        self.browser.send("attendance typed", "/sessions/new", [*fields, ("do", "check")])
        self._wait(1, 3, float("inf"))
        self.browser.send("save attendance", "/sessions/new", [*fields, ("do", "save")])

    def today(self) -> None:
        """Look at the day."""
        self.browser.get("today", "/today")

    def follow_up(self) -> None:
        """Look at the list of people to look for."""
        self.browser.get("people to look for", "/follow")

    def stock(self) -> None:
        """Look at the supplies."""
        self.browser.get("supplies", "/stock")

    def report(self) -> None:
        """Read the report of last month, which is open."""
        last = self._today.replace(day=1) - timedelta(days=1)
        self.browser.get("report of last month", f"/reports/{last:%Y-%m}")

    def report_of_now(self) -> None:
        """Read the report of this month, in which people come all the time."""
        self.browser.get("report of this month", f"/reports/{self._today:%Y-%m}")


def main(port: int, file: Path, warm_up: float, seconds: float, seed: int) -> dict[str, Any]:
    """Have everybody work at once, and return what each request took that was answered after the warming up."""
    told = json.loads(file.read_text(encoding="utf-8"))
    users = [
        User(one, told["known"][one["site"]], port, seed + number) for number, one in enumerate(told["users"])
    ]
    began = time.perf_counter()
    threads = [threading.Thread(target=user.work, args=(began + warm_up + seconds,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found: dict[str, list[float]] = {}
    failed: dict[str, int] = {}
    for took in (one for user in users for one in user.browser.took):
        if took.status not in {200, 302}:
            failed[f"{took.what}: {took.status}"] = failed.get(f"{took.what}: {took.status}", 0) + 1
        elif took.at >= began + warm_up:
            found.setdefault(took.what, []).append(took.milliseconds)
    return {"users": len(users), "took": found, "failed": failed}


if __name__ == "__main__":
    _port, _file, *_rest = sys.argv[1:]
    print(json.dumps(main(int(_port), Path(_file), float(_rest[0]), float(_rest[1]), int(_rest[2]))))

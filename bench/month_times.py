"""Times the month's report on a home that `bench.month_build` filled: `python -m bench.month_times MONTH ROUNDS`.

Counts the month, and the same by hand-written SQL, in turns; asks for it as a page and a PDF; has two people close it,
and opens it again. Prints one JSON document.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from bench.home import MANAGER, open_again

_SECOND = "nyambura"


def main(month: date, rounds: int) -> dict[str, Any]:
    """Measure, open first and then closed; everything is asked once before it is timed."""
    open_again()
    from bench.month_by_sql import BySql, numbers_of
    from kimbilio.accounts.queries import actor_named
    from kimbilio.reports.queries import month_figures
    from kimbilio.reports.queries.kept import forget_all
    from kimbilio.reports.writing.pdf import pdf_of
    from kimbilio.reports.written.report import written_report

    by = actor_named(MANAGER)
    by_sql = BySql(by.organisation_id, month)

    def pdf() -> None:
        forget_all()
        assert pdf_of(written_report(by, month))[:4] == b"%PDF"

    def page_anew() -> None:
        forget_all()
        _open_page(month)

    ours, theirs = _in_turns([lambda: month_figures(by, month), by_sql.numbers], rounds)
    same = numbers_of(month_figures(by, month)) == by_sql.numbers()
    found = {"report": ours, "sql": theirs}
    found |= _named(
        ["page", "page, counted anew", "pdf"], [lambda: _open_page(month), page_anew, pdf], rounds
    )
    _close(by, month)
    closed = [lambda: month_figures(by, month), lambda: _open_page(month), page_anew]
    found |= _named(["closed report", "closed page", "closed page, counted anew"], closed, rounds)
    return {"numbers": len(by_sql.numbers()), "the same": same, "ms": found}


def _named(names: list[str], things: Sequence[Callable[[], object]], rounds: int) -> dict[str, float]:
    return dict(zip(names, _in_turns(things, rounds), strict=True))


def _in_turns(things: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Do each once, then all of them so many times in turns, and return the middle of what each took in ms."""
    took: list[list[float]] = [[] for _thing in things]
    for each in range(rounds + 1):
        for place, do in enumerate(things):
            began = time.perf_counter()
            do()
            if each:
                took[place].append((time.perf_counter() - began) * 1000)
    return [round(statistics.median(times), 1) for times in took]


def _open_page(month: date) -> None:
    """Open the page of the report of all sites, signed in, through the whole stack within this process."""
    answer = _browser().get(f"/reports/{month:%Y-%m}?site=all")
    assert answer.status_code == 200, answer.status_code


_kept: list[Any] = []


def _browser() -> Any:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client as Browser

    from kimbilio.accounts.models import Staff

    if not _kept:
        staff = Staff.objects.get(username=MANAGER)
        TOTP.activate(staff, generate_totp_secret())
        _kept.append(Browser(SERVER_NAME="localhost"))
        _kept[0].force_login(staff)
    return _kept[0]


def _close(by: Any, month: date) -> None:
    """Have a second manager of all sites, and close the month of all sites by both."""
    from kimbilio.accounts.actions import add_staff, give_role
    from kimbilio.accounts.actor import Actor
    from kimbilio.accounts.queries import actor_named, sites_in
    from kimbilio.accounts.roles import Role
    from kimbilio.reports.actions.closing import confirm_close, propose_close

    keeper = Actor.keeper(by.organisation_id)
    first, *others = sites_in(by.organisation_id)
    role = Role.PROGRAMME_MANAGER
    staff = add_staff(by=keeper, site=first, username=_SECOND, display_name=_SECOND, role=role)
    for site in others:
        give_role(by=keeper, site=site, staff=staff, role=role)
    close = propose_close(by=by, month=month)
    confirm_close(by=actor_named(_SECOND), close=close)


if __name__ == "__main__":
    print(json.dumps(main(date.fromisoformat(sys.argv[1]), int(sys.argv[2]))))

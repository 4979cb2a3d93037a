"""A day's work over HTTP leaves no name, phone, number, note or birth date readable anywhere but where it belongs.

Proves 'Done when' 4 of the first issue, on the database that this run of the suite is for.
"""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.privacy import places
from tests.privacy.canaries import Canaries
from tests.privacy.day import Day
from tests.privacy.others import ROLES, look_everywhere
from tests.privacy.scanner import Scanner
from tests.running import RunningHome

A_FEW, ALL = 250, 1000


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("at_least", [A_FEW, pytest.param(ALL, marks=pytest.mark.soak)])
def test_a_thousand_canaries_stay_where_they_belong_for_a_whole_day(
    at_least: int, home: RunningHome, postgresql: Any, tmp_path: Path
) -> None:
    began = time.time()
    day = Day(home, Canaries(f"a whole day of {at_least}"))
    scanner = Scanner(day.canaries)
    day.begin()
    while len(day.canaries) < at_least:
        day.welcome_a_person()
    day.make_mistakes()
    day.write_down_who_came()
    day.leave_the_desk_with_forms_half_filled()
    visits = [look_everywhere(day, role) for role in ROLES]
    found = places.in_a_copy(scanner, home, tmp_path / "copy")
    assert_names_are_in_no_open_file(home)
    day.end()

    found |= places.in_files(scanner, home) | places.in_tables(scanner, home)
    found |= places.in_answers(scanner, [page for session in day.sessions for page in session.answers])
    for role, visit in zip(ROLES, visits, strict=True):
        found |= {f"{page.path} for {role}": scanner.found_in(page.body) for page in visit.answers}
    if postgresql:
        found |= places.in_the_servers_files(scanner, home, postgresql.pgdata, began)
    home.stop()
    found |= places.in_files(scanner, home)
    home.start()
    readable = [f"{where}: {', '.join(sorted(canaries))}" for where, canaries in found.items() if canaries]
    assert not readable, "\n".join(readable)


def assert_names_are_in_no_open_file(home: RunningHome) -> None:
    """Fail when the server writes to a file that was not looked into: one of its own, or one without a name."""
    looked_into = {home.stdout, home.stderr}
    elsewhere = {
        path
        for path in places.open_files(home) - looked_into
        if path.parent not in (home.home, home.temporary)
    }
    assert not elsewhere


def test_a_name_that_is_written_down_plainly_is_found_everywhere(
    home: RunningHome, postgresql: Any, tmp_path: Path
) -> None:
    """The proof of the proof: a name in a place that is not sealed (a colleague's own) is found in each place."""
    began, canaries = time.time(), Canaries("a colleague's own name")
    scanner, name = Scanner(canaries), canaries.word()
    visit = home.session()
    assert visit.submit("/account", display_name=name).status == 302
    assert places.in_tables(scanner, home)
    assert places.in_answers(scanner, [visit.get("/account")])
    (home.temporary / "left behind").write_text(f"name: {name}")
    (home.home / name).touch()
    with home.stderr.open("a") as log:
        log.write(f"about {name}")
    assert len(places.in_files(scanner, home)) == 3
    assert len(places.in_a_copy(scanner, home, tmp_path / "copy")) == 1
    if postgresql:
        places_of_it = places.in_the_servers_files(scanner, home, postgresql.pgdata, began)
        assert any("/base/" in place for place in places_of_it)
        assert any("/pg_wal/" in place for place in places_of_it)

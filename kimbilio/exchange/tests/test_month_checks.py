"""What the month's report asks of books and of names, before a month is closed."""

from datetime import date
from typing import Any

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.tests.door import PETER, UNREAD, ZAWADI, Door, line_list
from kimbilio.reports.choices import CheckKind
from kimbilio.reports.queries.checks import Check, checks_of
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
JUNE, MAY = date(2025, 6, 1), date(2025, 5, 1)


def found(
    programme: Programme, role: Role, month: date = JUNE, *, every: bool = True
) -> dict[CheckKind, Check]:
    by = actor_with(role, programme.site)
    return {one.kind: one for one in checks_of(by, month, programme.site, all_of_them=every)}


def test_lines_that_wait_are_told_in_the_month_of_their_book(programme: Programme) -> None:
    door = Door(programme)
    door.takes_in(line_list(ZAWADI, UNREAD, month=Month(2025, 6)))
    check = found(programme, Role.PROGRAMME_MANAGER)[CheckKind.WAITING_LINES]
    assert (check.count, check.url) == (1, "/books/waiting")
    assert found(programme, Role.PROGRAMME_MANAGER, MAY)[CheckKind.WAITING_LINES].count == 0
    # Nobody knows of which month a book without one is, so it is told in each.
    door.takes_in(line_list(PETER, ["", "??", *UNREAD[2:]], name="another.csv"))
    assert found(programme, Role.PROGRAMME_MANAGER, MAY)[CheckKind.WAITING_LINES].count == 1


def test_an_opened_number_tells_of_lines_that_wait(programme: Programme, sign_in: Any) -> None:
    Door(programme).takes_in(line_list(UNREAD, month=Month(2025, 6)))
    manager = sign_in(Role.PROGRAMME_MANAGER)
    for address, kinds in (
        ("/reports/2025-06/visits.people", [CheckKind.WAITING_LINES]),
        ("/reports/2025-06/mat.active", [CheckKind.NO_LIST]),
        ("/reports/2025-06/community.events", []),
    ):
        page = manager.get(address)
        assert [one.kind for one in page.context["left_out_now"]] == kinds


def test_who_may_be_entered_twice_is_asked_on_the_page_of_checks_alone(programme: Programme) -> None:
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    for _ in range(2):
        person(manager, programme.site, first="Wanjiku", last="Njeri", phone="0712000345")
    check = found(programme, Role.PROGRAMME_MANAGER)[CheckKind.DUPLICATES]
    assert (check.count, check.url) == (1, "/duplicates")
    assert CheckKind.DUPLICATES not in found(programme, Role.PROGRAMME_MANAGER, every=False)


def test_who_may_settle_nothing_is_told_how_many_and_led_nowhere(programme: Programme) -> None:
    Door(programme).takes_in(line_list(UNREAD))
    for role in (Role.ME_OFFICER, Role.REPORT_READER):
        told = found(programme, role)
        assert (told[CheckKind.WAITING_LINES].count, told[CheckKind.WAITING_LINES].url) == (1, "")

"""Months: what an address says, and which lie around one."""

from datetime import date

import pytest

from kimbilio.core.months import (
    in_address,
    last_day_of,
    month_after,
    month_asked_for,
    month_before,
    months_around,
)

TODAY = date(2025, 6, 15)
JUNE = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2025-06", JUNE),
        ("2024-02", date(2024, 2, 1)),
        ("2025-07", JUNE),
        ("2025-13", JUNE),
        ("", JUNE),
        ("2025-06-01", JUNE),
        ("zuwena", JUNE),
    ],
)
def test_a_month_that_is_none_or_has_not_come_is_this_one(asked: str, month: date) -> None:
    assert month_asked_for(asked, TODAY) == month


def test_months_follow_one_another_across_years_and_leap_days() -> None:
    assert last_day_of(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_after(date(2024, 12, 1)) == date(2025, 1, 1)
    assert month_before(date(2025, 1, 1)) == date(2024, 12, 1)
    assert month_asked_for(in_address(JUNE), TODAY) == JUNE


@pytest.mark.parametrize(
    ("month", "first", "before", "after"),
    [
        (JUNE, date(2025, 5, 31), date(2025, 5, 1), None),
        (JUNE, JUNE, None, None),
        (JUNE, None, None, None),
        (date(2025, 5, 1), date(2025, 5, 20), None, JUNE),
    ],
)
def test_no_way_leads_to_where_there_is_nothing(
    month: date, first: date | None, before: date | None, after: date | None
) -> None:
    assert months_around(month, first, TODAY) == {"month": month, "before": before, "after": after}

"""A day in an address is one that somebody can mean, or none."""

from datetime import date

import pytest

from kimbilio.core.days import day_asked_for, day_meant
from kimbilio.core.refusals import NotHere

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-03-09", TODAY),
        ("2000-01-01", date(2000, 1, 1)),
        ("2026-03-10", None),
        ("1999-12-31", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2026-02-29", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_has_come_and_lies_within_the_time_of_books(said: str, meant: date | None) -> None:
    assert day_asked_for(said, TODAY) == meant
    if meant is None:
        with pytest.raises(NotHere):
            day_meant(said, TODAY)
    else:
        assert day_meant(said, TODAY) == meant

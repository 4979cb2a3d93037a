"""On which day a visit was, however the book says it: as a number, over the lines, as the name of a sheet."""

from datetime import date

import pytest

from kimbilio.exchange.books.columns import guess_columns
from kimbilio.exchange.books.fields import Kind, MissingColumns
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.month_days import UnclearMonth
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.register import Register, read_register
from kimbilio.exchange.tests.making import as_csv, as_xlsx

HEADINGS = ["NO.", "CLIENT CODE", "NAME", "N&S GIVEN"]
WITH_DAYS = ["DATE", *HEADINGS]
TODAY = date(2025, 6, 30)
MARCH = Month(2025, 3)


def read(data: bytes, name: str = "register.csv", month: Month | None = None) -> Register:
    book = open_book(data, name)
    return read_register(book, guess_columns(Kind.REGISTER, book), TODAY, month=month)


def days_of(found: Register) -> list[str]:
    return [line.day.isoformat()[5:] if line.day else "" for line in found.lines]


def lines(*days: object) -> list[list[object]]:
    return [[day, n, f"KSS-{n:04}", "Peter K.", 2] for n, day in enumerate(days, 1)]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ([3, 4, 5.0], ["03-03", "03-04", "03-05"]),
        (["3", "4th", "Mon 10"], ["03-03", "03-04", "03-10"]),
        (["3/3", "4 Mar", ",,"], ["03-03", "03-04", "03-04"]),
        (["Jumatatu 3", "??", "3/4"], ["03-03", "", "04-03"]),
        ([31, 32, "3/3/2025"], ["03-31", "", "03-03"]),
    ],
)
def test_a_number_is_a_day_of_the_month_that_the_title_says(written, days):
    rows = [["REGISTER"], ["MACHI 2025"], [], WITH_DAYS, *lines(*written)]
    assert days_of(read(as_csv(rows))) == days
    assert days_of(read(as_csv(rows[2:]), month=MARCH)) == days
    assert days_of(read(as_csv(rows[2:]), name="register March 2025.csv")) == days


@pytest.mark.parametrize(
    "over", ["Jumatatu tarehe {0}", "MON {0}", "{0}/3", "{0}/3/2025", "Day {0}", "{0} Machi"]
)
@pytest.mark.parametrize("headings", [HEADINGS, ["NAME", "CLIENT CODE", "NO.", "N&S GIVEN"]])
def test_a_day_over_its_lines_is_theirs_in_whichever_column_it_stands(over, headings):
    cells = {"NO.": 1, "CLIENT CODE": "KSS-0001", "NAME": "Peter Kamau", "N&S GIVEN": 2}
    line = [cells[heading] for heading in headings]
    rows = [["MACHI 2025"], headings, [over.format(3)], line, line, [over.format(4)], line]
    assert days_of(read(as_csv(rows))) == ["03-03", "03-03", "03-04"]


def test_a_sheet_may_be_named_by_the_number_of_its_day():
    sheets = {
        name: [["MACHI 2025"], HEADINGS, [1, "KSS-0001", "Peter K.", 2]] for name in ("3", "Jum 4", "Day 5")
    }
    assert days_of(read(as_xlsx(sheets), "register.xlsx")) == ["03-03", "03-04", "03-05"]


@pytest.mark.parametrize("written", [["3/3", "4/3"], ["3 Mar", "4 Mar"]])
def test_days_without_a_year_are_asked_for_and_not_guessed(written):
    with pytest.raises(UnclearMonth, match="Give the month"):
        read(as_csv([WITH_DAYS, *lines(*written)]))
    assert days_of(read(as_csv([WITH_DAYS, *lines(*written)]), month=MARCH)) == ["03-03", "03-04"]


def test_a_sheet_that_is_a_number_without_a_month_is_asked_about():
    sheets = {"3": [HEADINGS, [1, "KSS-0001", "Peter K.", 2]]}
    with pytest.raises(UnclearMonth, match="Give the month"):
        read(as_xlsx(sheets), "register.xlsx")


def test_a_register_without_any_day_is_refused():
    with pytest.raises(MissingColumns, match="day"):
        read(as_csv([HEADINGS, [1, "KSS-0001", "Peter K.", 2]]))


def test_a_short_sheet_is_read_as_the_long_ones_with_the_same_headings():
    headings = ["DATE", "No", *HEADINGS[1:]]
    long = [[f"{n}/6/2025", n, f"KSS-{n:04}", "Peter K.", 2] for n in range(1, 20)]
    short = [
        ["23/6/2025", 178, "KSS-0001", "Peter K.", 2],
        *[["23/6/2025", 179, "KSS-0002", "Juma B.", 2]] * 2,
    ]
    found = read(as_xlsx({"Week 1": [headings, *long], "Week 4": [headings, *short]}), "register.xlsx")
    assert [line.number for line in found.lines][-3:] == ["178", "179", "179"]
    assert [line.mat_number for line in found.lines if line.mat_number] == []
    assert found.lines[-1].fate.value == "copies"

"""The pages of reports: months, one month whole and empty, estimates and needs."""

from datetime import UTC, datetime, timedelta

from tests.stories.homes import ME_OFFICER, REPORT_READER
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


def _last_month() -> str:
    return f"{datetime.now(tz=UTC).replace(day=1) - timedelta(days=1):%Y-%m}"


@shown_to(to=REPORT_READER)
def months(v: Visitor) -> None:
    v.opens("/reports")


@shown_to(to=ME_OFFICER)
def month(v: Visitor) -> None:
    v.opens(f"/reports/{_last_month()}")


@shown_to(to=ME_OFFICER)
def month_in_tables(v: Visitor) -> None:
    v.opens(f"/reports/{_last_month()}")
    v.page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


@shown_to(to=REPORT_READER)
def month_for_a_reader(v: Visitor) -> None:
    v.opens(f"/reports/{_last_month()}")


@shown_to(to=REPORT_READER)
def month_without_records(v: Visitor) -> None:
    v.opens("/reports/2001-01")


@shown_to(to=ME_OFFICER)
def estimates_and_needs(v: Visitor) -> None:
    v.opens("/reports/estimates")


@shown_to(to=ME_OFFICER)
def new_estimate(v: Visitor) -> None:
    v.opens("/reports/estimates/new")


@shown_to(to=ME_OFFICER)
def new_estimate_with_mistakes(v: Visitor) -> None:
    new_estimate(v)
    fill(v, value="many", low="300", high="20")
    send(v)


@shown_to(to=ME_OFFICER)
def new_need(v: Visitor) -> None:
    v.opens("/reports/needs/new")

"""The pages of sessions and community events."""

from tests.stories.homes import DESK, MANAGER
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor

FIND, ALL, SAVE = (
    "form.stack .actions button[value='check']",
    "button[value='all']",
    "button[value='save']",
)


@shown_to(to=DESK)
def sessions_of_a_month(v: Visitor) -> None:
    v.opens("/sessions")


@shown_to(to=DESK)
def sessions_of_an_empty_month(v: Visitor) -> None:
    v.opens("/sessions?month=2020-01")


@shown_to(to=DESK)
def attendance_sheet(v: Visitor) -> None:
    v.opens("/sessions/new")


@shown_to(to=DESK)
def attendance_sheet_with_all_ticked(v: Visitor) -> None:
    attendance_sheet(v)
    send(v, ALL)


@shown_to(to=DESK)
def attendance_sheet_with_lines_found_and_not(v: Visitor) -> None:
    attendance_sheet(v)
    fill(v, lines="KSS-0001\nKSS-0002\nKamau\nNobody Atall")
    send(v, FIND)


@shown_to(to=DESK)
def attendance_sheet_with_mistakes(v: Visitor) -> None:
    attendance_sheet(v)
    fill(v, lines="KSS-0001\nKamau\nNobody Atall", occurred_on="", guests_male="some")
    send(v, SAVE)


@shown_to(to=DESK)
def one_session(v: Visitor) -> None:
    v.opens("/sessions?month=" + _month_of_a_session(v))
    v.page.locator("main a.row").first.click()


@shown_to(to=DESK)
def session_with_somebody_to_strike_off(v: Visitor) -> None:
    one_session(v)
    v.page.locator("main .rows details summary").first.click()
    v.page.evaluate("scrollTo(0, 0)")  # nothing half under the bar


@shown_to(to=DESK)
def more_people_for_a_session(v: Visitor) -> None:
    one_session(v)
    v.page.locator("main a[href$='/add']").click()


@shown_to(to=DESK)
def session_to_be_corrected(v: Visitor) -> None:
    one_session(v)
    v.page.locator("main a[href$='/correct']").click()


@shown_to(to=DESK)
def sheet_for_paper(v: Visitor) -> None:
    v.opens("/sessions/paper?kind=psychosocial")


@shown_to(to=DESK)
def events_of_a_month(v: Visitor) -> None:
    v.opens("/events")
    if not v.page.locator("main .rows").count():
        v.page.locator(".months a").first.click()


@shown_to(to=DESK)
def events_of_an_empty_month(v: Visitor) -> None:
    v.opens("/events?month=2020-01")


@shown_to(to=DESK)
def new_event(v: Visitor) -> None:
    v.opens("/events/new")


@shown_to(to=DESK)
def new_event_with_mistakes(v: Visitor) -> None:
    new_event(v)
    fill(v, male="many", occurred_on="2999-01-01")
    send(v)


@shown_to(to=MANAGER)
def event_to_be_corrected(v: Visitor) -> None:
    events_of_a_month(v)
    v.page.locator("main .rows a").first.click()
    v.page.locator("main details summary").click()
    v.page.evaluate("scrollTo(0, 0)")  # nothing half under the bar


def _month_of_a_session(v: Visitor) -> str:
    """Return the month in which the last session was, as addresses say it."""
    v.opens("/sessions")
    if v.page.locator("main a.row").count():
        return ""
    return (v.page.locator(".months a").first.get_attribute("href") or "").partition("month=")[2]

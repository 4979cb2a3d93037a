"""The pages of follow-up: the list, one person looked for, sheets, how MAT goes."""

from tests.stories.homes import LIAISON, PEER
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=LIAISON)
def people_to_look_for(v: Visitor) -> None:
    v.opens("/follow")


@shown_to(to=LIAISON)
def people_for_whom_nobody_looks(v: Visitor) -> None:
    v.opens("/follow?show=nobody")


@shown_to(to=PEER)
def people_that_one_looks_for(v: Visitor) -> None:
    v.opens("/follow")


@shown_to(to=PEER)
def somebody_looked_for(v: Visitor) -> None:
    v.opens("/follow")
    v.page.locator("main a.row").first.click()


@shown_to(to=PEER)
def attempt(v: Visitor) -> None:
    somebody_looked_for(v)
    v.page.locator("main a[href$='/attempt']").first.click()


@shown_to(to=PEER)
def attempt_with_mistakes(v: Visitor) -> None:
    attempt(v)
    send(v)


@shown_to(to=PEER)
def attempt_to_be_corrected(v: Visitor) -> None:
    somebody_looked_for(v)
    v.page.locator("main a[href*='/attempt/']").first.click()
    v.page.locator("main details summary").click()
    v.page.evaluate("scrollTo(0, 0)")  # nothing half under the bar


@shown_to(to=PEER)
def way_back(v: Visitor) -> None:
    somebody_looked_for(v)
    v.page.locator("main a[href$='/back']").first.click()


@shown_to(to=PEER)
def way_back_in_the_past(v: Visitor) -> None:
    way_back(v)
    fill(v, on="2020-01-01")
    send(v)


@shown_to(to=PEER)
def what_came_of_a_way_back(v: Visitor) -> None:
    v.opens("/follow?show=on_the_way")
    v.page.locator("main a.row").first.click()
    v.page.locator("main a[href$='/came']").first.click()


@shown_to(to=PEER)
def wish(v: Visitor) -> None:
    somebody_looked_for(v)
    v.page.locator("main a[href$='/wish']").first.click()


@shown_to(to=LIAISON)
def who_looks(v: Visitor) -> None:
    v.opens("/follow?show=nobody")
    v.page.locator("main a.row").first.click()
    v.page.locator("main a[href$='/who']").first.click()


@shown_to(to=LIAISON)
def how_mat_goes(v: Visitor) -> None:
    v.opens("/follow/how")


@shown_to(to=LIAISON)
def answer_with_mistakes(v: Visitor) -> None:
    v.opens("/follow/how")
    v.page.locator("main details summary").first.click()
    send(v, "details form button")


@shown_to(to=LIAISON)
def printed_sheets(v: Visitor) -> None:
    v.opens("/follow/sheets")


@shown_to(to=LIAISON)
def printed_sheet(v: Visitor) -> None:
    printed_sheets(v)
    send(v, "form:not([action]) button")


@shown_to(to=LIAISON)
def answer_to_the_clinic(v: Visitor) -> None:
    printed_sheets(v)
    send(v, "form[action$='/clinic'] button")

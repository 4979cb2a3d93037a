"""The desk's day: a visit in all its states, what is taken without a name, Today and the end-of-day sheet."""

from playwright.sync_api import expect

from tests.stories.homes import DESK, ME_OFFICER, PEER
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def visit(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/visit")


@shown_to(to=PEER)
def visit_on_outreach(v: Visitor) -> None:
    visit(v)


@shown_to(to=DESK)
def visit_with_topics(v: Visitor) -> None:
    visit(v)
    v.page.locator("[value=health_education]").check()
    v.page.locator("[value=overdose]").check()


@shown_to(to=DESK)
def visit_with_mistakes(v: Visitor) -> None:
    visit_with_topics(v)
    fill(v, needles_returned="5000", occurred_on="2999-01-01")
    send(v)


@shown_to(to=DESK)
def visit_saved(v: Visitor) -> None:
    visit_with_topics(v)
    v.page.locator(".step-number").first.fill("10")
    send(v)
    expect(v.page.locator("form[action$='/undo']")).to_be_visible()


@shown_to(to=DESK)
def one_visit(v: Visitor) -> None:
    visit_saved(v)
    v.page.locator(".notice-success a").click()


@shown_to(to=DESK)
def every_visit(v: Visitor) -> None:
    visit_saved(v)
    v.opens(f"/p/{v.home.somebody}/visits")


@shown_to(to=DESK)
def visit_to_put_right(v: Visitor) -> None:
    one_visit(v)
    v.page.locator("main a[href$='/correct']").click()


@shown_to(to=DESK)
def visit_put_right(v: Visitor) -> None:
    visit_to_put_right(v)
    v.page.locator(".step-number").first.fill("8")
    send(v)
    v.page.locator("[aria-labelledby=visits] a.row").first.click()
    expect(v.page.locator("#before-1")).to_be_visible()


@shown_to(to=DESK)
def visit_undone(v: Visitor) -> None:
    one_visit(v)
    where = v.page.url
    send(v, "form[action$='/undo'] button")
    v.page.goto(where)


@shown_to(to=DESK)
def visit_of_somebody_else(v: Visitor) -> None:
    one_visit(v)
    v.page.locator("main a[href$='/move']").click()
    fill(v, q="Njoroge")
    send(v)


@shown_to(to=DESK)
def visit_of_nobody_known(v: Visitor) -> None:
    one_visit(v)
    v.page.locator("main a[href$='/move']").click()
    fill(v, q="Xqzzv")
    send(v)


@shown_to(to=DESK)
def story_of_a_person(v: Visitor) -> None:
    visit_saved(v)
    v.opens(f"/p/{v.home.somebody}")


@shown_to(to=DESK)
def found_with_a_visit_beside(v: Visitor) -> None:
    v.opens("/")
    fill(v, q="Njoroge")
    expect(v.page.locator(".found").first).to_be_visible()


@shown_to(to=DESK)
def without_a_name(v: Visitor) -> None:
    v.opens("/tally")
    send(v, ".taps button")


@shown_to(to=DESK)
def today(v: Visitor) -> None:
    visit_saved(v)
    v.opens("/today")


@shown_to(to=ME_OFFICER)
def today_at_the_office(v: Visitor) -> None:
    v.opens("/today")


@shown_to(to=DESK)
def an_earlier_day(v: Visitor) -> None:
    v.opens("/today")
    v.page.locator("[aria-labelledby=other-days] nav a").last.click()


@shown_to(to=DESK)
def a_day_before_anything(v: Visitor) -> None:
    v.opens("/today/2001-02-03")


@shown_to(to=DESK)
def end_of_day(v: Visitor) -> None:
    today(v)
    v.page.locator("main a[href$='/end']").click()


@shown_to(to=DESK)
def own_services(v: Visitor) -> None:
    v.opens("/services")


@shown_to(to=DESK)
def own_service_with_mistakes(v: Visitor) -> None:
    v.opens("/services")
    send(v)

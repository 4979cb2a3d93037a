"""Consent: asked on one page with the words to read out, shown at a glance, and what is silent after a no."""

from playwright.sync_api import expect

from tests.stories.homes import DESK
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def consent_with_mistakes(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/consent")
    v.page.locator("[name=hiv_result_shared][value=given]").check()
    fill(v, occurred_on="2999-01-01")
    send(v)


@shown_to(to=DESK)
def consent_with_every_word(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/consent")
    folded = v.page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()


@shown_to(to=DESK)
def consent_after_a_no(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody_without_a_record}/consent")


@shown_to(to=DESK)
def person_without_a_record(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody_without_a_record}")
    v.page.locator("[aria-labelledby=consent] summary").click()
    v.page.locator("#identity button").click()
    expect(v.page.locator("#identity dl")).to_be_visible()


@shown_to(to=DESK)
def visit_of_a_person_without_a_record(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody_without_a_record}/visit")


@shown_to(to=DESK)
def words_of_consent(v: Visitor) -> None:
    v.opens("/consent/words")

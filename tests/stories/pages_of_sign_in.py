"""The pages of the second step, of setting up, and those that a running home shows only when something is wrong."""

from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect

from tests.stories.homes import ADMINISTRATOR, DESK, OFFICE_MANAGER
from tests.stories.pages import (
    EVERY_PAGE,
    NOBODY,
    Reach,
    Shown,
    fill,
    open_with_password,
    send,
    shown_to,
    unfold_and_send,
)
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def second_step_set_up_by_choice(v: Visitor) -> None:
    open_with_password(v, "/account/second-step")
    expect(v.page.locator(".square")).to_be_visible()


@shown_to(to=NOBODY, at="office")
def second_step_asked_for(v: Visitor) -> None:
    v.opens("/sign-in")
    fill(v, login=OFFICE_MANAGER, password=v.home.password)
    send(v)
    v.page.wait_for_url("**/account/second-step")


@shown_to(to=NOBODY, at="office")
def second_step_set_up_with_a_wrong_code(v: Visitor) -> None:
    second_step_asked_for(v)
    fill(v, code="000000")
    send(v)


@shown_to(to=NOBODY, at="office")
def second_step(v: Visitor) -> None:
    v.home.cookies_of(ADMINISTRATOR)  # who then has a phone set up
    v.opens("/sign-in")
    fill(v, login=ADMINISTRATOR, password=v.home.password)
    send(v)
    v.page.wait_for_url("**/second-step")


@shown_to(to=NOBODY, at="office")
def second_step_with_a_wrong_code(v: Visitor) -> None:
    second_step(v)
    fill(v, code="000000")
    send(v)


@shown_to(to=ADMINISTRATOR, at="office")
def recovery_codes_left(v: Visitor) -> None:
    open_with_password(v, "/account/recovery-codes")


@shown_to(to=ADMINISTRATOR, at="office")
def recovery_codes(v: Visitor) -> None:
    recovery_codes_left(v)
    unfold_and_send(v, "form[action$='/new']")
    expect(v.page.locator(".secrets")).to_be_visible()


@shown_to(to=NOBODY, at="empty")
def setup_with_mistakes(v: Visitor) -> None:
    v.opens("/setup")
    fill(v, token="guessed", organisation="Our programme", password="short", password_again="shorter")
    send(v)


def _only_drawn(template: str) -> Reach:
    """Show a page that a running home answers with only when something is wrong with it."""

    def reach(v: Visitor) -> None:
        with translation.override(v.language):
            drawn = render_to_string(template)
        v.page.route("**/drawn", lambda asked: asked.fulfill(body=drawn, content_type="text/html"), times=1)
        v.opens("/drawn")

    return reach


for _name, _template in {
    "something_went_wrong": "500.html",
    "kimbilio_is_closed": "core/locked.html",
    "too_many_tries": "429.html",
    "no_role_yet": "accounts/no_role.html",
}.items():
    _reach = _only_drawn(_template)
    _reach.__name__ = _name
    EVERY_PAGE.append(Shown("demo", NOBODY, _reach))

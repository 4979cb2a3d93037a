"""Every page there is, and how to come to it in any language: by addresses and the names of fields, never by words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect

from tests.stories.homes import DESK, MANAGER, ME_OFFICER, REPORT_READER
from tests.stories.visitor import Visitor

Reach = Callable[[Visitor], None]
NOBODY = ""
ADMINISTRATOR, OFFICE_MANAGER = "administrator", "programme_manager"


@dataclass(frozen=True)
class Shown:
    """A page in one of its states: at which home, to whom, and how they come to it."""

    home: str
    who: str
    reach: Reach
    alone: bool = False
    """Whether the page changes the sign-in, so that it is shared with no other page."""

    def __str__(self) -> str:
        return self.reach.__name__.replace("_", "-")


EVERY_PAGE: list[Shown] = []


def _shown(*, to: str, at: str = "demo", alone: bool = False) -> Callable[[Reach], Reach]:
    def note(reach: Reach) -> Reach:
        EVERY_PAGE.append(Shown(at, to, reach, alone))
        return reach

    return note


def _plain(name: str, path: str, *, to: str, at: str = "demo", alone: bool = False) -> None:
    """Note a page that an address alone leads to; {code} stands for a person's."""

    def reach(v: Visitor) -> None:
        v.opens(path.format(code=v.home.somebody if "{code}" in path else ""))

    reach.__name__ = name
    EVERY_PAGE.append(Shown(at, to, reach, alone))


def _fill(v: Visitor, **typed: str) -> None:
    for name, text in typed.items():
        v.page.locator(f"main [name={name}]").fill(text)


def _send(v: Visitor, button: str = "form button.main") -> None:
    with v.page.expect_navigation():
        v.page.locator(f"main {button}").first.click()


def _unfold_and_send(v: Visitor, form: str) -> None:
    """Press the grave button of a form that is folded away."""
    v.page.locator(f"main details:has({form}) > summary").click()
    _send(v, f"{form} button")


for _name, _path in {
    "find": "/",
    "register": "/register",
    "person": "/p/{code}",
    "names": "/p/{code}/details",
    "where": "/p/{code}/where",
    "about": "/p/{code}/about",
    "new_phone": "/p/{code}/phone",
    "new_contact": "/p/{code}/contact",
    "new_number": "/p/{code}/number",
    "consent": "/p/{code}/consent",
    "places_to_read": "/places",
    "account": "/account",
    "password": "/account/password",
    "is_it_still_you": "/account/again",
    "components": "/components",
    "not_open_to_you": "/staff",
    "not_here": "/p/2222222",
}.items():
    _plain(_name, _path, to=DESK)

for _name, _path in {
    "history": "/history",
    "older_history": "/history?before=20",
    "places": "/places",
    "new_clinic": "/places/clinic",
    "new_facility": "/places/facility",
    "new_hotspot": "/places/hotspot",
    "staff": "/staff",
    "staff_member": f"/staff/{DESK}",
    "oneself_among_staff": f"/staff/{MANAGER}",
    "add_staff": "/staff/add",
}.items():
    _plain(_name, _path, to=MANAGER)

_plain("locked", "/locked", to=DESK, alone=True)
_plain("sign_in", "/sign-in", to=NOBODY)
_plain("reset", "/reset", to=NOBODY)
_plain("hidden", "/hidden", to=NOBODY)
_plain("nothing_here_for_a_stranger", "/nothing", to=NOBODY)
_plain("person_by_code_alone", "/p/{code}", to=ME_OFFICER)
_plain("welcome_without_a_menu", "/", to=REPORT_READER)
_plain("welcome", "/", to=ADMINISTRATOR, at="office")
_plain("account_with_a_second_step", "/account", to=ADMINISTRATOR, at="office")
_plain("recovery_codes_left", "/account/recovery-codes", to=ADMINISTRATOR, at="office")
_plain("setup", "/setup", to=NOBODY, at="empty")


@_shown(to=NOBODY)
def sign_in_refused(v: Visitor) -> None:
    v.opens("/sign-in")
    _fill(v, login="somebody", password="not the right one at all")
    _send(v)


@_shown(to=NOBODY)
def sign_in_refused_for_a_while(v: Visitor) -> None:
    for _try in range(6):
        v.opens("/sign-in")
        _fill(v, login="somebody.else", password="not the right one at all")
        _send(v)


@_shown(to=NOBODY)
def reset_with_mistakes(v: Visitor) -> None:
    v.opens("/reset")
    _fill(v, username="wanja", code="AAAA-BBBB-CCCC-DDDD", password1="password", password2="passw0rd")
    _send(v)


@_shown(to=NOBODY)
def form_that_was_open_for_too_long(v: Visitor) -> None:
    v.opens("/sign-in")
    v.context.clear_cookies(name="csrftoken")
    _fill(v, login="wanja", password="whatever it may be")
    _send(v)


@_shown(to=DESK)
def find_with_results(v: Visitor) -> None:
    v.opens("/")
    _fill(v, q="Kamao")
    expect(v.page.locator("#results .rows li").first).to_be_visible()


@_shown(to=DESK)
def find_with_nobody(v: Visitor) -> None:
    v.opens("/")
    _fill(v, q="Xqzzv")
    expect(v.page.locator("#results .empty + .actions")).to_be_visible()


@_shown(to=DESK)
def register_with_mistakes(v: Visitor) -> None:
    v.opens("/register")
    _fill(v, born="old", phone="12")
    _send(v)


@_shown(to=DESK)
def register_with_likely_matches(v: Visitor) -> None:
    code = v.home.somebody
    v.opens("/register")
    _fill(v, first="Zawadi", last="Mkamburi", phone="0712000456")
    v.page.locator("main [name=sex][value=female]").check()
    expect(v.page.locator(f"#likely a[href$='{code}']")).to_be_visible()


@_shown(to=DESK)
def identity_opened(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}")
    v.page.locator("#identity button").click()
    expect(v.page.locator("#identity dl")).to_be_visible()
    v.page.locator("#identity details summary").first.click()


@_shown(to=DESK)
def new_phone_with_mistakes(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/phone")
    _fill(v, number="none")
    _send(v)


@_shown(to=DESK)
def password_with_mistakes(v: Visitor) -> None:
    v.opens("/account/password")
    _fill(v, password="not mine", password1="wanja wanja", password2="wanja")
    _send(v)


@_shown(to=DESK, alone=True)
def locked_with_a_form_kept(v: Visitor) -> None:
    v.opens("/register")
    _fill(v, first="Zawadi")
    v.page.evaluate("document.querySelector('form[data-keep]').insertAdjacentHTML("
                    "'beforeend', '<input type=hidden name=keep-for-later value=1>')")  # fmt: skip
    _send(v)


@_shown(to=MANAGER)
def new_hotspot_with_mistakes(v: Visitor) -> None:
    v.opens("/places/hotspot")
    _fill(v, code="KR-01")
    _send(v)


@_shown(to=MANAGER)
def add_staff_with_mistakes(v: Visitor) -> None:
    v.opens("/staff/add")
    _fill(v, username="wanja", display_name="Wanja")
    _send(v)


@_shown(to=MANAGER)
def one_time_code(v: Visitor) -> None:
    v.opens("/staff/kamau")
    _send(v, "form[action$='/code'] button")
    expect(v.page.locator(".secret")).to_be_visible()


@_shown(to=MANAGER)
def staff_member_disabled(v: Visitor) -> None:
    v.opens("/staff/otieno")
    if v.page.locator("form[action$='/disable']").count():
        _unfold_and_send(v, "form[action$='/disable']")


@_shown(to=DESK)
def second_step_set_up_by_choice(v: Visitor) -> None:
    v.opens("/account/second-step")
    expect(v.page.locator(".square")).to_be_visible()


@_shown(to=NOBODY, at="office", alone=True)
def second_step_asked_for(v: Visitor) -> None:
    v.opens("/sign-in")
    _fill(v, login=OFFICE_MANAGER, password=v.home.password)
    _send(v)
    v.page.wait_for_url("**/account/second-step")


@_shown(to=NOBODY, at="office", alone=True)
def second_step_set_up_with_a_wrong_code(v: Visitor) -> None:
    second_step_asked_for(v)
    _fill(v, code="000000")
    _send(v)


@_shown(to=NOBODY, at="office", alone=True)
def second_step(v: Visitor) -> None:
    v.home.cookies_of(ADMINISTRATOR)  # who then has a phone set up
    v.opens("/sign-in")
    _fill(v, login=ADMINISTRATOR, password=v.home.password)
    _send(v)
    v.page.wait_for_url("**/second-step")


@_shown(to=NOBODY, at="office", alone=True)
def second_step_with_a_wrong_code(v: Visitor) -> None:
    second_step(v)
    _fill(v, code="000000")
    _send(v)


@_shown(to=ADMINISTRATOR, at="office")
def recovery_codes(v: Visitor) -> None:
    v.opens("/account/recovery-codes")
    _unfold_and_send(v, "form[action$='/new']")
    expect(v.page.locator(".secrets")).to_be_visible()


@_shown(to=NOBODY, at="empty")
def setup_with_mistakes(v: Visitor) -> None:
    v.opens("/setup")
    _fill(v, token="guessed", organisation="Our programme", password="short", password_again="shorter")
    _send(v)


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

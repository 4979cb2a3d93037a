"""Every page there is, and how to come to it in any language: by addresses and the names of fields, never by words."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.stories.homes import ADMINISTRATOR, DESK, MANAGER, ME_OFFICER, REPORT_READER
from tests.stories.visitor import Visitor

Reach = Callable[[Visitor], None]
NOBODY = ""


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


def shown_to(*, to: str, at: str = "demo", alone: bool = False) -> Callable[[Reach], Reach]:
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


def fill(v: Visitor, **typed: str) -> None:
    for name, text in typed.items():
        v.page.locator(f"main [name={name}]").fill(text)


def send(v: Visitor, button: str = "form button.main") -> None:
    with v.page.expect_navigation():
        v.page.locator(f"main {button}").first.click()


def open_with_password(v: Visitor, path: str) -> None:
    """Open a page that asks for the password once more when the sign-in is some minutes old."""
    v.opens(path)
    if "/account/again" in v.page.url:
        fill(v, password=v.home.password)
        send(v)


def unfold_and_send(v: Visitor, form: str) -> None:
    """Press the grave button of a form that is folded away."""
    v.page.locator(f"main details:has({form}) > summary").click()
    send(v, f"{form} button")


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
    "new_site": "/places/site",
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
_plain("setup", "/setup", to=NOBODY, at="empty")


@shown_to(to=NOBODY)
def sign_in_refused(v: Visitor) -> None:
    v.opens("/sign-in")
    fill(v, login="somebody", password="not the right one at all")
    send(v)


@shown_to(to=NOBODY)
def sign_in_refused_for_a_while(v: Visitor) -> None:
    wrong = {"login": "somebody.else", "password": "not the right one at all"}
    for _try in range(5):
        v.home.visitor().submit("/sign-in", **wrong)
    v.opens("/sign-in")
    fill(v, **wrong)
    send(v)


@shown_to(to=NOBODY)
def reset_with_mistakes(v: Visitor) -> None:
    v.opens("/reset")
    fill(v, username="wanja", code="AAAA-BBBB-CCCC-DDDD", password1="password", password2="passw0rd")
    send(v)


@shown_to(to=NOBODY)
def form_that_was_open_for_too_long(v: Visitor) -> None:
    v.opens("/sign-in")
    v.page.context.clear_cookies(name="csrftoken")
    fill(v, login="wanja", password="whatever it may be")
    send(v)


@shown_to(to=DESK)
def find_with_results(v: Visitor) -> None:
    v.opens("/")
    fill(v, q="Kamao")
    expect(v.page.locator("#results .rows li").first).to_be_visible()


@shown_to(to=DESK)
def find_with_nobody(v: Visitor) -> None:
    v.opens("/")
    fill(v, q="Xqzzv")
    expect(v.page.locator("#results .empty + .actions")).to_be_visible()


@shown_to(to=DESK)
def register_with_mistakes(v: Visitor) -> None:
    v.opens("/register")
    fill(v, born="old", phone="12")
    send(v)


@shown_to(to=DESK)
def register_with_likely_matches(v: Visitor) -> None:
    code = v.home.somebody
    v.opens("/register")
    fill(v, first="Zawadi", last="Mkamburi", phone="0712000456")
    v.page.locator("main [name=sex][value=female]").check()
    expect(v.page.locator(f"#likely a[href$='{code}']")).to_be_visible()


@shown_to(to=DESK)
def identity_opened(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}")
    v.page.locator("#identity button").click()
    expect(v.page.locator("#identity dl")).to_be_visible()
    v.page.locator("#identity details summary").first.click()


@shown_to(to=DESK)
def new_phone_with_mistakes(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/phone")
    fill(v, number="none")
    send(v)


@shown_to(to=DESK)
def password_with_mistakes(v: Visitor) -> None:
    v.opens("/account/password")
    fill(v, password="not mine", password1="wanja wanja", password2="wanja")
    send(v)


@shown_to(to=DESK, alone=True)
def locked_with_a_form_kept(v: Visitor) -> None:
    v.opens("/register")
    fill(v, first="Zawadi")
    v.page.evaluate("document.querySelector('form[data-keep]').insertAdjacentHTML("
                    "'beforeend', '<input type=hidden name=keep-for-later value=1>')")  # fmt: skip
    send(v)


@shown_to(to=MANAGER)
def new_hotspot_with_mistakes(v: Visitor) -> None:
    v.opens("/places/hotspot")
    fill(v, code="KR-01")
    send(v)


@shown_to(to=MANAGER)
def add_staff_with_mistakes(v: Visitor) -> None:
    v.opens("/staff/add")
    fill(v, username="wanja", display_name="Wanja")
    send(v)


@shown_to(to=MANAGER)
def one_time_code(v: Visitor) -> None:
    v.opens("/staff/kamau")
    send(v, "form[action$='/code'] button")
    expect(v.page.locator(".secret")).to_be_visible()


@shown_to(to=MANAGER)
def staff_member_disabled(v: Visitor) -> None:
    v.opens("/staff/otieno")
    if v.page.locator("form[action$='/disable']").count():
        unfold_and_send(v, "form[action$='/disable']")

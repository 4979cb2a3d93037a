"""Those who reach much sign in with a code from their phone; a paper with recovery codes helps when it is gone."""

import re
from collections.abc import Callable

import pytest

from tests.browsing import _totp as code_shown_by_a_phone
from tests.running import ADMINISTRATOR
from tests.stories.homes import Office
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story


def test_an_administrator_sets_up_the_second_step_and_uses_it(
    office: Office, arrive: Callable[..., Visitor]
) -> None:
    administrator = arrive(office)
    administrator.signs_in(ADMINISTRATOR)
    secret = is_led_to_set_it_up(administrator)
    administrator.types("Code", code_shown_by_a_phone(secret))
    administrator.presses("Turn it on")
    codes = sees_the_recovery_codes(administrator)
    sees_them_only_once(administrator, codes)

    administrator.signs_out()
    administrator.signs_in(ADMINISTRATOR)
    administrator.arrives_at("Second step")
    is_not_in_yet(administrator)
    administrator.types("Code", code_shown_by_a_phone(secret))
    administrator.presses("Sign in")
    administrator.arrives_at("Find a person")

    administrator.signs_out()
    administrator.signs_in(ADMINISTRATOR)
    gives_a_recovery_code(administrator, codes[0])
    administrator.arrives_at("Find a person")

    administrator.signs_out()
    administrator.signs_in(ADMINISTRATOR)
    gives_a_recovery_code(administrator, codes[0])
    administrator.sees("This code is not right")


def is_led_to_set_it_up(administrator: Visitor) -> str:
    """Come to the page that sets the second step up, whichever page is asked for; return the secret it shows."""
    administrator.is_at("/account/second-step")
    administrator.opens("/staff")
    administrator.is_at("/account/second-step")
    administrator.arrives_at("Set up the second step")
    return administrator.page.locator(".secret").inner_text().replace(" ", "")


def sees_the_recovery_codes(administrator: Visitor) -> list[str]:
    administrator.arrives_at("Recovery codes")
    codes = administrator.page.locator(".secrets li").all_inner_texts()
    assert len(set(codes)) == len(codes) == 10
    return codes


def sees_them_only_once(administrator: Visitor, codes: list[str]) -> None:
    administrator.follows("I have them on paper")
    administrator.sees(re.compile("10 recovery codes are left"))
    administrator.follows("Recovery codes")
    administrator.arrives_at("Recovery codes")
    assert not [code for code in codes if code in administrator.page.content()]


def is_not_in_yet(administrator: Visitor) -> None:
    administrator.opens("/staff")
    administrator.arrives_at("Second step")


def gives_a_recovery_code(administrator: Visitor, code: str) -> None:
    administrator.arrives_at("Second step")
    administrator.types("Code", code)
    administrator.presses("Sign in")

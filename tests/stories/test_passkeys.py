"""Passkeys in a real browser, with an authenticator that it plays: added, shown as the second step, and alone."""

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.stories.homes import OFFICE_MANAGER
from tests.stories.visitor import unfold_menu
from tests.stories.window import open_window

pytestmark = pytest.mark.story


@pytest.fixture
def browser_page(chromium, office):
    """A window of its own, on the name of the machine."""
    window = open_window(chromium)
    yield window
    window.context.close()


def authenticator(page: Page, *, verified: bool = True) -> tuple[CDPSession, str]:
    """Give the browser a device that keeps passkeys, and asks its owner (who is the right one, or not)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def by_name(office) -> str:
    return office.url.replace("127.0.0.1", "localhost")


def signs_in(page: Page, office, at: str) -> None:
    page.goto(f"{at}/sign-in")
    page.get_by_label("Sign-in name").fill(OFFICE_MANAGER)
    page.get_by_label("Password").fill(office.password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_manager_adds_a_passkey_uses_it_as_the_second_step_and_then_alone(office, browser_page):
    page, at = browser_page, by_name(office)
    devtools, device = authenticator(page)
    signs_in(page, office, at)
    expect(page.locator("h1")).to_contain_text("Set up the second step")
    page.get_by_role("link", name="Or use a passkey").click()
    page.get_by_role("button", name="Add a passkey on this device").click()
    page.get_by_label("Name of the passkey").fill("Laptop of the office")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.locator(".secrets")).to_be_visible()  # the recovery codes, which stay beside it
    (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    page.goto(f"{at}/staff")
    expect(page.locator("h1")).to_contain_text(
        "Staff"
    )  # the passkey is the second step that the role asks for

    unfold_menu(page)
    page.get_by_role("button", name="Sign out").locator("visible=true").first.click()
    signs_in(page, office, at)
    expect(page.locator("h1")).to_contain_text("Second step")
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{at}/")

    unfold_menu(page)
    page.get_by_role("button", name="Sign out").locator("visible=true").first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{at}/")
    page.goto(f"{at}/staff")
    expect(page.locator("h1")).to_contain_text("Staff")

    _opens_only_for_its_owner(page, at, devtools, device)
    _is_renamed_and_taken_off(page, at)


def _opens_only_for_its_owner(page: Page, at: str, devtools: CDPSession, device: str) -> None:
    unfold_menu(page)
    page.get_by_role("button", name="Sign out").locator("visible=true").first.click()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("alert").locator("visible=true").first).to_be_visible()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{at}/")


def _is_renamed_and_taken_off(page: Page, at: str) -> None:
    page.goto(f"{at}/account/passkeys")
    expect(page.locator("main")).to_contain_text("Laptop of the office")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of the passkey").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Old laptop")
    page.locator("summary", has_text="Take off").click()
    page.get_by_role("button", name="Take this passkey off").click()
    expect(page.locator("main")).to_contain_text("No passkey yet.")


def test_by_a_number_or_without_a_script_the_page_says_what_to_do(office, chromium):
    window = open_window(chromium, script=False)
    try:
        window.goto(f"{office.url}/sign-in")
        window.get_by_role("button", name="Sign in with a passkey").click()
        expect(window.locator("main")).to_contain_text("opened by a number")
        window.goto(f"{by_name(office)}/sign-in")
        window.get_by_role("button", name="Sign in with a passkey").click()
        expect(window.locator("main")).to_contain_text("Sign in with your password")
        expect(window.get_by_role("button", name="Use the passkey")).to_have_count(0)
    finally:
        window.context.close()

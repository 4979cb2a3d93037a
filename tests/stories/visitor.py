"""Somebody at a browser: what they do and see, in sentences, and what must never happen meanwhile."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, Route, expect

from tests.running import RunningHome
from tests.stories.inspection import HEIGHTS, LAPTOP, faults_of

_OURS = frozenset(("sessionid", "csrftoken", "language"))
_NOWHERE = frozenset(("data", "blob", "about"))
_STORED = """
async () => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
})
"""
_NOTHING_STORED = {"local": {}, "session": {}, "databases": 0, "caches": 0}


class Visitor:
    """Somebody who uses a mouse. `faults` grows by whatever goes wrong behind the page."""

    def __init__(
        self,
        browser: Browser,
        home: RunningHome,
        *,
        language: str = "en",
        width: int = LAPTOP,
        **options: Any,
    ) -> None:
        self.home, self.language, self.faults = home, language, list[str]()
        self.has_script = options.get("java_script_enabled", True)
        self._asked_for: set[str] = set()
        seen = {
            "base_url": home.url,
            "locale": {"en": "en-KE", "sw": "sw-KE"}[language],
            "viewport": {"width": width, "height": HEIGHTS[width]},
        }
        self.context = browser.new_context(**seen, **options)
        self.context.set_default_timeout(15_000)
        self.context.on("console", self._hear)
        self.context.on("request", self._see_request)
        self.context.on("response", self._see_response)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"the script failed: {error}"))
        self._looking_glass = self.page if self.has_script else browser.new_page(**seen)

    # What they do

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def types(self, label: str, text: str) -> None:
        """Type into the field of this name, in place of what stands there."""
        self.page.get_by_label(label, exact=True).fill(text)

    def presses(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name).first.click()

    def follows(self, name: str) -> None:
        """Follow the link of this name."""
        self.page.get_by_role("link", name=name).first.click()

    def chooses(self, name: str, *, of: str) -> None:
        """Choose one of the choices that stand open under a question."""
        self.page.get_by_role("group", name=of).get_by_role("radio", name=name, exact=True).check()

    def picks(self, name: str, *, of: str) -> None:
        """Pick one of the choices of a list that opens."""
        self.page.get_by_label(of, exact=True).select_option(label=name)

    def ticks(self, label: str) -> None:
        """Tick the box beside these words."""
        self.page.get_by_role("checkbox", name=label).check()

    def opens_up(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=words).click()

    def signs_in(self, username: str = "", password: str = "") -> None:
        """Type name and password at the sign-in page."""
        self.opens("/sign-in")
        self.types("Sign-in name", username or self.home.username)
        self.types("Password", password or self.home.password)
        self.presses("Sign in")

    # What they see

    def arrives_at(self, heading: str) -> None:
        """See a page of this heading, with nothing wrong with it."""
        expect(self.page.locator("h1")).to_contain_text(heading)
        if not self.has_script:
            self._copy_to_the_looking_glass()
        faults = faults_of(self._looking_glass, language=self.language)
        assert not faults, "\n".join([f"{self.page.url}, {heading}:", *faults])

    def sees(self, text: str | re.Pattern[str]) -> None:
        """See these words."""
        expect(self._words(text)).to_be_visible()

    def does_not_see(self, text: str) -> None:
        """See these words nowhere."""
        expect(self._words(text)).to_have_count(0)

    def is_at(self, path: str | re.Pattern[str]) -> None:
        """Stand at this address."""
        expect(self.page).to_have_url(f"{self.home.url}{path}" if isinstance(path, str) else path)

    def _words(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.locator("body").get_by_text(text).locator("visible=true").first

    def _copy_to_the_looking_glass(self) -> None:
        """Show the page, without its scripts, where a script may look at it: axe is one."""
        written = self.page.content()

        def answer(asked: Route) -> None:
            if asked.request.is_navigation_request():
                asked.fulfill(body=written, content_type="text/html; charset=utf-8")
            elif asked.request.resource_type == "script":
                asked.abort()
            else:
                asked.continue_()

        self._looking_glass.unroute_all()
        self._looking_glass.route("**/*", answer)
        self._looking_glass.goto(self.page.url)

    # What must never happen

    def leaves(self) -> None:
        """Close the browser; nothing may be left in it, and nothing have gone wrong behind its pages."""
        if self.page.is_closed():
            return
        if self.has_script and self.page.url.startswith(self.home.url):
            self.leaves_nothing_stored()
        self._looking_glass.context.close()
        self.context.close()
        self.finds_nothing_wrong()

    def leaves_nothing_stored(self) -> None:
        """Look at what the browser keeps for this address besides cookies."""
        stored = self.page.evaluate(_STORED)
        assert stored == _NOTHING_STORED, f"something was stored in the browser: {stored}"

    def finds_nothing_wrong(self) -> None:
        """Look at what went wrong behind the pages since the last look."""
        faults, self.faults[:] = list(self.faults), []
        assert not faults, "\n".join(faults)

    def _hear(self, message: ConsoleMessage) -> None:
        is_own_status = message.text.startswith("Failed to load resource") and (
            message.location["url"] in self._asked_for
        )
        if message.type in ("error", "warning") and not is_own_status:
            self.faults.append(f"the browser says: {message.text}")

    def _see_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._asked_for.add(request.url)
        asked = urlsplit(request.url)
        if asked.scheme not in _NOWHERE and asked.netloc != urlsplit(self.home.url).netloc:
            self.faults.append(f"another host was asked: {request.url}")

    def _see_response(self, response: Response) -> None:
        for header in response.headers_array():
            name = header["value"].partition("=")[0]
            if header["name"].lower() == "set-cookie" and name not in _OURS:
                self.faults.append(f"{response.url} leaves a cookie: {name}")

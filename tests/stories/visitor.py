"""Somebody at a browser: what they do and see, in sentences, and what must never happen meanwhile."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.running import RunningHome
from tests.stories.inspection import LAPTOP, faults_of_a_new_kind, look_at
from tests.stories.phrasebook import said_in
from tests.stories.watch import Watch, assert_nothing_is_stored
from tests.stories.window import copy_to

_WHY = re.compile(r"/p/[^/?]+/why")


def unfold_menu(page: Page) -> None:
    """Open the menu where it is folded away: on a phone, and in a low window for who has many pages."""
    menu = page.locator(".drawer > summary")
    if menu.is_visible():
        menu.click()


class Visitor:
    """Somebody who sits down at a window, and uses a mouse. Where it has no script, axe looks through a glass."""

    def __init__(
        self,
        window: Page,
        home: RunningHome,
        *,
        language: str = "en",
        width: int = LAPTOP,
        looking_glass: Page | None = None,
    ) -> None:
        self.page, self.home, self.language = window, home, language
        self.has_script, self._looking_glass = looking_glass is None, looking_glass or window
        self.page.context.set_extra_http_headers({"Accept-Language": f"{language}-KE"})
        self.watch = Watch(window, urlsplit(home.url).netloc)
        look_at(window, width)

    def said(self, english: str) -> str:
        """Return what a page in their language says for this."""
        return said_in(self.language, english)

    # What they do

    def opens(self, path: str) -> None:
        """Type an address, and say why where it is about somebody outside their own work."""
        self.page.goto(f"{self.home.url}{path}")
        self._says_why()

    def types(self, label: str, text: str) -> None:
        """Type into the field of this name, in place of what stands there."""
        self.page.get_by_label(self.said(label), exact=True).fill(text)

    def presses(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=self.said(name)).first.click()

    def follows(self, name: str) -> None:
        """Follow the link of this name, and say why where it leads to somebody outside their own work."""
        self.page.get_by_role("link", name=self.said(name)).first.click()
        self._says_why()

    def chooses(self, name: str, *, of: str) -> None:
        """Choose one of the choices that stand open under a question."""
        self.page.get_by_role("group", name=self.said(of)).get_by_role(
            "radio", name=self.said(name), exact=True
        ).check()

    def picks(self, name: str, *, of: str) -> None:
        """Pick one of the choices of a list that opens."""
        self.page.get_by_label(self.said(of), exact=True).select_option(label=self.said(name))

    def ticks(self, label: str) -> None:
        """Tick the box beside these words."""
        self.page.get_by_role("checkbox", name=self.said(label)).check()

    def opens_up(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=self.said(words)).click()

    def hands_in(self, name: str, contents: bytes, *, at: str) -> None:
        """Choose a file of this name in the window that opens there."""
        with self.page.expect_file_chooser() as chooser:
            self._opens_files(self.page.get_by_label(self.said(at), exact=True))
        kind = "application/octet-stream"
        chooser.value.set_files({"name": name, "mimeType": kind, "buffer": contents})

    def _says_why(self) -> None:
        if _WHY.search(self.page.url):
            self.page.locator("button[value=checking]").click()

    def goes_to(self, page: str) -> None:
        """Go to one of the pages of the menu."""
        unfold_menu(self.page)
        self.follows(page)
        self.arrives_at(page)

    def signs_out(self) -> None:
        """Press the way out, at the end of the menu."""
        unfold_menu(self.page)
        self.presses("Sign out")

    def signs_in(self, username: str = "", password: str = "") -> None:
        """Type name and password at the sign-in page."""
        self.opens("/sign-in")
        self.types("Sign-in name", username or self.home.username)
        self.types("Password", password or self.home.password)
        self.presses("Sign in")

    # What they see

    def arrives_at(self, heading: str) -> None:
        """See a page of this heading, with nothing wrong with it."""
        expect(self.page.locator("h1")).to_contain_text(self.said(heading))
        if not self.has_script:
            copy_to(self._looking_glass, self.page)
        faults = faults_of_a_new_kind(self._looking_glass, language=self.language)
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

    def _opens_files(self, field: Locator) -> None:
        field.click()

    def _words(self, text: str | re.Pattern[str]) -> Locator:
        said = self.said(text) if isinstance(text, str) else text
        return self.page.locator("body").get_by_text(said).locator("visible=true").first

    # What must never happen

    def leaves(self) -> None:
        """Stand up; nothing may be left in the browser, and nothing have gone wrong behind its pages."""
        if self.has_script and self.page.url.startswith(self.home.url):
            assert_nothing_is_stored(self.page)
        faults = self.watch.ended()
        assert not faults, "\n".join(faults)

    def finds_nothing_wrong(self) -> None:
        """Look at what went wrong behind the pages since the last look."""
        faults = self.watch.taken()
        assert not faults, "\n".join(faults)

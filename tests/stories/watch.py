"""What must never happen behind a page: an error, a forbidden load, another host, something left in the browser."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response
from playwright.sync_api import Error as Broken

_OUR_COOKIES = frozenset(("sessionid", "csrftoken", "language"))
_NOWHERE = frozenset(("data", "blob", "about"))
# A search that gives way to a newer one. A request that failed is told by a message of its own beside the first.
_GAVE_WAY = ("htmx:afterRequest", "htmx:sendAbort")
_STORED = """
async () => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
})
"""
_NOTHING_STORED = {"local": {}, "session": {}, "databases": 0, "caches": 0}


class Watch:
    """Watches one window, from now until it is `ended`. `faults` grows by whatever goes wrong."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.faults: list[str] = []
        self._asked_for: set[str] = set()
        self._hears = {
            "console": self._hear,
            "request": self._see_request,
            "response": self._see_response,
            "weberror": lambda error: self._hear_broken(error.error),
        }
        for event, hear in self._hears.items():
            page.context.on(event, hear)  # type: ignore[call-overload]

    def ended(self) -> list[str]:
        """Watch no longer, and return what went wrong."""
        for event, hear in self._hears.items():
            self.page.context.remove_listener(event, hear)
        return self.taken()

    def taken(self) -> list[str]:
        """Return what went wrong since the last look."""
        faults, self.faults = self.faults, []
        return faults

    def _hear_broken(self, error: Broken) -> None:
        self.faults.append(f"the script failed: {error}")

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that answers 403, 404 or 423 is told as a resource that failed to load.
        is_own_status = message.text.startswith("Failed to load resource") and (
            message.location["url"] in self._asked_for
        )
        is_fault = message.type in ("error", "warning") and not message.text.startswith(_GAVE_WAY)
        if is_fault and not is_own_status:
            self.faults.append(f"the browser says: {message.text}")

    def _see_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._asked_for.add(request.url)
        asked = urlsplit(request.url)
        if asked.scheme not in _NOWHERE and asked.netloc != self.host:
            self.faults.append(f"another host was asked: {request.url}")

    def _see_response(self, response: Response) -> None:
        for header in response.headers_array():
            name = header["value"].partition("=")[0]
            if header["name"].lower() == "set-cookie" and name not in _OUR_COOKIES:
                self.faults.append(f"{response.url} leaves a cookie: {name}")


def assert_nothing_is_stored(page: Page) -> None:
    """Look at what the browser keeps for this address besides cookies."""
    stored = page.evaluate(_STORED)
    assert stored == _NOTHING_STORED, f"something was stored in the browser: {stored}"

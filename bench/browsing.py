"""A browser of one of many users: one connection that stays open, a cookie, and what each request took."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

_CSRF = "k" * 32
_FORM = "application/x-www-form-urlencoded"
_FIELD = re.compile(r'<input[^>]* name="([^"]+)"[^>]*>')


@dataclass
class Took:
    """What one request was for, when it was answered, and after how many milliseconds."""

    what: str
    at: float
    milliseconds: float
    status: int


@dataclass
class Browser:
    """Asks for pages as a signed-in user's browser does, and notes how long each took."""

    port: int
    session: str
    took: list[Took] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        # The token of forms is the one of the cookie, as Django lets a script of ours send it.
        self._headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"sessionid={self.session}; csrftoken={_CSRF}",
            "X-CSRFToken": _CSRF,
            "User-Agent": "Mozilla/5.0 (bench)",
        }

    def get(self, what: str, path: str) -> str:
        """Open a page, and say why where it asks for a reason first."""
        where, text = self._ask(what, "GET", path, "", {})
        if urlsplit(where).path.endswith("/why"):
            said = urlencode({"opened_because": "care", "token": str(uuid4())})
            self._ask("say why", "POST", where, said, {})
            text = self._ask(what, "GET", path, "", {})[1]
        return text

    def search(self, text: str) -> str:
        """Search as htmx asks while somebody types."""
        return self._ask("find", "POST", "/", urlencode({"q": text}), {"HX-Request": "true"})[1]

    def send(self, what: str, path: str, fields: list[tuple[str, str]]) -> str:
        """Send a form with a token of its own, and open the page that it leads to; what it says otherwise, if not."""
        body = urlencode([*fields, ("token", str(uuid4()))])
        where, text = self._ask(what, "POST", path, body, {})
        return self.get(f"{what}, then", where) if where else text

    def _ask(self, what: str, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[str, str]:
        """Ask, and return where the answer leads, and its text."""
        sent = self._headers | headers | ({"Content-Type": _FORM} if body else {})
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body or None, sent)
            answer = self._connection.getresponse()
            text = answer.read().decode()
            status, where = answer.status, answer.getheader("Location") or ""
        except (http.client.HTTPException, OSError):
            self._connection.close()
            text, status, where = "", 0, ""
        now = time.perf_counter()
        self.took.append(Took(what, now, (now - began) * 1000, status))
        return where, text


def names_of_fields(page: str, beginning: str) -> list[str]:
    """Return the names of the fields on a page that begin like this."""
    return [name for name in _FIELD.findall(page) if name.startswith(beginning)]

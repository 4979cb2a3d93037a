"""The browser's part of a talk with a running home: pages, forms, cookies, the second step."""

import base64
import hashlib
import hmac
import html
import http.client
import re
import ssl
import struct
import time
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
_WHY = re.compile(r"/p/[^/]+/why")
# The totp secrets of those who set theirs up, by address and username: a later session needs them again.
_secrets: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Page:
    """One answer of the server, and what was sent for it."""

    method: str
    path: str
    asked: dict[str, str]
    sent: bytes
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def forms(self) -> list["PageForm"]:
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms

    @property
    def links(self) -> list[str]:
        """Return the addresses of this home that the page leads to."""
        if not self.header("Content-Type").startswith("text/html"):
            return []
        own_page, found = self.path.partition("?")[0], re.findall(r'href="([^"]*)"', self.text)
        wanted = [html.unescape(link) for link in found if link.startswith(("/", "?"))]
        leads = [*wanted, self.header("Location")] if self.header("Location") else wanted
        return [own_page + link if link.startswith("?") else link for link in leads]

    def form(self, name: str) -> "PageForm":
        """Return the form with a field of this name, or that is sent to an address ending so."""
        for form in self.forms:
            if name in form.names or form.action.endswith(name):
                return form
        raise AssertionError(f"{self.path} ({self.status}) has no form with {name!r}: {self.text[:2000]}")


@dataclass
class PageForm:
    """A form as a browser would send it, and the names of all its fields."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    """Of those, the fields that take a day and nothing else."""
    has_button: bool = False
    """Whether there is a button that sends it."""


class Session:
    """One browser: its cookies, and every answer it ever got."""

    def __init__(
        self, url: str, *, patience: float = 30, trust: ssl.SSLContext | None = None, source: str = ""
    ) -> None:
        """Begin at an address; over HTTPS with what is trusted, and from one of this machine's own addresses."""
        parts = urlsplit(url)
        self.trust, self.source = trust, source
        assert parts.hostname
        self.url, self.host, self.port, self.patience = url, parts.hostname, parts.port, patience
        self.cookies: dict[str, str] = {}
        self.answers: list[Page] = []

    def get(self, path: str, **headers: str) -> Page:
        """Fetch a page; a redirect is not followed."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Page:
        """Send a form; a redirect is not followed. The token against forgery is added."""
        if self._csrf not in self.cookies:
            self.get("/sign-in")
        fields = {"csrfmiddlewaretoken": self.cookies[self._csrf]} | fields
        sent = {"Content-Type": "application/x-www-form-urlencoded"} | headers
        return self._ask("POST", path, urlencode(fields).encode(), sent)

    def send_body(self, path: str, body: bytes, content_type: str) -> Page:
        """Send a form that is written out already, as one with a file; the token against forgery is in it."""
        return self._ask("POST", path, body, {"Content-Type": content_type})

    def submit(self, path: str, **typed: str) -> Page:
        """Open the page, fill in what is typed, leave the rest as it stands there, and send its form."""
        return self.send(self.get(path).form(next(iter(typed))), path, **typed)

    def send(self, form: PageForm, path: str, **typed: str) -> Page:
        """Send a form that stands on the page at `path`."""
        return self.post(form.action or path, form.fields | typed)

    def follow(self, page: Page) -> Page:
        """Go where an answer leads, until a page comes."""
        while page.status in (301, 302, 303):
            page = self.get(page.header("Location"))
        return page

    def sign_in(self, username: str, password: str) -> Page:
        """Sign in, by the second step where one is asked for (and set it up where it is missing)."""
        page = self.submit("/sign-in", login=username, password=password)
        assert page.status == 302, f"{username} cannot sign in: {page.status} {page.text[:2000]}"
        if page.header("Location") == "/second-step":
            page = self.submit("/second-step", code=_totp(_secrets[self.url, username]))
        page = self.follow(page)
        if 'class="secret"' in page.text:
            shown = re.search(r'class="secret">([^<]+)<', page.text)
            assert shown
            _secrets[self.url, username] = shown[1].replace(" ", "")
            code = _totp(_secrets[self.url, username])
            page = self.follow(self.send(page.form("code"), "/account/second-step", code=code))
        assert page.status == 200, f"{username} is not in: {page.status} {page.text[:2000]}"
        return page

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        """Ask, say why where a person is outside their own work, and go on: the answer is that of what was asked."""
        page = self._answer(method, path, body, headers)
        if page.status == 428:
            return self._say_why(page, path)
        question = page.header("Location")
        if _WHY.fullmatch(question.partition("?")[0]) and not _WHY.fullmatch(path.partition("?")[0]):
            self._say_why(self._answer("GET", question, b"", {}), question)
            return self._answer(method, path, body, headers)
        return page

    def _say_why(self, page: Page, path: str) -> Page:
        said = page.form("token").fields | {"opened_because": "checking"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._answer("POST", path, urlencode(said).encode(), form)

    def _answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        headers = {"User-Agent": AGENT, "Host": f"{self.host}:{self.port}"} | headers
        if self.trust is not None:  # as a browser does: over HTTPS, where a form came from is asked
            headers = {"Origin": self.url} | headers
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # One connection a request: a server that is killed, or that refuses a form, leaves none half used.
        with closing(self._connection()) as connection:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            page = Page(method, path, headers, body, response.status, response.getheaders(), response.read())
        for name, value in page.headers:
            if name.lower() == "set-cookie":
                self._take(value)
        self.answers.append(page)
        return page

    @property
    def _csrf(self) -> str:
        """Return the name of the cookie against forgery, which over HTTPS belongs to its host alone."""
        return "__Host-csrftoken" if self.trust else "csrftoken"

    def _connection(self) -> http.client.HTTPConnection:
        source = (self.source, 0) if self.source else None
        if self.trust is None:
            return http.client.HTTPConnection(self.host, self.port, self.patience, source)
        return http.client.HTTPSConnection(
            self.host, self.port, timeout=self.patience, source_address=source, context=self.trust
        )

    def _take(self, cookie: str) -> None:
        for name, morsel in SimpleCookie(cookie).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.coded_value


class _FormReader(HTMLParser):
    """Reads the forms of a page with the values that stand in them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._area, self._select = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(seen.get("action", ""), seen.get("method", "get")))
        elif self.forms and tag in ("button", "input") and self._sends(tag, seen):
            self.forms[-1].has_button = True
        elif self.forms and (tag in ("input", "select", "textarea") or (tag == "option" and self._select)):
            self._field(tag, seen)

    @staticmethod
    def _sends(tag: str, seen: dict[str, str]) -> bool:
        return seen.get("type", "submit" if tag == "button" else "text") in ("submit", "image")

    def _field(self, tag: str, seen: dict[str, str]) -> None:
        form = self.forms[-1]
        name, value = seen.get("name", ""), seen.get("value", "")
        form.names |= {name} - {""}
        if seen.get("type") == "date":
            form.days.add(name)
        if tag == "option":
            if "selected" in seen:
                form.fields[self._select] = value
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
        elif name and (seen.get("type") not in ("radio", "checkbox") or "checked" in seen):
            form.fields[name] = value or ("on" if seen.get("type") == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self._area:
            form = self.forms[-1]
            form.fields[self._area] = form.fields.get(self._area, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def _totp(secret: str) -> str:
    """Return the six digits that a phone would show now. Source: RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counted = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    place = counted[-1] & 15
    return f"{(struct.unpack_from('>I', counted, place)[0] & 0x7FFFFFFF) % 1_000_000:06d}"

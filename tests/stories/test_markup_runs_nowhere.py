"""Markup typed wherever something may be typed runs on no page: no dialog, no script, nothing for the policy to stop.

A browser types it, as somebody of every office would, into each form that keeps or repeats words, and then looks at
every page that leads on from the menu. What is refused is shown again beside its field, which is looked at as well.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page
from playwright.sync_api import Error as Broken

from tests.running import RunningHome
from tests.stories.window import open_window

pytestmark = pytest.mark.story

MARK = "zqx"
_FRAMES = (Path(__file__).parents[1] / "gates" / "markup.txt").read_text("utf-8").split("\n")[:-1]
PAYLOADS = [frame.replace("RUN", f"{MARK}ran=1") for frame in _FRAMES]
PAYLOADS += [frame.replace("RUN", f"alert({MARK}ran=1)") for frame in _FRAMES[:6]]
# Some of each kind in one field: what a name takes, and what a note takes.
_PER_FIELD = 2
TEXTS = [" ".join(PAYLOADS[at : at + _PER_FIELD]) for at in range(0, len(PAYLOADS), _PER_FIELD)]
# Says on the console when a script of ours ran, and when the policy of the page stopped something.
_LISTEN = """
Object.defineProperty(window, "zqxran", { set() { console.warn("zqx: it ran"); }, get() { return 0; } });
document.addEventListener("securitypolicyviolation", (e) =>
  console.warn(`zqx: stopped ${e.effectiveDirective} ${e.blockedURI}`));
"""
# Fills the longest form of the page. `texts` are given out one after another; what was refused before is left empty.
_FILL = """
(texts) => {
  const forms = [...document.querySelectorAll("main form")].sort((a, b) => b.elements.length - a.elements.length);
  const form = forms[0];
  const words = "textarea, input:not([type]), input[type=text], input[type=search], input[type=tel]";
  let typed = 0;
  form.noValidate = true;
  for (const e of form.elements) {
    if (e.matches(words)) {
      e.removeAttribute("maxlength");
      const wasRefused = e.getAttribute("aria-invalid") === "true";
      e.value = wasRefused ? (e.inputMode === "numeric" ? "1" : "") : texts[typed++ % texts.length];
    } else if (e.type === "select-one" && !e.value && e.options.length > 1) e.selectedIndex = 1;
    else if (e.type === "number" && !e.value) e.value = "1";
    else if (e.type === "checkbox" && e.name === "consent") e.checked = true;
    else if (e.type === "radio" && !form.querySelector(`[name="${e.name}"]:checked`)) e.checked = true;
  }
  const sends = [...form.querySelectorAll("button")].filter((b) => b.type === "submit");
  const pressed = sends.find((b) => b.matches(".main")) || sends[0];
  const said = Object.assign(document.createElement("input"), { type: "hidden" });
  if (pressed) [said.name, said.value] = [pressed.name, pressed.value];
  form.append(said);
  document.wasSent = true;
  // As a whole page, also where a script of ours would send it and put the answer into this one.
  setTimeout(() => HTMLFormElement.prototype.submit.call(form), 0);
  return typed;
}
"""
_HAS_FORM = "() => document.querySelector('main form') !== null"
_IS_ANOTHER_PAGE = "() => !document.wasSent && document.readyState === 'complete'"
_LINKS = "() => [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))"
_LEFT_OUT = re.compile(
    r"/(sign-out|language|copy|trouble|static|docs)|\.(pdf|csv|xlsx|json|docx|ics)|[?]kind="
)
_OF_ONE = re.compile(r"/(?=[^/]*[\dA-Z])[^/?]+")
_SAME_KIND = 2
# Who types where; CODE is the card of the one person who is registered first.
_DESK = (
    "/p/CODE/details /p/CODE/where /p/CODE/phone /p/CODE/contact /p/CODE/number /p/CODE/about /p/CODE/visit "
    "/p/CODE/rights/told/new /p/CODE/rights/words /sessions/new /tally /register /"
)
WHERE = {
    "programme_manager": (
        "/places/facility /places/clinic /places/hotspot /places/site /events/new /stock/items/new /stock/receive "
        "/stock/loss /stock/count /components /setup"
    ),
    "administrator": "/staff/add",
    "desk_officer": _DESK,
    "mat_liaison": "/p/CODE/step /follow/p/CODE/attempt /follow/p/CODE/wish /follow/p/CODE/back",
}
LOOKS = ("desk_officer", "programme_manager", "administrator", "mat_liaison", "me_officer")


class Listener:
    """Hears what should never be heard from a window."""

    def __init__(self, window: Page) -> None:
        self.window, self.heard, self.shown = window, list[str](), Counter[str]()
        window.add_init_script(_LISTEN)
        window.on("dialog", self._dialog)
        window.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"{self.window.url}: a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.text.startswith(f"{MARK}: ") or "Content Security Policy" in message.text:
            self.heard.append(f"{self.window.url}: {message.text}")

    def looks(self) -> None:
        """Note whether the page shows what was typed."""
        if MARK in self.window.content():
            self.shown[_kind(urlsplit(self.window.url).path)] += 1


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    with RunningHome(tmp_path_factory.mktemp("markup") / "running", demo=True) as home:
        yield home


@pytest.fixture
def listener(chromium: Browser) -> Iterator[Listener]:
    window = open_window(chromium)
    yield Listener(window)
    window.context.close()


def _sit_down(listener: Listener, home: RunningHome, role: str) -> None:
    session = home.session(role)
    listener.window.context.clear_cookies()
    listener.window.context.add_cookies(
        [{"name": name, "value": value, "url": home.url} for name, value in session.cookies.items()]
    )


def _open(listener: Listener, address: str) -> None:
    """Open a page, and say why where it is about somebody outside their own work. A file is not opened."""
    window = listener.window
    try:
        window.goto(address, wait_until="load")
    except Broken as broken:
        if "Download is starting" not in broken.message and "ERR_ABORTED" not in broken.message:
            raise
    if re.search(r"/p/[^/?]+/why", window.url):
        window.locator("button[value=checking]").click()
    listener.looks()


def _type_into(listener: Listener, address: str, texts: list[str]) -> int:
    """Fill the form of a page and send it; once more without what was refused. Return how many fields took words."""
    window, typed = listener.window, 0
    _open(listener, address)
    for _time in range(3):
        before = window.url
        if not window.evaluate(_HAS_FORM):
            break
        typed += window.evaluate(_FILL, texts)
        window.wait_for_function(_IS_ANOTHER_PAGE)
        listener.looks()
        if window.url != before:
            break
    return typed


def _kind(path: str) -> str:
    """Return an address without what tells one record from another."""
    return _OF_ONE.sub("/*", path)


def _look_everywhere(listener: Listener, home: RunningHome, begin: list[str]) -> None:
    """Open every page that leads on from these, of each kind a few."""
    ahead, seen, kinds = list(begin), set(begin), Counter[str]()
    while ahead:
        path = ahead.pop(0)
        kind = _kind(path.partition("?")[0])
        if kinds[kind] >= _SAME_KIND:
            continue
        kinds[kind] += 1
        _open(listener, f"{home.url}{path}")
        for link in listener.window.evaluate(_LINKS):
            if link.startswith("/") and not _LEFT_OUT.search(link) and link not in seen:
                seen.add(link)
                ahead.append(link)


@pytest.mark.soak
def test_markup_typed_anywhere_runs_on_no_page(listener: Listener, home: RunningHome) -> None:
    made = home.session("desk_officer").submit(
        "/register", first=TEXTS[0], sex="female", consent="on", manner="spoken", confirm_new="on"
    )
    assert made.status == 302, made.text
    code, given = made.header("Location").removeprefix("/p/"), 0
    for role, addresses in WHERE.items():
        _sit_down(listener, home, role)
        for address in addresses.replace("CODE", code).split():
            at = given % len(TEXTS)
            given += _type_into(listener, f"{home.url}{address}", TEXTS[at:] + TEXTS[:at])
    for role in LOOKS:
        _sit_down(listener, home, role)
        _look_everywhere(listener, home, ["/", f"/p/{code}", f"/p/{code}/rights", f"/follow/p/{code}"])
    assert listener.heard == []
    assert given >= len(TEXTS), "not every payload was typed"
    kinds = {kind for kind, times in listener.shown.items() if times}
    assert len(kinds) > 15, f"too few pages show what was typed, so too little is proved: {sorted(kinds)}"


@pytest.mark.parametrize("policy", ["", "default-src 'self'"])
def test_markup_that_was_not_escaped_would_be_heard(listener: Listener, policy: str) -> None:
    """The proof of the proof: without a policy it runs, with one it is stopped, and both are heard."""
    address = "http://127.0.0.1/unescaped"
    headers = {"Content-Security-Policy": policy} if policy else {}
    listener.window.route(
        "**/*",
        lambda route: route.fulfill(
            body=PAYLOADS[0] + PAYLOADS[2], headers=headers, content_type="text/html"
        ),
    )
    listener.window.goto(address)
    listener.window.wait_for_load_state("load")
    assert any("stopped" in heard if policy else "ran" in heard for heard in listener.heard)

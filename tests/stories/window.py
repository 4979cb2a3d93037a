"""A window of the browser. Opening one costs a second of work, so that stories share one where they can."""

from playwright.sync_api import Browser, Page, Route

# Says on the console how long after an Escape the page was emptied.
_SAY_WHEN_EMPTIED = """
(() => {
  let pressed;
  addEventListener("keydown", (e) => { if (e.key === "Escape") pressed = performance.now(); }, true);
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    if (!document.body.childElementCount) console.info(`emptied after ${performance.now() - pressed}`);
  }).observe(document.body, { childList: true }));
})()
"""


def open_window(browser: Browser, *, script: bool = True) -> Page:
    """Open a window with nothing in it, sharing cookies with no other."""
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(15_000)
    context.add_init_script(_SAY_WHEN_EMPTIED)
    return context.new_page()


def leave_empty(window: Page) -> None:
    """Leave a window as it was opened, for the next one who sits down there."""
    window.goto("about:blank")
    window.context.clear_cookies()


def copy_to(looking_glass: Page, page: Page) -> None:
    """Show a page without its scripts where a script may look at it: axe is one, and needs them allowed."""
    written = page.content()

    def answer(asked: Route) -> None:
        if asked.request.is_navigation_request():
            asked.fulfill(body=written, content_type="text/html; charset=utf-8")
        elif asked.request.resource_type == "script":
            asked.abort()
        else:
            asked.continue_()

    looking_glass.unroute_all()
    looking_glass.set_viewport_size(page.viewport_size or {"width": 0, "height": 0})
    looking_glass.route("**/*", answer)
    looking_glass.goto(page.url)

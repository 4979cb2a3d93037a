"""What must hold of every page, whoever opens it, in whatever language, on a phone or a laptop."""

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

PHONE, LAPTOP = 360, 1280
HEIGHTS = {320: 640, PHONE: 640, LAPTOP: 800}
TITLE = "Kimbilio"
_RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22a wcag22aa best-practice".split()
_AXE = Axe()

# A link within a sentence may be as tall as its line (WCAG 2.2, 2.5.8). Sizes are of the box that takes the
# click: for a radio button or a tick, that is its label. The rail closes up in a low window where there is a mouse.
_MEASURE = """
() => {
  const faults = [];
  const words = (e) => `<${e.tagName.toLowerCase()} ${e.className}> ${(e.textContent || e.name).trim().slice(0, 40)}`;
  const isInSentence = (e) => getComputedStyle(e).display === "inline" &&
    [...e.parentElement.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen, .skip");
  const root = document.documentElement;

  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(
      (e) => isSeen(e) && e.getBoundingClientRect().right > root.clientWidth + 1);
    faults.push(`it scrolls sideways (${root.scrollWidth} of ${root.clientWidth}): ${wide.slice(-2).map(words)}`);
  }

  const isByMouse = matchMedia("(pointer: fine)").matches;
  const BUTTONS = "button, .button, summary, select, textarea, input, .menu a, a.row, .plain";
  for (const e of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    if (!isSeen(e) || isInSentence(e)) continue;
    const taken = e.matches("[type=radio], [type=checkbox]") ? e.closest("label") : e;
    const { width, height } = taken.getBoundingClientRect();
    const least = !e.matches(BUTTONS) ? 24 : isByMouse && e.closest(".rail") ? 32 : 48;
    const size = `${Math.round(width)} x ${Math.round(height)} px`;
    if (height < least - 0.5 || width < 24) faults.push(`${size} is small: ${words(e)}`);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const e = text.parentElement;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (text.data.trim() && size < 16 && isSeen(e)) faults.push(`${size} px is small text: ${words(e)}`);
  }
  return faults;
}
"""
_RUN_AXE = "async (options) => ({ violations: (await axe.run(options)).violations })"
_IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
_TEXT_AT = "(percent) => { document.documentElement.style.fontSize = percent; }"

# Words that no sentence in Kiswahili has, and hardly any in English is without.
_ENGLISH = frozenset("the and your you this with not have please was were are from".split())
# Without what says of itself that it is in another language: words to read out to somebody who speaks that one.
_WORDS_SHOWN = """
() => [...document.querySelectorAll('main [lang]')]
  .filter((e) => e.lang !== document.documentElement.lang && e.innerText)
  .reduce((text, e) => text.replace(e.innerText, ''), document.querySelector('main').innerText)
"""


# What a page is made of, without its words: two pages made of the same parts pass or fail axe together.
_PARTS = """
() => [...new Set([...document.querySelectorAll("body *")].map((e) => `${e.tagName}.${e.className}[${
  e.getAttributeNames().sort()}]`))].sort().join()
"""
_NOWHERE = "() => [...document.querySelectorAll('a:not([href]), a[href=\"\"]')].map((a) => a.innerText)"
_nothing_wrong_with: set[tuple[str, ...]] = set()


def faults_of(page: Page, *, language: str) -> list[str]:
    """Return what is wrong with a page at the width it has now."""
    page.evaluate("scrollTo(0, 0)")  # what the bar at the bottom covers meanwhile would count as too small
    faults = _look_closely(page, language)
    if not faults:
        _nothing_wrong_with.add(_kind_of(page, language))
    return faults


def faults_of_a_new_kind(page: Page, *, language: str) -> list[str]:
    """Return what is wrong with a page, unless one made of the same parts was looked at before."""
    return [] if _kind_of(page, language) in _nothing_wrong_with else faults_of(page, language=language)


def _kind_of(page: Page, language: str) -> tuple[str, ...]:
    return page.evaluate(_PARTS), str(page.viewport_size), language


def _look_closely(page: Page, language: str) -> list[str]:
    page.wait_for_load_state()  # a link that was followed may have led here only just now
    return [
        *_faults_of_its_head(page, language),
        *(f"a link leads nowhere: {words}" for words in page.evaluate(_NOWHERE)),
        *_faults_found_by_axe(page),
        *page.evaluate(_MEASURE),
        *_words_in_another_language(page, language),
    ]


def faults_when_narrow_or_enlarged(page: Page) -> list[str]:
    """Return what is wrong at 320 px, and with text twice as large. Source: WCAG 2.2, 1.4.4 and 1.4.10."""
    look_at(page, 320)
    faults = ["it scrolls sideways at 320 px"] if page.evaluate(_IS_TOO_WIDE) else []
    look_at(page, LAPTOP)
    page.evaluate(_TEXT_AT, "225%")
    if page.evaluate(_IS_TOO_WIDE):
        faults.append("it scrolls sideways with text twice as large")
    page.evaluate(_TEXT_AT, "")
    return faults


def look_at(page: Page, width: int) -> None:
    """Give the page the size of a phone or a laptop."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def _faults_of_its_head(page: Page, language: str) -> list[str]:
    title, spoken = page.title().strip(), page.locator("html").get_attribute("lang")
    faults = [] if title == TITLE else [f"its title is {title!r}"]
    return faults if spoken == language else [*faults, f"its language is {spoken!r}"]


def _faults_found_by_axe(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.axe_script)
    found = AxeResults(page.evaluate(_RUN_AXE, {"resultTypes": ["violations"], "runOnly": _RULES}))
    return [found.generate_report()] if found.violations_count else []


def _words_in_another_language(page: Page, language: str) -> list[str]:
    if language == "en":
        return []
    shown = page.evaluate(_WORDS_SHOWN).lower().split()
    english = sorted(_ENGLISH.intersection(word.strip(".,:;?!()") for word in shown))
    return [f"English words on a page in Kiswahili: {english}"] if english else []

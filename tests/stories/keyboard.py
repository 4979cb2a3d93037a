"""Somebody who has no mouse: Tab, Enter, Space and the arrows, and always seeing where they are."""

from playwright.sync_api import Locator, expect

from tests.stories.visitor import Visitor

_MOST_TABS = 150
# Puts down what is looked for, and says whether it stands before where the focus is now.
_LOOK_FOR = """
(wanted) => {
  globalThis.lookedFor = wanted;
  return Boolean(document.activeElement.compareDocumentPosition(wanted[0]) & Node.DOCUMENT_POSITION_PRECEDING);
}
"""
_IS_REACHED = "() => globalThis.lookedFor.includes(document.activeElement)"
# Where the focus is seen: on the thing itself, or for a radio button or a tick on the row that holds it.
_FOCUS = """
() => {
  const e = document.activeElement;
  if (e === document.body || e === document.documentElement) return { faults: [], isReached: false };
  const shown = e.matches("[type=radio], [type=checkbox]") ? e.closest("label") : e;
  const words = `<${e.tagName.toLowerCase()} ${e.className}> ${(e.textContent || e.name).trim().slice(0, 40)}`;
  const faults = [];
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push(`the focus is not seen on ${words}`);
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const bar = document.querySelector("header.bar");
  const edge = bar && !bar.contains(e) && !e.matches(".skip") ? bar.getBoundingClientRect().bottom : 0;
  if (top < edge - 0.5) faults.push(`the focus is under the header on ${words}`);
  if (top < -0.5 || top >= innerHeight) faults.push(`the focus is off the screen on ${words}`);
  const there = document.elementFromPoint((left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1));
  if (!there || !(shown.contains(there) || there.contains(shown))) faults.push(`something covers ${words}`);
  return { faults, isReached: globalThis.lookedFor.includes(e) };
}
"""


class KeyboardVisitor(Visitor):
    """Does all that a visitor does, without a mouse."""

    def types(self, label: str, text: str) -> None:
        self._tab_to(self.page.get_by_label(self.said(label), exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def presses(self, name: str) -> None:
        self._tab_to(self.page.get_by_role("button", name=self.said(name)).first)
        self.page.keyboard.press("Enter")

    def follows(self, name: str) -> None:
        self._tab_to(self.page.get_by_role("link", name=self.said(name)).first)
        self.page.keyboard.press("Enter")

    def ticks(self, label: str) -> None:
        self._tab_to(self.page.get_by_role("checkbox", name=self.said(label)))
        self.page.keyboard.press("Space")

    def opens_up(self, words: str) -> None:
        self._tab_to(self.page.locator("summary", has_text=self.said(words)))
        self.page.keyboard.press("Enter")

    def chooses(self, name: str, *, of: str) -> None:
        choices = self.page.get_by_role("group", name=self.said(of)).get_by_role("radio")
        self._tab_to(choices)
        wanted = self.page.get_by_role("group", name=self.said(of)).get_by_role(
            "radio", name=self.said(name), exact=True
        )
        self.page.keyboard.press("Space")
        for _choice in range(choices.count()):
            if wanted.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def picks(self, name: str, *, of: str) -> None:
        wanted = self.page.get_by_label(self.said(of), exact=True)
        self._tab_to(wanted)
        self.page.keyboard.type(self.said(name))
        expect(wanted.locator("option:checked")).to_have_text(self.said(name))

    def _opens_files(self, field: Locator) -> None:
        self._tab_to(field)
        self.page.keyboard.press("Enter")

    def _tab_to(self, wanted: Locator) -> None:
        """Press Tab until this is reached, or one of these; at each step the focus must be seen."""
        expect(wanted.first).to_be_visible()
        key = "Shift+Tab" if wanted.evaluate_all(_LOOK_FOR) else "Tab"
        if self.page.evaluate(_IS_REACHED):
            return
        for _press in range(_MOST_TABS):
            self.page.keyboard.press(key)
            focus = self.page.evaluate(_FOCUS)
            assert not focus["faults"], f"{self.page.url}: {focus['faults']}"
            if focus["isReached"]:
                return
        raise AssertionError(f"{self.page.url}: {key} never comes to {wanted}")

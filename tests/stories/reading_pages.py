"""What stands on a page as somebody reads it: facts, tables, numbers and what each of them opens to."""

import csv
import io
import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page

from tests.stories.day_numbers import Figures

_FACTS = """
(dls) => dls.flatMap((dl) => [...dl.querySelectorAll(":scope > div")].map((one) =>
  [one.querySelector("dt").innerText.trim(), one.querySelector("dd").innerText.trim().replace(/\\s+/g, " ")]))
"""
_ROWS = """
(table) => [...table.querySelectorAll("tbody tr")].map((row) =>
  [...row.querySelectorAll("th, td")].map((cell) => cell.innerText.trim()))
"""
_NUMBERS = "(links) => links.map((a) => [a.getAttribute('href'), a.innerText.trim()])"
_OPENED = """
() => ({
  value: Number(document.querySelector("#number .big").innerText.replaceAll(",", "")),
  told: Number(/\\d+/.exec(document.querySelector("#rows").innerText.replaceAll(",", ""))[0]),
  rows: document.querySelectorAll("[aria-labelledby=rows] .rows > li").length,
  amounts: [...document.querySelectorAll("[aria-labelledby=rows] .rows > li strong.number")].map((e) =>
    Number(e.innerText.replaceAll(",", ""))),
})
"""
_ADDRESS = re.compile(r"/reports/\d{4}-\d{2}/([a-z0-9_.]+)$")
_WORDS_BESIDE = {"title", "value", "of", "code"}
ROWS_OF_A_PAGE = 50


def facts(page: Page, where: str = "main dl.facts") -> dict[str, str]:
    """Return the facts of a page by their names."""
    return dict(page.locator(where).evaluate_all(_FACTS))


def table(page: Page, labelled: str) -> list[list[str]]:
    """Return the rows of the table of a section."""
    rows: list[list[str]] = page.locator(f"section[aria-labelledby={labelled}] table").first.evaluate(_ROWS)
    return rows


def numbers_that_open(page: Page) -> dict[str, int]:
    """Return the numbers of a report that open to their records, by address."""
    found = page.locator("main a.number").evaluate_all(_NUMBERS)
    return {address: int(shown.replace(",", "")) for address, shown in found}


def figure_at(address: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Return which figure an address opens: its code and part."""
    said = urlsplit(address)
    code = _ADDRESS.search(said.path)
    assert code, address
    asked = parse_qsl(said.query)
    return code[1], frozenset(
        (name.removeprefix("by-"), part) for name, part in asked if name.startswith("by-")
    )


def every_number_opens(page: Page, home: str, month: str, expected: Figures) -> None:
    """See every number of a month's page be the expected one, and open each, and every whole one, to its records."""
    shown = numbers_that_open(page)
    for address, number in shown.items():
        code, part = figure_at(address)
        assert expected.get((code, part), number) == number, address
        assert part or (code, part) in expected, address
    whole = {f"/reports/{month}/{code}": number for (code, part), number in expected.items() if not part}
    assert len(whole.keys() & shown.keys()) > len(whole) // 2
    for address, number in (shown | whole).items():
        opens_to_as_many(page, home + address, number)


def opens_to_as_many(page: Page, url: str, number: int) -> None:
    """Open a number: what stands there is the number, and so is the count of its records, or their sum."""
    page.goto(url)
    opened = page.evaluate(_OPENED)
    assert opened["value"] == number, url
    assert opened["rows"] == min(opened["told"], ROWS_OF_A_PAGE), url
    if opened["told"] <= ROWS_OF_A_PAGE:
        assert (sum(opened["amounts"]) if opened["amounts"] else opened["rows"]) == number, url


def figures_in(table_of_figures: bytes) -> Figures:
    """Return the figures of a CSV table by code and part, those that are nought left out."""
    rows = csv.DictReader(io.StringIO(table_of_figures.decode("utf-8-sig")))
    found: Figures = {}
    for row in rows:
        part = frozenset((name, said) for name, said in row.items() if said and name not in _WORDS_BESIDE)
        if int(row["value"]):
            found[row["code"], part] = int(row["value"])
    return found


def only_of(figures: Figures, *splits: str) -> Figures:
    """Return the whole figures, and those of parts by one of these splits alone."""
    return {
        (code, part): value
        for (code, part), value in figures.items()
        if not part or {name for name, _said in part} <= set(splits)
    }


def assert_same(shown: Figures, expected: Figures) -> None:
    """Fail where figures differ from the expected ones, with a line for each."""
    keys = sorted(shown.keys() | expected.keys(), key=lambda key: (key[0], sorted(key[1])))
    wrong = [
        f"{code} {dict(part)}: {shown.get((code, part), 0)}, not {expected.get((code, part), 0)}"
        for code, part in keys
        if shown.get((code, part), 0) != expected.get((code, part), 0)
    ]
    assert not wrong, "\n".join(wrong)

"""Hands that make a month on the screen: books come in, lines are settled, cards are joined, two people close."""

import re

from playwright.sync_api import expect

from kimbilio.exchange.books.fields import Kind
from tests.stories.visitor import Visitor

_PATIENCE = 240_000  # a whole programme's books, on a busy machine
_PAIR = "section[aria-labelledby=pairs] a.row"


def takes_in(clerk: Visitor, kind: Kind, name: str, book: bytes) -> None:
    """Choose a book, look at its columns and at what becomes of its lines, and take it in."""
    clerk.page.set_default_timeout(_PATIENCE)
    clerk.goes_to("Books")
    clerk.follows("Take a book in")
    clerk.arrives_at("Take a book in")
    clerk.page.locator(f"[name=kind][value={kind}]").check()
    clerk.hands_in(name, book, at="The file")
    clerk.presses("Go on to its columns")
    comes_to(clerk, "What the columns are")
    clerk.presses("See what becomes of each line")
    comes_to(clerk, "What becomes of each line")
    clerk.presses("Take this book in")
    expect(clerk.page).to_have_url(re.compile(r"/books/\d+$"), timeout=_PATIENCE)
    clerk.sees("The book is taken in.")
    clerk.arrives_at(f"Book {clerk.page.url.rpartition('/')[2]}")


def comes_to(clerk: Visitor, heading: str) -> None:
    """See a page that takes a while where a book is large."""
    expect(clerk.page.locator("h1")).to_contain_text(clerk.said(heading), timeout=_PATIENCE)
    clerk.arrives_at(heading)


def puts_right(clerk: Visitor, **typed: str) -> None:
    """Put right what stands in the line on the screen, and have it read again."""
    section = clerk.page.locator("[aria-labelledby=typed]")
    if section.locator("summary").count():
        section.locator("summary").click()
    for name, text in typed.items():
        section.locator(f"[name={name}]").fill(text)
    clerk.presses("Read the line again")
    clerk.sees("Put right, and taken in.")


def is_settled(clerk: Visitor, answer: str) -> None:
    """Settle the line on the screen by one of its answers."""
    clerk.chooses(answer, of="Whose line is this?")
    with clerk.page.expect_navigation():
        clerk.presses("Settle this line")


def is_left_out(clerk: Visitor, why: str) -> None:
    """Leave the line on the screen out, with the reason."""
    clerk.chooses("Leave the line out", of="Whose line is this?")
    clerk.types("Why it is left out", why)
    with clerk.page.expect_navigation():
        clerk.presses("Settle this line")


def joins_every_pair(clerk: Visitor) -> int:
    """Join every pair that is offered, the likeliest first; return how many there were."""
    joined = 0
    clerk.opens("/duplicates")
    while clerk.page.locator(_PAIR).count():
        clerk.page.locator(_PAIR).first.click()
        is_joined(clerk)
        joined += 1
        clerk.opens("/duplicates")
    return joined


def is_joined(clerk: Visitor) -> None:
    """Say of the pair on the screen that it is one person."""
    with clerk.page.expect_navigation():
        clerk.presses("They are one person")


def two_people_close(proposes: Visitor, confirms: Visitor, month: str) -> None:
    """Propose the month's figures, and have another confirm them."""
    proposes.opens(f"/reports/{month}/close")
    proposes.arrives_at("Close the month")
    proposes.presses("Propose to close the month")
    proposes.sees("Another person must confirm what you proposed. Until then you may take it back.")
    confirms.opens(f"/reports/{month}/close")
    confirms.arrives_at("Close the month")
    confirms.presses("Confirm, and close the month")
    confirms.arrives_at("How the month was closed")
    confirms.sees("Every number is still what the month was closed with.")

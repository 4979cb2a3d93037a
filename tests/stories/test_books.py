"""A liaison's books: the list of a programme and the clinic's month come in, a line is settled, all is taken back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kimbilio.people.rules import display_card_code
from tests.stories.books_kept import (
    AMBIGUOUS_LINE,
    SECOND_NAME,
    UNREADABLE_LINE,
    code,
    known_code,
    line_list,
    month,
)
from tests.stories.homes import LIAISON, DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
PEOPLE = 3


def test_with_a_mouse(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    books_come_in_and_are_taken_back(arrive(demo), of="MBI")


@pytest.mark.parametrize(
    ("width", "of"), [(LAPTOP, "MLI"), pytest.param(PHONE, "MSI", marks=pytest.mark.soak)]
)
def test_with_the_keyboard_alone(demo: DemoHome, arrive: Callable[..., Visitor], width: int, of: str) -> None:
    books_come_in_and_are_taken_back(arrive(demo, kind=KeyboardVisitor, width=width), of=of)


def test_without_a_script(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    books_come_in_and_are_taken_back(arrive(demo, script=False, width=PHONE), of="MPI")


def books_come_in_and_are_taken_back(liaison: Visitor, *, of: str) -> None:
    card = somebody_is_known_by_another_name(liaison, of)
    liaison.signs_in(LIAISON)
    liaison.arrives_at("Find a person")
    chooses_the_list(liaison, of)
    puts_a_column_right(liaison)
    the_list = takes_the_list_in(liaison)
    cards = [card_of(liaison, code(of, n)) for n in range(1, PEOPLE + 1)]
    settles_the_ambiguous_line(liaison, the_list, card)
    puts_the_unreadable_line_right(liaison, the_list, of)
    the_month = takes_the_month_in(liaison, of)
    sees_who_is_missing(liaison, *cards)
    takes_back(liaison, the_month)
    takes_back(liaison, the_list)
    finds_everything_as_it_was(liaison, cards, card)


def somebody_is_known_by_another_name(liaison: Visitor, of: str) -> str:
    """Have the desk register somebody by the code that the list gives to another name."""
    home = liaison.home
    assert isinstance(home, DemoHome)
    named = {"first": "Hassan", "last": "Juma", "sex": "male"}
    return display_card_code(
        home.registered(number_kind="old_code", number=known_code(of), confirm_new="on", **named)
    )


def chooses_the_list(liaison: Visitor, of: str) -> None:
    liaison.goes_to("Books")
    liaison.follows("Take a book in")
    liaison.arrives_at("Take a book in")
    liaison.chooses("Line list: everybody known, one line each", of="What kind of book it is")
    liaison.hands_in(f"Orodha {of}.xlsx", line_list(of), at="The file")
    liaison.presses("Go on to its columns")
    liaison.arrives_at("What the columns are")


def puts_a_column_right(liaison: Visitor) -> None:
    column = f"D {SECOND_NAME}"
    liaison.sees("Mgandi · Kitsao · Mwachiro")
    expect(liaison.page.get_by_label(column, exact=True)).to_have_value("middle_name")
    liaison.picks("Last name", of=column)
    liaison.presses("See what becomes of each line")
    liaison.sees("Remembered for the next book with these headings.")


def takes_the_list_in(liaison: Visitor) -> str:
    """Look at what becomes of each line, and take the book in; returns the book's address."""
    liaison.arrives_at("What becomes of each line")
    liaison.sees("Nothing is taken in yet")
    counted(liaison, "Lines", PEOPLE + 2)
    counted(liaison, "Taken", PEOPLE)
    counted(liaison, "Wait for a person", 2)
    liaison.follows("Cannot be read 1")
    liaison.sees("Neither a code nor a name can be read.")
    liaison.presses("Take this book in")
    return is_taken_in(liaison, PEOPLE + 2)


def is_taken_in(liaison: Visitor, lines: int) -> str:
    liaison.sees("The book is taken in.")
    liaison.arrives_at("Book")
    counted(liaison, "Lines", lines)
    counted(liaison, "Taken", PEOPLE)
    return liaison.page.url.removeprefix(liaison.home.url)


def counted(liaison: Visitor, what: str, number: int) -> None:
    term = liaison.page.locator("dl.facts > div", has=liaison.page.get_by_text(what, exact=True))
    expect(term.locator("dd")).to_have_text(re.compile(rf"^\s*{number}\b"))


def card_of(liaison: Visitor, number: str) -> str:
    """Return the card code beside the code of a line of the book."""
    return liaison.page.locator("#lines li", has_text=number).locator(".code").inner_text()


def settles_the_ambiguous_line(liaison: Visitor, the_list: str, card: str) -> None:
    opens_line(liaison, the_list, AMBIGUOUS_LINE)
    liaison.sees("Simiyu")
    liaison.does_not_see("Hassan")
    liaison.presses("Show their names")
    liaison.sees("Hassan Juma")
    liaison.arrives_at(f"Line {AMBIGUOUS_LINE}")
    the_person = liaison.page.locator("main label", has_text=card).inner_text()
    liaison.chooses(the_person.strip(), of="Whose line is this?")
    liaison.presses("Settle this line")
    liaison.sees(f"Line {AMBIGUOUS_LINE} is settled.")


def puts_the_unreadable_line_right(liaison: Visitor, the_list: str, of: str) -> None:
    opens_line(liaison, the_list, UNREADABLE_LINE)
    liaison.opens_up("Put right what was typed")
    liaison.types("The person's code (optional)", code(of, 77))
    liaison.types("First name (optional)", "Tabitha")
    liaison.types("Last name (optional)", "Mkiwa")
    liaison.presses("Read the line again")
    liaison.sees("Put right, and taken in.")


def opens_line(liaison: Visitor, book: str, line: int) -> None:
    liaison.opens(book)
    liaison.follows(f"Line {line}")
    liaison.arrives_at(f"Line {line}")


def takes_the_month_in(liaison: Visitor, of: str) -> str:
    """Take the clinic's month in, from the page of its day; returns the book's address."""
    liaison.goes_to("The clinic's day")
    liaison.follows("Read in a file of the clinic")
    liaison.arrives_at("Take a book in")
    expect(liaison.page.get_by_role("radio", name="Attendance")).to_be_checked()
    liaison.hands_in(f"Mwezi {of}.xlsx", month(of), at="The file")
    liaison.presses("Go on to its columns")
    liaison.arrives_at("What the columns are")
    liaison.sees("columns are days.")
    liaison.presses("See what becomes of each line")
    liaison.arrives_at("What becomes of each line")
    liaison.presses("Take this book in")
    return is_taken_in(liaison, PEOPLE)


def sees_who_is_missing(liaison: Visitor, first: str, second: str, came: str) -> None:
    liaison.goes_to("People to look for")
    for card in (first, second):
        liaison.sees(card)
    liaison.does_not_see(came)


def takes_back(liaison: Visitor, book: str) -> None:
    liaison.opens(book)
    liaison.opens_up("Take the whole book back")
    liaison.presses("Take this book back")
    liaison.sees("Taken back: everything is as it was before this book.")
    liaison.arrives_at("Book")


def finds_everything_as_it_was(liaison: Visitor, cards: list[str], known: str) -> None:
    liaison.goes_to("People to look for")
    for card in cards:
        liaison.does_not_see(card)
    for card, is_here in (*((card, False) for card in cards), (known, True)):
        answer = liaison.page.request.get(f"{liaison.home.url}/p/{card.replace('-', '')}")
        assert answer.ok is is_here, card

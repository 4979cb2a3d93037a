"""Hands at the desk on a scripted day: each comes, slips are put right, groups meet, the shelf is counted."""

import re

from kimbilio.people.rules import display_card_code
from tests.stories import day_script as told
from tests.stories.day_script import Group, Script, Visit
from tests.stories.visitor import Visitor

FIND, A_PERSON = "Code, name, phone or number", re.compile(r"/p/[0-9A-Z]{7}$")
UNDONE = "Taken back. What was given is in the store again."
SAVED = "Saved. If it was a mistake, take it back below."


class Desk:
    """A desk officer with a script. `codes` are those that each person is found by."""

    def __init__(self, officer: Visitor, script: Script) -> None:
        self.officer, self.script = officer, script
        self.codes = {number: one.code for number, one in script.people.items()}

    # Each who comes

    def sees_all_but_the_last(self) -> None:
        """Write everybody down who comes before the shelf is counted, with the slips of the day."""
        for place, one in enumerate(self.script.comings[:-1]):
            if place == self.script.undone_first:
                self.writes_down(one)
                self.officer.presses("Undo")
                self.officer.sees(UNDONE)
            if place == self.script.joined:
                self.joins_two_cards()
            if place == self.script.moved:
                self.writes_down_for_somebody_else(one)
            elif place == self.script.put_right:
                self.writes_down_and_puts_right(one)
            else:
                self.writes_down(one)

    def writes_down(self, one: Visit, *, at: int | None = None) -> None:
        """Find somebody, and write down what they were given and what was done."""
        who = at or one.who
        if who == told.NEWCOMER and self.codes[who] == self.script.people[who].code:
            self.registers(who)
        self.finds(self.codes[who])
        self.officer.follows("Visit")
        self.officer.arrives_at("Visit")
        self.fills_in(one)
        self.officer.presses("Save")
        self.officer.sees("Visit saved:")

    def finds(self, code: str) -> str:
        """Find a person by their code, from wherever one is; return their card code as it is shown."""
        if self.officer.page.url.rstrip("/") != self.officer.home.url:
            self.officer.opens("/")
        self.officer.types(FIND, code)
        self.officer.presses("Find")
        self.officer.is_at(A_PERSON)
        return display_card_code(self.officer.page.url.rpartition("/")[2])

    def fills_in(self, one: Visit) -> None:
        """Fill in the form of a visit, whatever stands there."""
        for item in told.ITEMS:  # beside one of which there is too little, that is said
            field = self.officer.page.get_by_role("spinbutton", name=self.officer.said(item))
            field.fill(str(one.given.get(item, 0)))
        self.officer.types(told.RETURNED, str(one.back))
        self.officer.types("Others they collect for", str(one.others))
        wanted = {self.officer.said(words) for pair in one.done for words in pair if words}
        for chip in self.officer.page.locator(".pick label").all():
            chip.locator("input").set_checked(chip.inner_text().strip() in wanted)
        assert self.officer.page.locator(".pick input:checked").count() == len(wanted)

    def registers(self, number: int) -> None:
        """Register somebody whom nobody knows."""
        officer, one = self.officer, self.script.people[number]
        officer.opens("/register")
        officer.types("First name (optional)", one.first)
        officer.types("Last name (optional)", "Mkamburi")
        officer.chooses("Male" if one.sex == "male" else "Female", of="Sex")
        officer.picks(one.ward, of="Ward where they live (optional)")
        officer.ticks("They agree that we keep a record")
        officer.presses("Register this person")
        officer.is_at(A_PERSON)
        self.codes[number] = officer.page.url.rpartition("/")[2]

    # Slips

    def opens_the_newest_visit(self, code: str) -> None:
        """Open what was written down last of somebody."""
        self.finds(code)
        self.officer.page.locator("section[aria-labelledby=visits] a.row").first.click()
        self.officer.arrives_at("Visit")

    def writes_down_for_somebody_else(self, one: Visit) -> None:
        """Write a visit down for the wrong person, and move it to the right one."""
        self.writes_down(one, at=told.MISTAKEN)
        self.opens_the_newest_visit(self.codes[told.MISTAKEN])
        self.officer.follows("This was somebody else")
        self.officer.types("Code, name, phone or number of the person it was", self.codes[one.who])
        self.officer.presses("Find")
        self.officer.presses("It was this person")
        self.officer.sees("Moved. It stands on this page now.")

    def writes_down_and_puts_right(self, one: Visit) -> None:
        """Write down too much, and put it right."""
        more = {item: one.given.get(item, 0) + 3 for item in told.ITEMS}
        self.writes_down(
            Visit(one.who, one.on, more, one.back + 2, one.others + 1, frozenset({("Meal", "")}))
        )
        self.opens_the_newest_visit(self.codes[one.who])
        self.officer.follows("Put it right")
        self.officer.arrives_at("Put this visit right")
        self.fills_in(one)
        self.officer.presses("Save")
        self.officer.sees("Saved. What stood before is kept.")

    def joins_two_cards(self) -> None:
        """Join the two cards of one who was entered twice."""
        self.officer.opens("/duplicates")
        self.officer.arrives_at("Entered twice?")
        self.officer.page.locator("main .rows a.row").first.click()
        self.officer.arrives_at("One person or two?")
        self.officer.presses("They are one person")
        self.officer.sees("Nobody left to look at")

    # Without a name, and in groups

    def counts_what_is_taken_without_a_name(self) -> None:
        """Tap what is taken without a name; one tap is a slip, and is taken back."""
        self.officer.opens("/tally")
        for item, pieces in [*self.script.without_a_name, (told.CONDOMS, 5)]:
            self.officer.page.get_by_role(
                "button", name=f"+{pieces} {self.officer.said(item)}", exact=True
            ).click()
            self.officer.arrives_at("Without a name")
        self.officer.presses("Undo")
        self.officer.sees(UNDONE)

    def takes_attendance(self, group: Group) -> None:
        """Write down a group: everybody by code, one a line, a slip among them who is struck off."""
        officer, slip = self.officer, told.MISTAKEN
        card = self.finds(self.codes[slip])
        officer.opens("/sessions")
        officer.follows("Take attendance")
        officer.chooses(group.kind, of="Session")
        lines = [self.script.people[number].code for number in (*group.people, slip)]
        officer.types("One person a line (optional)", "\n".join(lines))
        officer.types("Guests, men (optional)", str(group.men))
        officer.types("Guests, women (optional)", str(group.women))
        officer.presses("Save")
        officer.arrives_at(group.kind)
        self.strikes_off(card)

    def strikes_off(self, card: str) -> None:
        """Strike somebody off a list."""
        row = self.officer.page.locator("main .rows li", has_text=card)
        row.locator("summary").click()
        row.get_by_role("button").click()
        self.officer.sees(self.officer.said(f"{card} is struck off. The line is kept, and counts no more."))

"""Hands at the store on a scripted day: supplies come, the shelf is counted, and the ledger is read."""

from playwright.sync_api import expect

from tests.stories import day_script as told
from tests.stories.day_numbers import counted, left_in_store, sums_of_today, taken_without_a_name
from tests.stories.day_script import Script
from tests.stories.reading_pages import table
from tests.stories.visitor import Visitor

SAVED = "Saved. If it was a mistake, take it back below."


def supplies_come(keeper: Visitor, script: Script) -> None:
    """Write down what comes in the morning, each in a batch: with it the ledger begins."""
    keeper.opens("/stock")
    keeper.sees("Count to begin")
    keeper.follows("Receive")
    keeper.arrives_at("Receive")
    for item, pieces in script.received.items():
        fields = keeper.page.get_by_role("group", name=keeper.said(item))
        fields.locator("[name^=n-]").fill(str(pieces))
        fields.locator("[name^=b-]").fill(f"L{len(item)}")
        fields.locator("[name^=e-]").fill(f"{script.today.year + 1}-12-31")
    keeper.presses("Save what came")
    keeper.sees(SAVED)


def the_shelf_is_counted(keeper: Visitor, script: Script) -> None:
    """Count the shelf, and see what the ledger had and by how much it differs."""
    ledger, found = left_in_store(script, script.comings[:-1]), counted(script)
    assert min(ledger.values()) < 0, "something goes below zero on this day"
    keeper.opens("/stock")
    keeper.follows("Count")
    keeper.arrives_at("Count")
    for item, pieces in found.items():
        fields = keeper.page.get_by_role("group", name=keeper.said(item))
        fields.locator("[name^=n-]:visible").first.fill(str(pieces))
    keeper.presses("Save the count")
    keeper.sees(SAVED)
    keeper.arrives_at("Count")
    for item in told.ITEMS:
        line = keeper.page.locator("main .rows li", has_text=keeper.said(item))
        expect(line.locator(".big")).to_have_text(str(found[item]))
        expect(line).to_contain_text(keeper.said(f"the ledger had {ledger[item]}"))
        difference = found[item] - ledger[item]
        expect(line.locator(".chip")).to_have_count(1 if difference else 0)
        if difference:
            signed = f"+{difference}" if difference > 0 else f"\u2212{-difference}"
            expect(line.locator(".chip")).to_have_text(keeper.said(f"difference {signed}"))


def the_store_is_right(keeper: Visitor, script: Script) -> None:
    """See what was counted in the store, less what the last one took; and the ledger tell all that was given."""
    given, taken = sums_of_today(script), taken_without_a_name(script)
    for item, found in counted(script).items():
        left = found - script.comings[-1].given.get(item, 0)
        keeper.opens("/stock")
        keeper.arrives_at("Supplies")
        row = keeper.page.locator("section[aria-labelledby=there] li", has_text=keeper.said(item))
        expect(row.locator(".big")).to_have_text(str(left))
        row.locator("a").click()
        keeper.arrives_at(item)
        lines = table(keeper.page, "month")
        assert lines[0][3] == str(left), lines
        words = keeper.said(f"Given to people: {given[item] + taken[item]}")
        assert any(line[1].startswith(words) for line in lines), (words, lines)

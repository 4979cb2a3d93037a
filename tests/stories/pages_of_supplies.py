"""The pages of supplies: what there is, each paper as it is written, the sheet to count by, a ledger, the items."""

from tests.stories.homes import DESK, PEER
from tests.stories.pages import send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def supplies(v: Visitor) -> None:
    v.opens("/stock")


@shown_to(to=PEER)
def supplies_for_who_only_sees_them(v: Visitor) -> None:
    v.opens("/stock")


@shown_to(to=DESK)
def supplies_before_anything_was_counted(v: Visitor) -> None:
    v.opens("/stock?on=2020-01-01")


@shown_to(to=DESK)
def supplies_that_come(v: Visitor) -> None:
    v.opens("/stock/receive")


@shown_to(to=DESK)
def supplies_that_come_with_mistakes(v: Visitor) -> None:
    supplies_that_come(v)
    v.page.locator("[name^=n-]").first.fill("many")
    v.page.locator("[name^=b-]").last.fill("A7")
    send(v)


@shown_to(to=DESK)
def supplies_that_move(v: Visitor) -> None:
    v.opens("/stock/move")


@shown_to(to=DESK)
def supplies_that_move_with_mistakes(v: Visitor) -> None:
    supplies_that_move(v)
    send(v)


@shown_to(to=DESK)
def supplies_out_of_a_bag(v: Visitor) -> None:
    v.opens("/stock/move")
    v.page.locator("nav.parts a").last.click()


@shown_to(to=DESK)
def supplies_that_are_lost(v: Visitor) -> None:
    v.opens("/stock/loss")


@shown_to(to=DESK)
def a_count(v: Visitor) -> None:
    v.opens("/stock/count")


@shown_to(to=DESK)
def a_count_with_mistakes(v: Visitor) -> None:
    a_count(v)
    v.page.locator("[name^=n-]").first.fill("-3")
    send(v)


@shown_to(to=DESK)
def a_sheet_to_count_by(v: Visitor) -> None:
    v.opens("/stock/count/sheet")


@shown_to(to=DESK)
def a_paper_of_the_ledger(v: Visitor) -> None:
    v.opens("/stock")
    v.page.locator("section[aria-labelledby=papers] a.row").first.click()


@shown_to(to=DESK)
def a_paper_to_take_back(v: Visitor) -> None:
    a_paper_of_the_ledger(v)
    v.page.locator("main details summary").first.click()


@shown_to(to=DESK)
def ledger_of_an_item(v: Visitor) -> None:
    v.opens("/stock")
    v.page.locator("section[aria-labelledby=there] a.row").first.click()


@shown_to(to=DESK)
def items_that_are_kept(v: Visitor) -> None:
    v.opens("/stock/items")


@shown_to(to=DESK)
def a_new_item(v: Visitor) -> None:
    v.opens("/stock/items/new")


@shown_to(to=DESK)
def weeks_of_an_item(v: Visitor) -> None:
    v.opens("/stock/items")
    v.page.locator("main a.plain[href$=weeks]").first.click()

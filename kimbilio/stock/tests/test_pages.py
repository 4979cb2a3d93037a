"""The pages of supplies: what they show, what they write, once; what was typed stays; no script is needed."""

import pytest
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.core.references import reference_to
from kimbilio.stock.actions import Line, Move, Place, transfer
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Batch, Document, Item
from kimbilio.stock.queries import places_offered
from kimbilio.stock.tests.keeping import Keeping, back, today
from kimbilio.stock.tests.on_pages import condoms, sends, text_of
from tests.programme import staff_with


@pytest.fixture
def keeping(programme, actor):
    made = Keeping(actor(Role.DESK_OFFICER), programme.site)
    standard_items(programme.organisation.pk)
    return made


@pytest.fixture
def browser(sign_in):
    return sign_in(Role.DESK_OFFICER)


def test_before_anything_was_counted_the_page_says_to_count(browser, keeping):
    keeping.gives(30)
    page = text_of(browser.get("/stock"))
    assert "Count to begin" in page
    assert "below zero" not in page.lower()


def test_the_page_of_supplies_tells_what_there_is(browser, keeping, programme):
    keeping.receives(140, batch="A", good=30, on=back(20))
    keeping.gives(40, on=back(7))
    worker = staff_with(Role.PEER_EDUCATOR, programme.site)
    batch = Batch.objects.get(number="A")
    move = Move(Place(programme.site.pk), [Line(keeping.item(SupplyKind.CONDOMS), 25, batch.pk)])
    transfer(by=keeping.by, site=programme.site, move=move, to=Place(programme.site.pk, worker.pk))
    page = text_of(browser.get("/stock"))
    assert "75 in the store" in page
    assert "Bag of A colleague: 25" in page
    assert "enough for 7 weeks" in page, "100 pieces at 40 in three weeks"
    assert "Expires soon: 100" in page
    assert "140 in the store" in text_of(browser.get("/stock", {"on": back(10).isoformat()}))


def test_what_lasts_for_years_is_foretold_no_further(browser, keeping):
    keeping.receives(5000)
    keeping.gives(10)
    page = text_of(browser.get("/stock"))
    assert "enough for more than two years" in page
    assert "500 weeks" not in page


def test_below_zero_is_shouted_about(browser, keeping):
    keeping.receives(10)
    keeping.gives(15)
    page = text_of(browser.get("/stock"))
    assert "Condoms: -5, below zero. Count again." in page
    assert "Below zero: count again" in page


def test_the_sheet_to_count_by_tells_no_number_of_the_ledger(browser, keeping):
    keeping.receives(137, batch="A", good=30)
    page = text_of(browser.get("/stock/count/sheet"))
    assert "batch A" in page
    assert "137" not in page


def test_a_ledger_tells_each_paper_and_each_day_and_no_person(browser, keeping):
    first = today().replace(day=1)
    keeping.receives(100, on=first)
    visit = keeping.gives(7, on=today())
    keeping.gives(5, on=today())
    address = reverse("supply_ledger", args=[reference_to(condoms(keeping))])
    page = browser.get(address)
    assert "Given to people: 12" in text_of(page)
    assert "+100" in text_of(page)
    assert str(visit) not in page.content.decode()
    last_month = browser.get(address, {"month": back(today().day).strftime("%Y-%m")})
    assert "Nothing of it moved in this month. The store had 0." in text_of(last_month)
    for odd in ("2025-13", "9999-01", "x"):
        assert browser.get(address, {"month": odd}).status_code == 404


def test_a_paper_is_taken_back_from_its_page_and_twice_is_once(browser, keeping):
    keeping.receives(100)
    paper = Document.objects.get()
    address = reverse("supply_paper", args=[today().isoformat(), reference_to(paper)])
    assert "Take this back" in text_of(browser.get(address))
    for _time in range(2):
        assert browser.post(f"{address}/undo").status_code == 302
    page = text_of(browser.get(address))
    assert "It counts no more." in page
    assert "Take this back" not in page
    assert keeping.there().in_store == 0


def test_what_came_from_another_site_is_seen_there_and_taken_back_by_who_sent_it(sign_in, keeping, programme):
    keeping.receives(100)
    move = keeping.move({SupplyKind.CONDOMS: 30})
    paper = transfer(by=keeping.by, site=programme.site, move=move, to=Place(programme.other_site.pk))
    there = sign_in(Role.DESK_OFFICER, programme.other_site)
    address = reverse("supply_paper", args=[today().isoformat(), reference_to(paper)])
    assert address in there.get("/stock").content.decode()
    ledger = reverse("supply_ledger", args=[reference_to(condoms(keeping))])
    assert address in there.get(ledger).content.decode()
    page = text_of(there.get(address))
    assert "Store of the site, Karuri → Store of the site" in page
    assert "30 piece" in page
    assert "Take this back" not in page
    assert there.post(f"{address}/undo").status_code == 404
    receipt = Document.objects.exclude(pk=paper.pk).get()
    assert (
        there.get(reverse("supply_paper", args=[today().isoformat(), reference_to(receipt)])).status_code
        == 404
    )


@pytest.mark.parametrize("on", ["0001-01-01", "1999-12-31", "9999-12-31", "x"])
def test_a_day_that_nobody_means_shows_today(browser, keeping, on):
    keeping.receives(100)
    assert "100 in the store" in text_of(browser.get("/stock", {"on": on}))


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.ME_OFFICER])
def test_who_only_sees_supplies_is_offered_nothing_else(sign_in, keeping, role):
    keeping.receives(100)
    browser = sign_in(role)
    page = browser.get("/stock").content.decode()
    assert "/stock/receive" not in page
    paper = reverse("supply_paper", args=[today().isoformat(), reference_to(Document.objects.get())])
    assert "Take this back" not in browser.get(paper).content.decode()
    for address in ("/stock/receive", "/stock/move", "/stock/count", "/stock/loss", "/stock/items"):
        assert browser.get(address).status_code == 403


def test_an_item_is_added_and_its_weeks_are_set(browser, keeping):
    typed = {"name": "Soap", "unit": "bar", "kind": "other", "reorder": "3", "expiry": "10", "pace": "6"}
    assert sends(browser, "/stock/items/new", **typed).status_code == 302
    soap = Item.objects.get(name="Soap")
    answer = sends(browser, "/stock/items/new", **typed | {"name": "soap"})
    assert "There is an item of this name already." in text_of(answer)
    weeks = reverse("supply_weeks", args=[reference_to(soap)])
    assert sends(browser, weeks, reorder="5", expiry="10", pace="0").status_code == 200
    assert sends(browser, weeks, reorder="5", expiry="10", pace="6").status_code == 302
    soap.refresh_from_db()
    assert soap.reorder_weeks == 5
    for name, is_ended in (("end_supply_item", True), ("use_supply_item_again", False)):
        for _time in range(2):
            assert browser.post(reverse(name, args=[reference_to(soap)])).status_code == 302
        soap.refresh_from_db()
        assert (soap.ended_at is not None) == is_ended


@pytest.mark.parametrize("place", ["nowhere", "", "0123456789ab"])
def test_a_place_that_is_none_is_not_here(browser, keeping, place):
    for address in ("/stock/move", "/stock/loss", "/stock/count", "/stock/count/sheet"):
        assert browser.get(address, {"place": place}).status_code == 404


def test_another_sites_store_is_no_place_to_count_here(browser, keeping, programme):
    other = next(one for one in places_offered(keeping.by, programme.site) if one.name == "Store of Thika")
    assert browser.get("/stock/count", {"place": other.reference}).status_code == 404

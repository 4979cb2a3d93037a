"""Writing a paper on its page: once, with what is wrong beside it, and nothing dropped."""

import re
from datetime import timedelta

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.core.references import reference_to
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Batch, Document, Item
from kimbilio.stock.queries import places_offered
from kimbilio.stock.tests.keeping import Keeping, back, today
from kimbilio.stock.tests.on_pages import condoms, field, sends, text_of
from tests.programme import staff_with


@pytest.fixture
def keeping(programme, actor):
    standard_items(programme.organisation.pk)
    return Keeping(actor(Role.DESK_OFFICER), programme.site)


@pytest.fixture
def browser(sign_in):
    return sign_in(Role.DESK_OFFICER)


def test_a_receipt_is_written_once_and_leads_to_its_paper(browser, keeping):
    item = reference_to(condoms(keeping))
    typed = {
        f"n-{item}-new": "144",
        f"b-{item}": "C24",
        f"e-{item}": (today() + timedelta(days=90)).isoformat(),
    }
    answer = sends(browser, "/stock/receive", reference="DN 7", **typed)
    assert answer.status_code == 302
    page = text_of(browser.get(answer.url))
    assert "batch C24" in page
    assert "144" in page
    assert "DN 7" in page
    again = browser.post(answer.wsgi_request.path, answer.wsgi_request.POST)
    assert again.url == answer.url
    assert Document.objects.count() == 1
    assert keeping.there().in_store == 144


def test_thousands_may_be_parted_as_they_are_on_paper(browser, keeping):
    item = reference_to(condoms(keeping))
    assert sends(browser, "/stock/receive", **{f"n-{item}-new": "2,000"}).status_code == 302
    assert keeping.there().in_store == 2000


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Write down at least one number."),
        ({"n": "lots"}, "Type a number in numerals"),
        ({"n": "-4"}, "Type a number in numerals"),
        ({"b": "C24"}, "Write down how many there are of this batch."),
        ({"n": "5", "e": "soon"}, "Enter a valid date."),
        ({"n": "5", "occurred_on": lambda: back(-1).isoformat()}, "This day has not come yet."),
        ({"n": "5", "occurred_on": "0026-03-09"}, "This was too long ago."),
    ],
)
def test_what_cannot_be_received_is_said_beside_it_and_stays_typed(browser, keeping, typed, said):
    typed = {name: value() if callable(value) else value for name, value in typed.items()}
    item = reference_to(condoms(keeping))
    names = {"n": f"n-{item}-new", "b": f"b-{item}", "e": f"e-{item}"}
    answer = sends(
        browser, "/stock/receive", **{names.get(name, name): value for name, value in typed.items()}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()
    assert not Document.objects.exists()


def test_a_refusal_is_shown_on_the_form(browser, keeping):
    keeping.receives(10, batch="A", good=30)
    item = reference_to(condoms(keeping))
    typed = {f"n-{item}-new": "5", f"b-{item}": "A", f"e-{item}": (today() + timedelta(days=31)).isoformat()}
    answer = sends(browser, "/stock/receive", **typed)
    assert "Look at the box again." in answer.content.decode()
    assert keeping.there().in_store == 10


def test_a_move_to_a_bag_and_back(browser, keeping, programme):
    keeping.receives(100)
    worker = staff_with(Role.PEER_EDUCATOR, programme.site)
    bag = next(one for one in places_offered(keeping.by, programme.site) if one.place.worker == worker.pk)
    answer = sends(browser, "/stock/move", to=bag.reference, **{field(condoms(keeping)): "30"})
    assert "Bag of A colleague" in text_of(browser.get(answer.url))
    assert keeping.there().in_bags == {worker.pk: 30}
    sends(browser, f"/stock/move?place={bag.reference}", to="store", **{field(condoms(keeping)): "10"})
    assert (keeping.there().in_store, keeping.there().in_bags) == (80, {worker.pk: 20})


def test_a_loss_sent_twice_is_one_though_nothing_is_left_to_lose(browser, keeping):
    keeping.receives(10, batch="A", good=30)
    batch = Batch.objects.get(number="A")
    answer = sends(browser, "/stock/loss", **{field(condoms(keeping), batch): "10"})
    again = browser.post("/stock/loss", answer.wsgi_request.POST)
    assert (again.status_code, again.url) == (302, answer.url)
    assert keeping.there().in_store == 0


def test_a_number_for_what_went_in_the_meantime_is_not_dropped(browser, keeping):
    keeping.receives(10, batch="A", good=30)
    batch = Batch.objects.get(number="A")
    page = browser.get("/stock/loss").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    keeping.gives(10)
    typed = {"token": token, "occurred_on": today().isoformat(), field(condoms(keeping), batch): "4"}
    assert browser.post("/stock/loss", typed).status_code == 302
    assert keeping.there().in_store == -4, "said loudly, not swallowed"


def test_a_count_of_everything_on_one_page(browser, keeping):
    keeping.receives(100, batch="A", good=30)
    batch = Batch.objects.get(number="A")
    needles = Item.objects.get(pk=keeping.item(SupplyKind.NEEDLES))
    new = reference_to(needles)
    typed = {
        field(condoms(keeping), batch): "97",
        field(needles): "0",
        f"n-{new}-new": "50",
        f"b-{new}": "N1",
    }
    answer = sends(browser, "/stock/count", **typed)
    page = text_of(browser.get(answer.url))
    assert "the ledger had 100" in page
    assert "difference −3" in page
    assert keeping.there().in_store == 97
    assert keeping.there(SupplyKind.NEEDLES).in_store == 50


def test_a_nought_is_a_number_and_an_empty_count_is_none(browser, keeping):
    keeping.receives(5)
    assert "Write down at least one number." in text_of(sends(browser, "/stock/count"))
    sends(browser, "/stock/count", **{field(condoms(keeping)): "0"})
    assert keeping.there().in_store == 0

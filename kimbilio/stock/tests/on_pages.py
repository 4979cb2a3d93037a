"""What tests of pages share: sending a form as a browser would, and reading what it answers."""

import re

from kimbilio.core.references import reference_to
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.models import Batch, Item
from kimbilio.stock.tests.keeping import Keeping, today


def field(item: Item, batch: Batch | None = None) -> str:
    return f"n-{reference_to(item)}-{reference_to(batch) if batch else 'none'}"


def sends(browser, address: str, **typed):
    """Open a page and send its form with this typed into it; returns the answer."""
    page = browser.get(address).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    return browser.post(address, {"token": token[1], "occurred_on": today().isoformat()} | typed)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def condoms(keeping: Keeping) -> Item:
    return Item.objects.get(pk=keeping.item(SupplyKind.CONDOMS))

"""Short ways to the pages of books, for tests."""

from django.test import Client as Browser
from django.urls import reverse

from kimbilio.exchange.models import BookLine


def waiting_address(kind: str = "") -> str:
    """The address of the one line that waits."""
    row = BookLine.objects.select_related("book_import").get(fate__in=["ambiguous", "unknown", "unreadable"])
    return reverse("waiting_line", args=[row.book_import.number, row.position]) + kind


def body(browser: Browser, address: str) -> str:
    """A page as it is read."""
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()

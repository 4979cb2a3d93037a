"""What the month's report asks of books: how many of their lines wait, and count nowhere until they are settled."""

from collections.abc import Iterator

from django.urls import reverse

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.models import BookLine
from kimbilio.reports.choices import CheckKind
from kimbilio.reports.queries.checks import Check
from kimbilio.reports.scope import Scope


def lines_that_wait(by: Actor, scope: Scope) -> Iterator[Check]:
    """Yield how many lines of a month's books wait at the sites of a report; of a book without a month, in each."""
    waiting = BookLine.objects.filter(
        organisation=scope.organisation_id,
        book_import__site__in=scope.site_ids,
        book_import__undone_at__isnull=True,
        book_import__month__in=("", f"{scope.month:%Y-%m}"),
        settlement=Settlement.WAITING,
        contents__isnull=False,
    )
    may_settle = by.may_somewhere(Permission.IMPORT_BOOKS)
    yield Check(CheckKind.WAITING_LINES, waiting.count(), reverse("waiting_lines") if may_settle else "")

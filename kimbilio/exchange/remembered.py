"""What somebody said of columns, found again by the headings."""

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import RememberedColumns
from kimbilio.exchange.reading import headings_of, opened


def with_remembered(site: Site, given: GivenBook) -> tuple[GivenBook, Book]:
    """Return a book with what was said before of columns under the same headings, where nothing is said now."""
    book = opened(given)
    if given.columns is not None:
        return given, book
    said = remembered_for(site, given, book)
    if said is None:
        return given, book
    return replace(given, columns=said["columns"], marks=given.marks or said["marks"] or None), book


def remembered_for(site: Site, given: GivenBook, book: Book) -> Mapping[str, dict[str, str]] | None:
    """Return what was said of such a book at this site, {"columns": {...}, "marks": {...}}; None where nothing was."""
    there = RememberedColumns.objects.filter(
        organisation=site.organisation_id, site=site, kind=given.kind.value
    )
    if not there.exists():
        return None
    row = there.filter(headings=headings_digest(site.organisation_id, book)).first()
    return json.loads(row.said) if row else None


def headings_digest(organisation_id: UUID, book: Book) -> bytes:
    """Return the keyed digest of a book's headings."""
    key = vault.keyring().index_key(organisation_id)
    return blind_index(key, context="headings of a book", value=headings_of(book))

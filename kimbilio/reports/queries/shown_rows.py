"""Rows of people and records as they are shown: by code of card, a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kimbilio.core.paging import on_page
from kimbilio.core.references import reference_to
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids
from kimbilio.visits.models import GivenService, GivenSupply, Visit

ROWS = 50


@dataclass(frozen=True)
class BehindRow:
    """One record, or one person, behind a number: by code of card; `what` in words; how much it adds.

    `visit` is the reference of the visit, where it is one or was recorded at one.
    """

    code: str
    on: date | None
    site: str
    what: str
    amount: int
    visit: str = ""


def page_of(rows: QuerySet[Any], page: int) -> QuerySet[Any]:
    """Return one page of them."""
    return rows[on_page(page, ROWS)]


def person_shown(client: Client) -> BehindRow:
    """Return a person as a row: the code, where they are known, their sex, and since when they are known."""
    what = client.get_sex_display()
    if client.first_contact_on:
        what = _("%(sex)s, known since") % {"sex": what}
    return BehindRow(client.code, client.first_contact_on, client.site.name, what, 1)


def rows_shown(organisation_id: UUID, rows: QuerySet[Any]) -> list[BehindRow]:
    """Return records with the code of the person who stands for each, where they are about one. Two queries more."""
    found = list(rows)
    ids = {row.client_id for row in found if hasattr(row, "client_id")}
    stands = standing_ids(organisation_id, ids) if ids else {}
    codes = dict(
        Client.objects.filter(
            organisation=organisation_id, pk__in={stands.get(one, one) for one in ids}
        ).values_list("pk", "code")
    )
    return [
        BehindRow(
            code=codes.get(stands.get(row.client_id, row.client_id), "") if hasattr(row, "client_id") else "",
            on=row.day,
            site=row.place,
            what=_words(row),
            amount=row.amount,
            visit=_visit_of(row),
        )
        for row in found
    ]


def _visit_of(row: Any) -> str:
    """Return the reference of the visit that a record is, or belongs to; '' for any other record."""
    if isinstance(row, Visit):
        return reference_to(row)
    return reference_to(row.visit) if isinstance(row, GivenSupply | GivenService) else ""


def _words(row: Any) -> str:
    for column in ("kind", "activity"):
        shown = getattr(row, f"get_{column}_display", None)
        if shown is not None:
            return str(shown())
    return ""

"""A site beside a clinic, and small books, for tests of taking books in."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Role
from kimbilio.exchange.actions import import_book
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.planning import counts_kept
from kimbilio.exchange.tests.making import as_csv
from kimbilio.places.models import MatClinic
from tests.programme import Programme, actor_with

HEADINGS = ["Code", "First name", "Middle name", "Surname", "Sex", "Date of birth", "Phone", "Ward"]
HEADINGS += ["Date of first contact", "MAT No.", "Date inducted", "MAT status"]
JUNE = Month(2025, 6)

ZAWADI = ["KSS-0001", "Zawadi", "Chege", "Mkamburi", "F", "12/3/1990", "0712345678", "Karuri"]
ZAWADI += ["1/2/2023", "KRR00001", "4/5/2023", "Active"]
JUMA = ["KSS-0002", "Juma", "Omar", "Baya", "M", "1985", "0722000111", "Banana", "5/6/2022"]
JUMA += ["KRR00002", "1/9/2022", "Weaned off"]
PETER = ["KSS-0003", "Peter", "Kamau", "Waweru", "M", "", "", "Ndenderu", "9/9/2024", "", "", ""]
UNREAD = ["", "?", "", "", "M", "", "", "", "", "", "", ""]
PEOPLE = [ZAWADI, JUMA, PETER]


def line_list(*people: list[str], name: str = "line-list.csv", **more: Any) -> GivenBook:
    """A line list of these lines."""
    return GivenBook(Kind.LINE_LIST, name, as_csv([HEADINGS, *people]), **more)


def attendance(lines: Iterable[tuple[Any, ...]], name: str = "attendance.csv", **more: Any) -> GivenBook:
    """A month of June 2025, its lines given as MAT number and the marks of the days from the first on."""
    rows: list[list[Any]] = [["MAT CLINIC JUNE 2025"], ["MAT No.", *range(1, 31)]]
    rows += [[number, *marks, *[""] * (30 - len(marks))] for number, *marks in lines]
    return GivenBook(Kind.ATTENDANCE, name, as_csv(rows), **more)


class Door:
    """The manager of a site beside a clinic, who takes books in."""

    def __init__(self, programme: Programme, role: Role = Role.PROGRAMME_MANAGER) -> None:
        self.site: Site = programme.site
        self.clinic, _new = MatClinic.objects.get_or_create(
            organisation=self.site.organisation, site=self.site, name="Karuri MAT clinic"
        )
        self.by: Actor = actor_with(role, self.site)

    def takes_in(self, given: GivenBook) -> BookImport:
        """Take a book in."""
        return import_book(by=self.by, site=self.site, given=given)


def fates(made: BookImport) -> dict[str, int]:
    """The numbers of an import that are not zero."""
    return {name: count for name, count in vars(counts_kept(made)).items() if count}


# Rows of what was voided or withdrawn, by what that hangs on.
_GONE_WITH: dict[str, dict[str, Any]] = {
    "mat.DoseLine": {"clinic_list__withdrawn_at__isnull": False},
    "visits.GivenSupply": {"visit__voided_at__isnull": False},
    "visits.GivenService": {"visit__voided_at__isnull": False},
    "stock.Movement": {"kind": "reversal"},
}


def contents_of_tables(*, but: Iterable[str] = ()) -> dict[str, set[tuple[Any, ...]]]:
    """All that stands in our tables but the audit: rows that were voided, replaced or given back are no part of it.

    Nor are the accounts of stock, which are opened when something first moves and stay, and keys that are destroyed
    as soon as the transaction is over.
    """
    left_out = {"audit.AuditEvent", "exchange.BookImport", "exchange.SpentKey", "stock.Account", *but}
    left_out.add("stock.Item")
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("kimbilio.") or model._meta.label in left_out:
            continue
        names = {field.name for field in model._meta.concrete_fields}
        rows = model._default_manager.all()
        for ended in ("voided_at", "replaced_at", "withdrawn_at"):
            rows = rows.filter(**{f"{ended}__isnull": True}) if ended in names else rows
        rows = rows.exclude(**_GONE_WITH.get(model._meta.label, {"pk__in": []}))
        if model._meta.label == "stock.Movement":
            answered = model._default_manager.filter(reverses__isnull=False)
            rows = rows.exclude(pk__in=answered.values("reverses"))
        found[model._meta.label] = {tuple(map(_plain, row)) for row in rows.values_list()}
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value

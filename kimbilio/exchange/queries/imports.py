"""What was imported: which books, and what became of their lines."""

from collections.abc import Iterable
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import in_batches
from kimbilio.core.refusals import NotHere
from kimbilio.exchange.choices import WAITING, LineFate, Settlement
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.exchange.queries.previewing import ShownLine
from kimbilio.exchange.wording import from_kept, in_words
from kimbilio.identity.queries import outside_codes
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.places.models import MatClinic
from kimbilio.places.queries import mat_clinics_within_reach


def imports_at(by: Actor, site: Site) -> list[BookImport]:
    """Return the imports of a site, newest first."""
    require(by, Permission.IMPORT_BOOKS, site)
    rows = BookImport.objects.filter(organisation=site.organisation_id, site=site)
    return list(rows.select_related("site", "clinic").order_by("-serial"))


def import_numbered(by: Actor, number: int) -> BookImport:
    """Return an import by its number; NotHere where there is none within the actor's reach."""
    found = BookImport.objects.filter(
        organisation=by.organisation_id, serial=number, site__in=by.roles.keys()
    ).select_related("site", "clinic")
    for one in found:
        require(by, Permission.IMPORT_BOOKS, one)
        return one
    raise NotHere


def clinic_named(by: Actor, site: Site, name: str) -> MatClinic:
    """Return a MAT clinic beside a site by its name, without regard to case; NotHere if there is none."""
    clinic = mat_clinics_within_reach(by).filter(site=site, name__iexact=name.strip()).first()
    if clinic is None:
        raise NotHere(f"There is no MAT clinic named '{name}' beside this site.")
    return clinic


def waiting_in(book_import: BookImport) -> int:
    """Return how many lines of an import wait."""
    return book_import.lines.filter(
        fate__in=WAITING, settlement=Settlement.WAITING, contents__isnull=False
    ).count()


def lines_of(
    by: Actor, book_import: BookImport, fate: LineFate | None = None, offset: int = 0, limit: int | None = 50
) -> list[ShownLine]:
    """Return some lines of an import with what became of them, all or those of one fate."""
    require(by, Permission.IMPORT_BOOKS, book_import)
    rows = book_import.lines.select_related("copy_of").order_by("position")
    if fate is not None:
        rows = rows.filter(fate=fate)
    some = list(rows[offset:] if limit is None else rows[offset : offset + limit])
    people = _people(by, some)
    codes = outside_codes(by.organisation_id, {client.pk for client in people.values()}) if people else {}
    sheets = book_import.sheet_names
    return [shown_line(row, sheets, people, codes) for row in some]


def _people(by: Actor, rows: Iterable[BookLine]) -> dict[UUID, Client]:
    people: dict[UUID, Client] = {}
    for some in in_batches({one for row in rows if (one := whose(row))}):
        people |= clients_by_id(by, Permission.IMPORT_BOOKS, some)
    return people


def whose(row: BookLine) -> UUID | None:
    """Return whose line it is; of a copy, whose the line is that it repeats."""
    return row.client_id or (row.copy_of.client_id if row.copy_of else None)


def shown_line(
    row: BookLine, sheets: list[str], people: dict[UUID, Client], codes: dict[UUID, str]
) -> ShownLine:
    """Return a line as it is shown."""
    reason, notes = from_kept(row.reason, row.words)
    person = people.get(one) if (one := whose(row)) else None
    return ShownLine(
        row.position,
        sheets[row.sheet] if row.sheet < len(sheets) else "",
        row.line,
        LineFate(row.fate),
        in_words(reason) if reason else "",
        tuple(map(in_words, notes)),
        codes.get(person.pk, "") if person else "",
        person,
        settled=str(Settlement(row.settlement).label) if _is_settled(row) else "",
    )


def _is_settled(row: BookLine) -> bool:
    return row.fate in WAITING and row.settlement != Settlement.WAITING

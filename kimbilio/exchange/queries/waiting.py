"""Lines that wait until somebody says whose they are, and what is offered to settle each in seconds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.exchange.books.dates import ANY_DAY, date_of
from kimbilio.exchange.books.fields import FIELD_WORDS, Kind
from kimbilio.exchange.choices import WAITING, LineFate, Settlement
from kimbilio.exchange.kept_lines import from_contents
from kimbilio.exchange.kinds import KINDS
from kimbilio.exchange.matching import PeopleOfSite
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.exchange.wording import from_kept, in_words
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.name_search import search_names
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id

_OFFERED = 8


@dataclass(frozen=True)
class WaitingLine:
    """A line that waits, or that waited: where it stood, why, and, once it was opened, what is written there."""

    row: BookLine
    sheet: str
    fate: LineFate
    reason: str
    notes: tuple[str, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    typed: tuple[tuple[str, str, str], ...] = ()
    candidates: tuple[Client, ...] = ()
    days: tuple[tuple[date, str], ...] = ()
    says_enough: bool = False
    day: date | None = None
    lacks_its_day: bool = False

    @property
    def book_import(self) -> BookImport:
        """Return the import it was in."""
        return self.row.book_import

    @property
    def position(self) -> int:
        """Return which of the import's lines it is."""
        return self.row.position

    @property
    def line(self) -> int:
        """Return its line in the sheet."""
        return self.row.line

    @property
    def settlement(self) -> Settlement:
        """Return what became of it."""
        return Settlement(self.row.settlement)

    @property
    def settled_at(self) -> datetime | None:
        """Return when somebody settled it."""
        return self.row.settled_at

    @property
    def can_be_new(self) -> bool:
        """Tell whether a new person can be registered from it: not from a line that cannot be read as it is."""
        return self.says_enough and self.fate != LineFate.UNREADABLE

    @property
    def is_put_right_first(self) -> bool:
        """Tell whether knowing whose it is would not be enough."""
        return self.lacks_its_day or not self.has_people

    @property
    def has_people(self) -> bool:
        """Tell whether it can be somebody's."""
        return KINDS[Kind(self.book_import.kind)].has_people


def waiting_at(by: Actor, site: Site, offset: int = 0, limit: int = 50) -> list[WaitingLine]:
    """Return the lines of a site that wait, oldest first, without what is written in them."""
    require(by, Permission.IMPORT_BOOKS, site)
    return [_shown(row) for row in _waiting(site)[offset : offset + limit]]


def waiting_count(by: Actor, site: Site) -> int:
    """Return how many lines of a site wait."""
    require(by, Permission.IMPORT_BOOKS, site)
    return _waiting(site).count()


def waiting_after(by: Actor, row: BookLine) -> WaitingLine | None:
    """Return the line that waits next after one, from the first again after the last; None where no other waits."""
    require(by, Permission.IMPORT_BOOKS, row)
    others = _waiting(row.book_import.site).exclude(pk=row.pk)
    serial = row.book_import.serial
    later = Q(book_import__serial__gt=serial) | Q(book_import__serial=serial, position__gt=row.position)
    found = others.filter(later).first() or others.first()
    return _shown(found) if found else None


def settled_lately(by: Actor, site: Site, limit: int = 20) -> list[WaitingLine]:
    """Return the lines that were settled last, newest first, and can be taken back still."""
    require(by, Permission.IMPORT_BOOKS, site)
    rows = _lines_of(site).exclude(settlement__in=[Settlement.WAITING, Settlement.CAME_AGAIN])
    return [_shown(row) for row in rows.filter(contents__isnull=False).order_by("-settled_at")[:limit]]


def book_line(by: Actor, number: int, position: int) -> BookLine:
    """Return a line of an import within the actor's reach, by numbers; NotHere otherwise."""
    found = BookLine.objects.filter(
        organisation=by.organisation_id,
        book_import__serial=number,
        position=position,
        book_import__site__in=by.roles.keys(),
    )
    for row in found.select_related("book_import__site", "book_import__clinic", "client__site"):
        require(by, Permission.IMPORT_BOOKS, row)
        return row
    raise NotHere


def opened_line(by: Actor, row: BookLine) -> WaitingLine:
    """Return a line with what is written in it and who it could be; for the action that writes the opening down."""
    shown = _shown(row)
    if row.contents is None:
        return shown
    said, written, candidates, _as_at = from_contents(row.contents)
    kind = KINDS[Kind(row.book_import.kind)]
    return WaitingLine(
        row=row,
        sheet=shown.sheet,
        fate=shown.fate,
        reason=shown.reason,
        notes=shown.notes,
        written=tuple(written),
        typed=tuple((field, _(FIELD_WORDS[field]), str(said.get(field) or "")) for field in kind.editable),
        candidates=_candidates(by, row.book_import.site, said, candidates) if kind.has_people else (),
        days=tuple((date.fromisoformat(day), mark) for day, mark in said.get("marks", {}).items()),
        says_enough=kind.can_be_new(said),
        day=date_of(said.get("day"), ANY_DAY),
        lacks_its_day="day" in kind.editable and not said.get("day"),
    )


def _candidates(by: Actor, site: Site, said: dict[str, Any], known: list[UUID]) -> tuple[Client, ...]:
    """Return who could be meant: as the import found, by the numbers, and by names alike."""
    numbers = [str(said[name]) for name in ("code", "mat_number") if said.get(name)]
    people = PeopleOfSite(site)
    people.look_up(numbers)
    found = dict.fromkeys(known)
    for number in numbers:
        found |= dict.fromkeys(people.with_number(number, list(NumberKind)))
    names = " ".join(str(said.get(name) or "") for name in ("first_name", "middle_name", "last_name")).strip()
    if names:
        matches = search_names(site.organisation_id, names, limit=_OFFERED)
        found |= dict.fromkeys(match.person_id for match in matches)
    clients = clients_by_id(by, Permission.IMPORT_BOOKS, found)
    here = [clients[one] for one in found if one in clients and clients[one].site_id == site.pk]
    return tuple({client.pk: client for client in here}.values())[:_OFFERED]


def _lines_of(site: Site) -> QuerySet[BookLine]:
    rows = BookLine.objects.filter(
        organisation=site.organisation_id, book_import__site=site, fate__in=WAITING
    )
    return rows.select_related("book_import__site", "client__site")


def _waiting(site: Site) -> QuerySet[BookLine]:
    rows = _lines_of(site).filter(settlement=Settlement.WAITING, contents__isnull=False)
    return rows.order_by("book_import__serial", "position")


def _shown(row: BookLine) -> WaitingLine:
    reason, notes = from_kept(row.reason, row.words)
    sheet = row.book_import.sheet_named(row.sheet)
    return WaitingLine(
        row, sheet, LineFate(row.fate), in_words(reason) if reason else "", tuple(map(in_words, notes))
    )

"""A person of whom everything there is was recorded, for the tests of forgetting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.core.sealed import SealedText
from kimbilio.exchange.actions import import_book
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport
from kimbilio.followup.actions import Try, record_attempt
from kimbilio.followup.choices import HowTried, Result
from kimbilio.identity.actions import ContactDetails, Details, add_contact, record_details, record_locator
from kimbilio.people.models import Client
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.visits.actions import NewVisit, record_visit
from tests.house.tables import ours
from tests.privacy.canaries import Canaries
from tests.privacy.scanner import Scanner
from tests.programme import Programme, actor_with, person


@dataclass
class Told:
    """Somebody with everything that a desk records, and all of it a canary."""

    by: Actor
    client: Client
    canaries: Canaries
    names: tuple[str, str]
    phone: str
    number: str
    books: list[BookImport] = field(default_factory=list)


def somebody(programme: Programme, canaries: Canaries) -> Told:
    """Register somebody, and record what there is of them: twice, so that there is something replaced as well."""
    by, new = actor_with(Role.PROGRAMME_MANAGER, programme.site), canaries
    names, phone, number = (new.word(), new.word()), new.phone(), new.number()
    client = person(by, programme.site, first=new.word(), last=new.word(), phone=phone, number=number)
    details = Details(names[0], new.word(), names[1], new.word(), birth_date=new.birth_date())
    record_details(by=by, client=client, details=details)
    record_locator(by=by, client=client, where=new.note(2))
    record_locator(by=by, client=client, where=new.note(2))
    add_contact(by=by, client=client, contact=ContactDetails(new.word(), new.word(), new.phone()))
    for days in (0, 3, 40):
        on = timezone.localdate() - timedelta(days=days)
        record_visit(by=by, client=client, at_site=programme.site, visit=NewVisit(client.pk, on))
    record_attempt(
        by=by, client=client, attempt=Try(HowTried.PHONE, Result.NOT_REACHED, timezone.localdate())
    )
    record_session(
        by=by,
        site=programme.site,
        kind=SessionKind.FAMILY,
        occurred_on=timezone.localdate(),
        people=[client],
    )
    return Told(by, client, canaries, names, phone, number)


def register_of(told: Told, programme: Programme, lines: list[list[str]], name: str = "") -> BookImport:
    """Take a register in whose lines these are: day, code, name, phone, needles."""
    rows = [["NO.", "Date", "Client code", "Name", "Phone", "N&S given", "Remarks"]]
    rows += [[str(n), *line, told.canaries.note(1)] for n, line in enumerate(lines, 1)]
    data = "\n".join(",".join(row) for row in rows).encode()
    given = GivenBook(Kind.REGISTER, name or f"{told.canaries.word()}.csv", data)
    book = import_book(by=told.by, site=programme.site, given=given)
    told.books.append(book)
    return book


def every_text() -> Iterator[str]:
    """Yield everything that can be read in any table of ours: sealed texts opened, as far as today's keys go."""
    for model in ours():
        for row in model._default_manager.all():
            for column in model._meta.concrete_fields:
                if isinstance(column, SealedText):
                    yield from filter(None, [_read(row, column.name)])
                else:
                    yield repr(row.__dict__.get(column.attname))


def _read(row: Any, name: str) -> str:
    from kimbilio.core.keyring import KeyDestroyed, NoSuchKey

    try:
        return getattr(row, name) or ""
    except (KeyDestroyed, NoSuchKey):
        return ""


def rows_of_tables() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Copy every table that tells of people or books as a backup of the data would, past all models."""
    copied = {}
    with connection.cursor() as cursor:
        for model in ours():
            table = model._meta.db_table
            if model._meta.app_label in {"audit", "accounts"}:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            copied[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return copied


def put_back(copied: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    """Put the tables back as they were copied, beside whatever keys there are today."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in reversed(copied):
            cursor.execute(f'DELETE FROM "{table}"')
        for table, (columns, rows) in copied.items():
            named, places = ", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns))
            if rows:
                cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows)


def readable(canaries: Canaries) -> set[str]:
    """Return what of these canaries can be read in any table, with today's keys."""
    scanner = Scanner(canaries)
    return {found for text in every_text() for found in scanner.found_in(text.encode())}

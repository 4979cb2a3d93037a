"""One cell of the matrix: who asks, how, for which address, and whose record. Asked for real, and then undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.db import transaction
from django.http import HttpResponse

from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission
from tests.matrix.addresses import METHODS, Address, addresses
from tests.matrix.belongings import CANARY, Belongings
from tests.matrix.cast import Cast, Place
from tests.matrix.expected import Expected, expected
from tests.matrix.writes import BY_A_REFUSAL, BY_LOOKING, BY_LOOKING_AT, written_tables

SAFE = ("GET", "HEAD", "OPTIONS")
REFUSALS = (302, 403, 404, 405)
# Parameters that name no record: a day or a month is the same everywhere, and shows what is of one's own site.
OF_NO_RECORD = {"on", "month", "file", "indicator", "check"}

_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """An address, a method, and the place of the record it is filled with (None where it takes none)."""

    address: Address
    method: str
    place: Place | None

    def __str__(self) -> str:
        of_place = f", record of {self.place}" if self.place else ""
        return f"{self.method} /{self.address.route}{of_place}"


def cells(urlconf: object = None) -> Iterator[Cell]:
    """Every cell there is for one visitor."""
    for address in addresses(urlconf):
        for place in Place if set(address.parameters) - OF_NO_RECORD else [None]:
            for method in METHODS:
                yield Cell(address, method, place)


def faults_of(cast: Cast, asked: Iterator[Cell] | list[Cell]) -> list[str]:
    """Ask for every cell, and return what was not answered as it should be."""
    jar = cast.visitor.browser.cookies.output(header="", sep=";")
    faults = []
    for cell in asked:
        cast.visitor.browser.cookies = SimpleCookie(jar)
        faults += [f"{cell} by {cast.visitor.name}: {fault}" for fault in faults_of_cell(cast, cell)]
    return faults


def faults_of_cell(cast: Cast, cell: Cell) -> list[str]:
    """Return what is wrong with the answer to one cell."""
    response, written = ask(cast, cell)
    wanted = expected(cell.address, cast.visitor.role, cell.method, cell.place)
    faults = []
    wrongly = wrongly_written(cell, wanted, written)
    if wrongly:
        faults.append(f"writes to {', '.join(sorted(wrongly))}")
    if not wanted.is_met_by(response):
        faults.append(f"expected {wanted}, got {told(response)}")
    if CANARY.encode() in response.content and not may_see_names(cast, cell):
        faults.append("shows a name")
    if cell.method == "HEAD" and response.content:
        faults.append("has a body")
    title = _TITLE.search(response.content)
    if title and title.group(1).strip() != b"Kimbilio":
        faults.append(f"has the title {title.group(1).strip().decode()!r}")
    return faults


def wrongly_written(cell: Cell, wanted: Expected, written: set[str]) -> set[str]:
    """Return the tables that this answer wrote to and should not have."""
    if wanted.status in REFUSALS:
        return written - BY_A_REFUSAL
    if cell.method not in SAFE:
        return set()
    return written - BY_LOOKING - BY_LOOKING_AT.get(cell.address.name, set())


def ask(cast: Cast, cell: Cell) -> tuple[HttpResponse, set[str]]:
    """Ask for a cell as a browser would, and undo whatever came of it. Returns the tables it wrote to as well."""
    own = cast.belongings[cell.place or Place.OWN]
    path = cell.address.filled(own.values(cell.address.name))
    browser = cast.visitor.browser
    with transaction.atomic(), written_tables() as written:
        if cell.method == "POST":
            response = browser.post(path, body(cell.address, own))
        else:
            response = browser.generic(cell.method, path)
        transaction.set_rollback(True)
    return response, written


def body(address: Address, own: Belongings) -> dict[str, str]:
    """Return what must be posted where an empty form means nothing at all; elsewhere an empty form."""
    return {
        "site": {"site": own.site.name},
        "language": {"language": "sw"},
        "end_role": {"role": "desk_officer", "site": own.site.name},
        "end_entry": {"entry": own.phone_reference},
        "strike_off_session": {"code": own.client.code},
    }.get(address.name, {})


def may_see_names(cast: Cast, cell: Cell) -> bool:
    """Tell whether this visitor may see the names of the person that the cell is about."""
    role = cast.visitor.role
    permitted = role is not None and Permission.OPEN_IDENTITY in WHAT_ROLES_MAY[role]
    return permitted and cell.place == Place.OWN


def told(response: HttpResponse) -> str:
    """Say what came: the status, where it leads, or what broke."""
    broke = getattr(response, "exc_info", None)
    if broke:
        return f"{response.status_code}: {broke[0].__name__}: {broke[1]}"
    leads = response.headers.get("Location", "")
    return f"{response.status_code} {leads}".rstrip()

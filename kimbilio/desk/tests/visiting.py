"""A desk with somebody who has a name, and its visit forms, for tests of the visit pages."""

import re
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client as Browser

from kimbilio.accounts.queries import actor_for
from kimbilio.core.references import reference_to
from kimbilio.people.models import Client
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Item
from kimbilio.visits.models import Visit
from kimbilio.visits.tests.a_site import Desk, make_people, today
from tests.programme import Programme, person

NAME = "Zuwakari"


def desk_of(officer: Browser, programme: Programme, people: int = 2) -> Desk:
    """Return the desk of whoever is signed in, with somebody of this name and others by code alone."""
    by = actor_for(officer.staff)
    clients = [person(by, programme.site, first=NAME), *make_people(by, programme.site, people - 1)]
    return Desk(by, programme.site, clients, standard_items(programme.organisation.pk))


def address(client: Client, after: str = "visit") -> str:
    return f"/p/{client.code}/{after}"


def of_visit(visit: Visit, after: str = "") -> str:
    return address(visit.client, f"visits/{reference_to(visit)}{after}")


def field_of(item: Item) -> str:
    return f"item_{reference_to(item)}"


def typed(desk: Desk, needles: int = 0, condoms: int = 0, **more: object) -> dict[str, object]:
    """Return a filled visit form."""
    return {
        "token": str(uuid4()),
        field_of(desk.needles): needles,
        field_of(desk.condoms): condoms,
        "occurred_on": today().isoformat(),
        **more,
    }


def value_in(page: HttpResponse, name: str) -> str:
    """Return the number that stands in a field of the page."""
    return re.search(rf'name="{name}"\s+value="(\d+)"', page.content.decode())[1]

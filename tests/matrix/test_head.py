"""HEAD never reveals or does more than GET: the same status, the same place to go, no body, nothing else written."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kimbilio.accounts.entry import entry
from kimbilio.accounts.roles import Role
from tests.matrix.addresses import Address, addresses
from tests.matrix.cast import Cast, Place, make_cast
from tests.matrix.cells import Cell, ask

TELLING_HEADERS = {"Location", "Content-Type", "Allow", "Content-Disposition", "HX-Redirect", "Refresh"}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Keep refusals out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def revealed(cast: Cast, address: Address, place: Place | None) -> list[str]:
    """What HEAD answers, or does, that GET does not."""
    (got, got_wrote), (head, head_wrote) = (
        ask(cast, Cell(address, method, place)) for method in ("GET", "HEAD")
    )
    faults = []
    if head.status_code != got.status_code:
        faults.append(f"{head.status_code}, and not {got.status_code}")
    if head.content:
        faults.append("has a body")
    faults += [
        f"{name}: {head.headers.get(name)}, and not {got.headers.get(name)}"
        for name in sorted(TELLING_HEADERS)
        if head.headers.get(name) != got.headers.get(name)
    ]
    faults += [f"writes to {table}" for table in sorted(head_wrote - got_wrote - {"sign_in_limits"})]
    return [f"/{address.route}: {fault}" for fault in faults]


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("role", [None, Role.REPORT_READER, Role.ME_OFFICER, Role.PROGRAMME_MANAGER])
def test_head_reveals_and_does_nothing_that_get_does_not(programme, role, place):
    cast = make_cast(programme, role)
    found = []
    for address in addresses():
        with transaction.atomic():
            found += revealed(cast, address, place if address.parameters else None)
    assert found == []


def test_a_view_that_does_more_on_head_is_found(programme):
    @entry.signed_in()
    def view(request: HttpRequest) -> HttpResponse:
        """Take whatever is not GET for a form that was sent."""
        if request.method == "GET":
            return HttpResponse()
        request.user.save()
        return HttpResponse(status=201)

    cast = make_cast(programme, Role.REPORT_READER)
    from types import SimpleNamespace

    from django.test import override_settings
    from django.urls import path

    urlconf = SimpleNamespace(urlpatterns=[path("odd", view)])
    (address,) = addresses(urlconf)
    with override_settings(ROOT_URLCONF=tuple(urlconf.urlpatterns)):
        assert revealed(cast, address, None) == ["/odd: 201, and not 200", "/odd: writes to accounts_staff"]

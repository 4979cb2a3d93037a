"""HEAD never reveals or does more than GET: the same status, the same place to go, no body, nothing else written."""

import logging
import math
from collections.abc import Iterator

import pytest
from django.test import override_settings

from kimbilio.accounts import idle
from kimbilio.accounts.roles import Role
from tests.matrix.addresses import Address, addresses
from tests.matrix.cast import Cast, Place, make_cast
from tests.matrix.cells import Cell, ask

TELLING_HEADERS = ("Allow", "Content-Disposition", "Content-Type", "HX-Redirect", "Location", "Refresh")
# allauth counts as a try whatever is no GET.
COUNTED = {"sign_in_limits"}


@pytest.fixture(autouse=True)
def _nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no request write that somebody is still there: which one would, a slow machine decides."""
    monkeypatch.setattr(idle, "WRITTEN_EVERY", math.inf)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Keep refusals out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def more_by_head(cast: Cast, address: Address, place: Place | None) -> list[str]:
    """What HEAD answers, or does, that GET does not."""
    got, got_wrote = ask(cast, Cell(address, "GET", place))
    head, head_wrote = ask(cast, Cell(address, "HEAD", place))
    faults = ["has a body"] if head.content else []
    if head.status_code != got.status_code:
        faults.append(f"{head.status_code}, and not {got.status_code}")
    for name in TELLING_HEADERS:
        one, other = (answer.headers.get(name, "").partition("?")[0] for answer in (head, got))
        faults += [f"{name}: {one}, and not {other}"] if one != other else []
    faults += [f"writes to {table}" for table in sorted(head_wrote - got_wrote - COUNTED)]
    return [f"/{address.route}: {fault}" for fault in faults]


def everywhere(urlconf: object = None) -> Iterator[tuple[Address, Place | None]]:
    """Every address that may be looked at, with records of every place."""
    for address in addresses(urlconf):
        if address.entry and "GET" in address.entry.methods:
            yield from ((address, place) for place in (Place if address.parameters else [None]))


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("role", [None, Role.REPORT_READER, Role.ME_OFFICER, Role.PROGRAMME_MANAGER])
def test_head_reveals_and_does_nothing_that_get_does_not(programme, role):
    cast = make_cast(programme, role)
    faults = [fault for address, place in everywhere() for fault in more_by_head(cast, address, place)]
    assert not faults, "\n".join(faults)


def test_a_view_that_takes_head_for_a_form_that_was_sent_is_found(programme):
    cast = make_cast(programme, Role.REPORT_READER)
    with override_settings(ROOT_URLCONF="tests.matrix.planted"):
        odd = next(address for address in addresses() if address.route == "takes-head-for-a-form")
        assert more_by_head(cast, odd, None) == [
            "/takes-head-for-a-form: 201, and not 200",
            "/takes-head-for-a-form: writes to accounts_staff",
        ]

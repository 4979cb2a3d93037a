"""Signed in is not enough: without a role, without the second step, or after a pause, every page stays shut."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse

from kimbilio.accounts.idle import SEEN_AT
from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.roles import Role
from tests.matrix.belongings import CANARY
from tests.matrix.cast import Cast, Place, make_cast
from tests.matrix.cells import Cell, ask, cells
from tests.matrix.expected import SECOND_STEP
from tests.matrix.writes import BY_LOOKING

pytestmark = pytest.mark.long_on_postgresql
IS_RIGHT = Callable[[HttpResponse], bool]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Keep refusals out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def shut() -> list[Cell]:
    """Looking at, sending to and deleting every page that asks for a sign-in, with records of one's own site."""
    return [
        cell
        for cell in cells()
        if cell.address.entry and cell.address.entry.signed_in
        if cell.place in (None, Place.OWN) and cell.method in ("GET", "POST", "DELETE")
    ]


def open_doors(cast: Cast, asked: list[Cell], is_right: IS_RIGHT) -> list[str]:
    """The cells that are answered otherwise than they all should be, or that show or change something."""
    faults = []
    for cell in asked:
        response, written = ask(cast, cell)
        if not is_right(response):
            faults.append(f"{cell}: {response.status_code} {response.headers.get('Location', '')}")
        if CANARY.encode() in response.content or written - BY_LOOKING:
            faults.append(f"{cell}: shows a name, or writes to {written}")
    return faults


def test_somebody_without_a_role_gets_nowhere(programme):
    cast = make_cast(programme, Role.PROGRAMME_MANAGER)
    SiteRole.objects.filter(staff=cast.visitor.browser.staff).delete()
    faults = open_doors(cast, shut(), lambda response: response.status_code == 403)
    assert not faults, "\n".join(faults)


def test_after_a_pause_every_page_asks_for_the_password_first(programme):
    cast = make_cast(programme, Role.PROGRAMME_MANAGER)
    session = cast.visitor.browser.session
    session[SEEN_AT] = 0
    session.save()
    # Locking everything only protects: it is not for somebody in fear to type a password first.
    asked = [cell for cell in shut() if not (cell.method == "POST" and cell.address.entry.post_while_locked)]
    faults = open_doors(cast, asked, lambda response: response.status_code == 423)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.ME_OFFICER])
def test_who_is_asked_for_a_second_step_gets_nowhere_without_it(programme, role):
    cast = make_cast(programme, role)
    cast.visitor.browser.staff.authenticator_set.all().delete()
    before = [cell for cell in shut() if not cell.address.entry.before_second_factor]
    faults = open_doors(cast, before, lambda response: response.headers.get("Location") == SECOND_STEP)
    assert not faults, "\n".join(faults)


def test_few_pages_are_open_before_the_second_step():
    early = {cell.address.name for cell in shut() if cell.address.entry.before_second_factor}
    setting_it_up = {"mfa_activate_totp", "mfa_deactivate_totp", "passkeys", "new_passkey"}
    assert early == {"account_reauthenticate", "locked", "close"} | setting_it_up


def test_a_page_that_stays_open_is_found(programme):
    cast = make_cast(programme, Role.DESK_OFFICER)
    home = [cell for cell in shut() if cell.address.name == "find" and cell.method == "GET"]
    assert open_doors(cast, home, lambda response: response.status_code == 423) == ["GET /: 200 "]

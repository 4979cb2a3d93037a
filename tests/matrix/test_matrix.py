"""Every address, for every role and for nobody, with records of three places, by every method.

Made from the address list itself: an address that is added is asked for, and one whose parameter is not known here
makes this fail until `cast.py` knows it.
"""

import logging
from collections.abc import Iterator

import pytest

from kimbilio.accounts.roles import Role
from tests.matrix.addresses import METHODS, addresses
from tests.matrix.cast import make_cast
from tests.matrix.cells import OF_NO_RECORD, cells, faults_of

pytestmark = pytest.mark.long_on_postgresql

VISITORS = [None, *Role]
CELLS = sum(1 for _cell in cells())


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Keep thousands of refusals out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    "role", VISITORS, ids=lambda role: f"{role.value if role else 'nobody'}, {CELLS} cells"
)
def test_everybody_is_answered_as_their_role_and_place_allow(programme, role):
    cast = make_cast(programme, role)
    faults = faults_of(cast, cells())
    assert not faults, f"{len(faults)} of {CELLS} cells:\n" + "\n".join(faults)


def test_the_matrix_has_a_cell_for_every_address_and_method():
    with_records = [address for address in addresses() if set(address.parameters) - OF_NO_RECORD]
    assert len(METHODS) * (len(addresses()) + 2 * len(with_records)) == CELLS
    assert {cell.address.route for cell in cells()} == {address.route for address in addresses()}
    assert CELLS * len(VISITORS) > 6000, f"{CELLS} cells for each of {len(VISITORS)} visitors"

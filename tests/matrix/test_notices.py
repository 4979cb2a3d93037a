"""The matrix would notice: addresses are planted beside the real ones, each with one mistake."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from kimbilio.accounts.entry import Entry, entry
from kimbilio.accounts.roles import Permission, Role
from tests.matrix.addresses import Address, addresses
from tests.matrix.cast import Place, make_cast
from tests.matrix.cells import cells, faults_of
from tests.matrix.expected import expected

PLANTED = "tests.matrix.planted"


def noticed(programme, role: Role | None, route: str) -> list[str]:
    """What the matrix says of one planted address."""
    with override_settings(ROOT_URLCONF=PLANTED):
        asked = [cell for cell in cells(PLANTED) if cell.address.route.startswith(route)]
        assert asked
        return faults_of(make_cast(programme, role), asked)


def test_a_view_that_forgets_to_scope_is_noticed_for_another_site_and_another_organisation(programme):
    found = noticed(programme, Role.DESK_OFFICER, "forgets-to-scope")
    said = "{} /forgets-to-scope/<slug:code>, record of {} by desk_officer: expected 404 (a record of {}), got 200"
    assert found == [
        said.format(method, place, place)
        for place in ("another site", "another organisation")
        for method in ("GET", "HEAD")
    ]


def test_a_view_that_shows_names_is_noticed_for_those_who_may_not_see_them(programme):
    assert noticed(programme, Role.DESK_OFFICER, "shows-names") == []
    found = noticed(programme, Role.ME_OFFICER, "shows-names")
    assert [fault.rpartition(": ")[2] for fault in found] == ["shows a name"]


def test_a_view_that_breaks_is_noticed(programme):
    found = noticed(programme, Role.REPORT_READER, "breaks")
    assert found[0].endswith("expected 2xx or 3xx (allowed), got 500: LookupError: nothing there")


def test_a_view_that_changes_something_by_looking_is_noticed(programme):
    found = noticed(programme, Role.REPORT_READER, "changes-by-looking")
    assert {fault.rpartition(": ")[2] for fault in found} == {"writes to accounts_staff"}


def test_a_title_that_says_too_much_is_noticed(programme):
    found = noticed(programme, None, "says-too-much")
    assert found == ["GET /says-too-much by nobody: has the title 'Methadone today'"]


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER])
def test_a_view_that_declares_nothing_is_closed_to_all(programme, role):
    assert noticed(programme, role, "silent") == []


def test_an_address_with_a_parameter_that_nobody_knows_must_be_learnt_first(programme):
    view = entry.signed_in()(lambda request, meal: HttpResponse())
    stranger = SimpleNamespace(urlpatterns=[path("visits/<uuid:meal>", view)])
    with pytest.raises(KeyError, match="meal"):
        faults_of(make_cast(programme, Role.DESK_OFFICER), cells(stranger))


def test_included_lists_are_walked_to_their_ends():
    ours = {address.route for address in addresses()}
    assert ours < {address.route for address in addresses(PLANTED)}
    assert {"healthz", "p/<slug:code>/name", "staff/<str:username>/role/end", "places/hotspot"} <= ours


@pytest.mark.parametrize(
    ("role", "method", "place", "status"),
    [
        (None, "GET", Place.OWN, 302),
        (None, "PUT", Place.ELSEWHERE, 302),
        (Role.REPORT_READER, "GET", Place.OWN, 403),
        (Role.REPORT_READER, "DELETE", Place.OTHER_SITE, 403),
        (Role.DESK_OFFICER, "PUT", Place.OTHER_SITE, 405),
        (Role.DESK_OFFICER, "GET", Place.OTHER_SITE, 404),
        (Role.DESK_OFFICER, "POST", Place.ELSEWHERE, 404),
        (Role.DESK_OFFICER, "HEAD", Place.OWN, 0),
        (Role.DESK_OFFICER, "OPTIONS", Place.OWN, 405),
    ],
)
def test_what_is_expected_follows_from_role_method_and_place(role, method, place, status):
    def view() -> None: ...

    view.entry = Entry(signed_in=True, permission=Permission.OPEN_PERSON, methods=("GET", "POST"))
    assert expected(Address("p/<slug:code>", "person", view), role, method, place).status == status

"""A second site, added on its page: whoever adds it works there from then on, and nobody else yet."""

import pytest

from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.places.actions import add_site
from kimbilio.places.models import MatClinic
from tests.programme import Programme, actor_with

MANAGING = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
WATAMU = {"name": "Watamu", "county": "Kilifi", "clinic": "Malindi MAT clinic"}


@pytest.fixture
def manager(sign_in):
    return sign_in(Role.PROGRAMME_MANAGER)


def roles_at(site: Site) -> set[tuple[str, str]]:
    return {(str(held.staff_id), held.role) for held in SiteRole.objects.filter(site=site)}


def test_a_site_is_added_with_its_clinic_and_whoever_added_it_works_there(programme: Programme):
    by = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    site = add_site(by=by, beside=programme.site, **WATAMU)
    assert (site.organisation, site.county) == (programme.organisation, "Kilifi")
    assert MatClinic.objects.get(site=site).name == "Malindi MAT clinic"
    assert roles_at(site) == {(str(by.staff_id), "programme_manager")}
    entry = AuditEvent.objects.get(event="places.site_added")
    assert (entry.site_id, entry.detail) == (programme.site.pk, {"roles": ["programme_manager"]})


def test_a_site_may_work_beside_no_clinic_yet(programme: Programme):
    by = actor_with(Role.ADMINISTRATOR, programme.site)
    site = add_site(by=by, beside=programme.site, name="Watamu", county="Kilifi")
    assert not MatClinic.objects.filter(site=site).exists()


def test_only_roles_held_beside_it_are_held_there(programme: Programme):
    by = actor_with(Role.ADMINISTRATOR, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation,
        staff_id=by.staff_id,
        site=programme.other_site,
        role=Role.COUNSELLOR,
    )
    site = add_site(by=by, beside=programme.site, name="Watamu", county="Kilifi")
    assert roles_at(site) == {(str(by.staff_id), "administrator")}


@pytest.mark.parametrize("name", ["Thika", "thika"])
def test_two_sites_of_one_name_are_refused_and_nothing_is_left(programme: Programme, name: str):
    by = actor_with(Role.ADMINISTRATOR, programme.site)
    with pytest.raises(Refused):
        add_site(by=by, beside=programme.site, name=name, county="Kiambu", clinic="Another")
    assert Site.objects.filter(organisation=programme.organisation).count() == 2
    assert not MatClinic.objects.filter(name="Another").exists()


def test_another_organisation_may_use_the_name(programme: Programme):
    by = actor_with(Role.ADMINISTRATOR, programme.site)
    assert add_site(by=by, beside=programme.site, name="Malindi", county="Kilifi").name == "Malindi"


@pytest.mark.parametrize("role", [one for one in Role if one not in MANAGING])
def test_whoever_does_not_manage_places_adds_no_site(programme: Programme, role: Role):
    with pytest.raises(Refused):
        add_site(by=actor_with(role, programme.site), beside=programme.site, **WATAMU)


def test_no_site_is_added_beside_one_of_somebody_else(programme: Programme):
    by = actor_with(Role.ADMINISTRATOR, programme.site)
    for beside in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            add_site(by=by, beside=beside, **WATAMU)


def test_a_site_is_added_on_the_page_and_shown_among_ones_own(manager, programme: Programme):
    assert 'href="/places/site"' in manager.get("/places").content.decode()
    form = manager.get("/places/site").content.decode()
    assert '<option value="Kiambu" selected>' in form
    assert manager.post("/places/site", WATAMU).headers["Location"] == "/places"
    page = manager.get("/places").content.decode()
    assert "Watamu" in page
    assert "Malindi MAT clinic" in page
    by = actor_for(SiteRole.objects.get(site__name="Watamu").staff)
    assert by.may(Permission.MANAGE_STAFF, Site.objects.get(name="Watamu").pk)


def test_a_name_that_is_taken_is_said_beside_the_field_and_what_was_typed_stays(
    manager, programme: Programme
):
    page = manager.post("/places/site", WATAMU | {"name": "Thika"}).content.decode()
    assert "There is a site of this name already." in page
    assert "Malindi MAT clinic" in page


def test_those_who_read_places_are_offered_no_new_site(sign_in, programme: Programme):
    desk = sign_in(Role.DESK_OFFICER)
    assert "/places/site" not in desk.get("/places").content.decode()
    assert desk.get("/places/site").status_code == 403

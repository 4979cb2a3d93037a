"""A visit at the desk: prefilled, saved once, and shouting where the store falls short."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.references import reference_to
from kimbilio.desk.tests.visiting import address, desk_of, field_of, of_visit, typed, value_in
from kimbilio.people.actions import merge_clients
from kimbilio.stock.actions import (
    Line,
    Move,
    NewItem,
    Place,
    Receipt,
    Received,
    add_item,
    end_item,
    receive,
    transfer,
)
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.queries import supplies_at
from kimbilio.visits.actions import Given, add_site_service
from kimbilio.visits.choices import Service, Topic, VisitSource
from kimbilio.visits.models import SiteService, Visit
from kimbilio.visits.queries import given_at
from kimbilio.visits.tests.a_site import days_ago, stock_agrees
from tests.programme import actor_with


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def desk(officer, programme):
    return desk_of(officer, programme)


def test_a_visit_is_saved_and_the_next_page_offers_to_undo_it(officer, desk):
    sent = typed(
        desk,
        10,
        services=["health_education", "shower"],
        topics=["tb", "overdose"],
        needles_returned=4,
        for_others=2,
    )
    answer = officer.post(address(desk.people[0]), sent, follow=True)
    visit = Visit.objects.get()
    assert answer.redirect_chain == [("/", 302)]
    assert given_at(visit) == Given(
        {desk.needles.pk: 10},
        4,
        frozenset(
            {
                (Service.HEALTH_EDUCATION, Topic.TB),
                (Service.HEALTH_EDUCATION, Topic.OVERDOSE),
                (Service.SHOWER, Topic.NOT_STATED),
            }
        ),
        frozenset(),
        2,
    )
    page = answer.content.decode()
    assert "Visit saved:" in page
    assert f'action="{of_visit(visit, "/undo")}"' in page
    assert "Visit saved:" not in officer.get("/").content.decode()


def test_the_same_form_twice_makes_one_visit(officer, desk):
    sent = typed(desk, 10)
    for _ in range(2):
        assert officer.post(address(desk.people[0]), sent).status_code == 302
    assert Visit.objects.count() == 1
    assert stock_agrees(desk.site)


def test_the_page_starts_from_what_the_person_usually_takes(officer, desk):
    for ago, needles in ((9, 5), (6, 10), (3, 10), (1, 20)):
        desk.records(0, desk.given(needles, 3 if ago > 5 else 0), days_ago(ago))
    page = officer.get(address(desk.people[0]))
    assert value_in(page, field_of(desk.needles)) == "10"
    assert value_in(page, field_of(desk.condoms)) == "0"
    assert value_in(page, "needles_returned") == "0"
    assert "Last came 1 day ago" in page.content.decode()


def test_a_first_visit_says_so_and_a_second_one_of_the_day_too(officer, desk):
    assert "First visit" in officer.get(address(desk.people[0])).content.decode()
    visit = desk.records(0)
    page = officer.get(address(desk.people[0])).content.decode()
    at = timezone.localtime(visit.recorded_at).strftime("%H:%M")
    assert "First visit" not in page
    assert f"Came today already: recorded at {at}" in page


def test_health_education_without_a_topic_is_one_service_and_topics_without_it_are_none(officer, desk):
    officer.post(address(desk.people[0]), typed(desk, services=["health_education"]))
    officer.post(address(desk.people[1]), typed(desk, services=["meal"], topics=["tb"]))
    first, second = Visit.objects.order_by("pk")
    assert given_at(first).services == {(Service.HEALTH_EDUCATION, Topic.NOT_STATED)}
    assert given_at(second).services == {(Service.MEAL, Topic.NOT_STATED)}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("occurred_on", lambda: days_ago(-1).isoformat(), "cannot lie in the future"),
        ("occurred_on", "1999-12-31", "too long ago"),
        ("occurred_on", "", "Fill this in"),
        ("needles_returned", "-1", "less than nothing"),
        ("for_others", "51", "more than one person takes"),
        ("needles_returned", "many", "Type a number"),
        ("services", "surgery", "surgery"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(officer, desk, name, value, said):
    answer = officer.post(
        address(desk.people[0]), typed(desk, 13) | {name: value() if callable(value) else value}
    )
    page = answer.content.decode()
    assert (answer.status_code, Visit.objects.count()) == (200, 0)
    assert said in page
    assert value_in(answer, field_of(desk.needles)) == "13"


def test_a_site_adds_a_service_which_stands_among_the_chips_until_it_is_ended(officer, desk):
    officer.post("/services", {"token": str(uuid4()), "name": "Laundry"})
    own = SiteService.objects.get()
    page = officer.get(address(desk.people[0])).content.decode()
    assert "Laundry" in page
    officer.post(address(desk.people[0]), typed(desk, services=[f"site_{reference_to(own)}"]))
    assert given_at(Visit.objects.get()).site_services == {own.pk}
    assert "Laundry" in officer.get(of_visit(Visit.objects.get())).content.decode()
    for _ in range(2):
        officer.post("/services/end", {"service": reference_to(own)})
    assert "Laundry" not in officer.get(address(desk.people[0])).content.decode()


def test_a_service_twice_is_refused_beside_its_field(officer, desk):
    add_site_service(by=desk.by, site=desk.site, name="Laundry")
    answer = officer.post("/services", {"token": str(uuid4()), "name": "laundry"})
    assert "on the list of the site already" in answer.content.decode()


def test_below_zero_is_shouted_about_and_blocks_nobody(officer, desk):
    receive(by=desk.by, site=desk.site, receipt=Receipt([Received(desk.needles.pk, 4)]))
    after = officer.post(address(desk.people[0]), typed(desk, 10), follow=True).content.decode()
    assert "6 below zero" in after
    assert "6 below zero" in officer.get(address(desk.people[1])).content.decode()
    assert Visit.objects.count() == 1


def test_field_workers_record_visits_and_those_at_the_office_do_not(sign_in, desk):
    peer = sign_in(Role.PEER_EDUCATOR)
    assert peer.post(address(desk.people[0]), typed(desk, 1)).status_code == 302
    assert sign_in(Role.ME_OFFICER).get(address(desk.people[0])).status_code == 403
    assert "/services" not in re.findall(
        r'href="([^"]+)"', peer.get(address(desk.people[0])).content.decode()
    )


def test_the_code_of_a_joined_record_leads_to_the_person(officer, desk, programme):
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    desk.records(0, desk.given(8), days_ago(2))
    merge_clients(by=manager, client=desk.people[0], into=desk.people[1])
    assert officer.get(address(desk.people[0])).headers["Location"] == address(desk.people[1])
    page = officer.get(address(desk.people[1]))
    assert value_in(page, field_of(desk.needles)) == "8"
    assert "Last came 2 days ago" in page.content.decode()
    assert "Needles and syringes" in officer.get(f"/p/{desk.people[1].code}").content.decode()


def test_a_field_worker_gives_out_of_their_bag_unless_they_say_otherwise(sign_in, officer, desk):
    peer = sign_in(Role.PEER_EDUCATOR)
    assert "My bag" not in peer.get(address(desk.people[0])).content.decode()
    receive(by=desk.by, site=desk.site, receipt=Receipt([Received(desk.needles.pk, 100)]))
    move = Move(Place(desk.site.pk), [Line(desk.needles.pk, 40)])
    transfer(by=desk.by, site=desk.site, move=move, to=Place(desk.site.pk, peer.staff.pk))
    assert "My bag" in peer.get(address(desk.people[0])).content.decode()
    assert "My bag" not in officer.get(address(desk.people[0])).content.decode()
    peer.post(address(desk.people[0]), typed(desk, 10, out_of="bag"))
    peer.post(address(desk.people[1]), typed(desk, 3, out_of="store"))
    supply = next(one for one in supplies_at(desk.by, desk.site).items if one.item == desk.needles)
    assert (supply.in_store, supply.in_bags) == (57, {peer.staff.pk: 30})
    sources = Visit.objects.order_by("pk").values_list("source", flat=True)
    assert list(sources) == [VisitSource.OUTREACH, VisitSource.DESK]


def test_the_same_form_is_the_same_though_the_items_of_the_programme_changed_meanwhile(officer, desk):
    soap = add_item(by=desk.by, item=NewItem(SupplyKind.OTHER, "Soap", "bar"))
    sent = typed(desk, 10, **{field_of(soap): 0})
    officer.post(address(desk.people[0]), sent)
    end_item(by=desk.by, item=soap)
    officer.post(address(desk.people[0]), sent)
    add_item(by=desk.by, item=NewItem(SupplyKind.OTHER, "Towels", "towel"))
    officer.post(address(desk.people[0]), sent)
    assert Visit.objects.count() == 1


def test_what_was_typed_of_an_item_is_kept_though_it_was_taken_out_of_use_meanwhile(officer, desk):
    soap = add_item(by=desk.by, item=NewItem(SupplyKind.OTHER, "Soap", "bar"))
    end_item(by=desk.by, item=soap)
    assert field_of(soap) not in officer.get(address(desk.people[0])).content.decode()
    officer.post(address(desk.people[0]), typed(desk, 10, **{field_of(soap): 3}))
    assert given_at(Visit.objects.get()).supplies == {desk.needles.pk: 10, soap.pk: 3}


def test_a_form_that_comes_again_after_its_visit_was_undone_does_not_say_that_it_was_saved(officer, desk):
    sent = typed(desk, 10)
    officer.post(address(desk.people[0]), sent)
    officer.post(of_visit(Visit.objects.get(), "/undo"), {"token": str(uuid4())})
    assert "Visit saved:" in officer.get("/").content.decode(), "of the first time"
    again = officer.post(address(desk.people[0]), sent)
    assert "changed or taken back already" in again.content.decode()
    assert "Visit saved:" not in officer.get("/").content.decode()

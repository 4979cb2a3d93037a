"""A person's journey and days: shown on asking, steps recorded, corrected and taken back, one day put right."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.desk.tests.a_clinic import Clinic, followed, make_clinic, today, words_of, yesterday
from kimbilio.followup.actions import assign
from kimbilio.followup.queries import workers_at
from kimbilio.mat.actions import Claim, record_step
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import journey_of, reference_of
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at(programme: Programme, actor: MakeActor) -> Clinic:
    """A clinic with three people on its list."""
    return make_clinic(actor(Role.MAT_LIAISON), programme.site, count=3)


@pytest.fixture
def liaison(sign_in: SignIn) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def page_of(browser: Browser, client: Client) -> str:
    return words_of(browser.get(f"/p/{client.code}/journey"))


def a_step(**typed: str) -> dict[str, str]:
    return {
        "token": str(uuid4()),
        "kind": "inducted",
        "occurred_on": yesterday().isoformat(),
        "reason": "not_stated",
        "clinic": "",
        "source": "staff",
    } | typed


def test_the_journey_is_hidden_until_asked_for_and_the_asking_is_in_the_audit(
    liaison: Browser, at: Clinic
) -> None:
    client = at.people[0]
    page = words_of(liaison.get(f"/p/{client.code}"))
    assert "Show the journey and the days" in page
    assert "Dosed" not in page
    part = words_of(liaison.get(f"/p/{client.code}/journey", headers=HTMX))
    assert part.startswith('<section class="sheet" id="journey"')
    looked = AuditEvent.objects.filter(about=client.pk, event="mat.journey_opened")
    assert looked.count() == 1
    assert "Looked at a person" in words_of(liaison.get(f"/p/{client.code}"))


def test_the_page_tells_state_run_and_what_to_say_but_never_a_dose(liaison: Browser, at: Clinic) -> None:
    client = at.people[0]
    record_step(by=at.by, client=client, claim=Claim(StepKind.INDUCTED, today() - timedelta(days=200)))
    for ago in (4, 3, 2, 1):
        at.list_came(today() - timedelta(days=ago), *([0] if ago < 4 else []))
    page = page_of(liaison, client)
    assert "On MAT" in page
    assert "3 days missed" in page
    assert "Assess before dose" in page
    assert "Offer naloxone" in page
    assert " mg" not in page
    assert "Assess before dose" not in page_of(liaison, at.people[1])


def test_the_strip_has_a_shape_for_each_kind_of_day_and_says_the_same_in_words(
    liaison: Browser, at: Clinic
) -> None:
    at.list_came(today(), 0)
    page = page_of(liaison, at.people[0])
    assert 'class="strip off-paper"' in page
    assert "The same in words" in page
    for kind in ("dosed", "missed", "no-list"):
        assert f'class="day-{kind}"' in page
    assert f"{today().day} {today():%b}" in page


def test_a_step_is_recorded_corrected_and_taken_back_and_all_of_it_is_kept(
    liaison: Browser, at: Clinic
) -> None:
    client = at.people[0]
    page = followed(liaison, liaison.post(f"/p/{client.code}/step", a_step()))
    assert "Saved." in page
    assert "Started MAT" in page
    step = JourneyStep.objects.get()
    address = f"/p/{client.code}/step/{reference_of(step)}"
    assert 'value="inducted" selected' in words_of(liaison.get(address))
    page = followed(liaison, liaison.post(address, a_step(kind="re_inducted", source="person")))
    assert "Started MAT again" in page
    assert "taken back" in page
    right = JourneyStep.objects.get(voided_at__isnull=True)
    page = followed(liaison, liaison.post(f"/p/{client.code}/step/{reference_of(right)}/undo"))
    assert "Taken back. It is kept" in page
    assert JourneyStep.objects.count() == 2
    assert journey_of(client).steps == []
    assert liaison.get(address).status_code == 404


def test_the_same_step_form_twice_is_one_step(liaison: Browser, at: Clinic) -> None:
    form = a_step()
    for _time in range(2):
        liaison.post(f"/p/{at.people[0].code}/step", form)
    assert JourneyStep.objects.count() == 1


def test_a_step_to_come_is_explained(liaison: Browser, at: Clinic) -> None:
    to_come = a_step(occurred_on=(today() + timedelta(days=1)).isoformat())
    assert "This day has not come yet." in words_of(liaison.post(f"/p/{at.people[0].code}/step", to_come))
    assert not JourneyStep.objects.exists()


def test_an_odd_order_is_accepted_and_listed_to_be_looked_into(liaison: Browser, at: Clinic) -> None:
    client = at.people[0]
    assert "Everything fits together" in words_of(liaison.get("/look-into"))
    page = followed(liaison, liaison.post(f"/p/{client.code}/step", a_step(kind="re_inducted")))
    assert "Started again, and no first start is recorded" in page
    page = words_of(liaison.get("/look-into"))
    assert f"/p/{client.code}/journey" in page
    assert "1 person" in page


def test_one_day_is_put_right(liaison: Browser, at: Clinic) -> None:
    client = at.people[0]
    typed = {
        "token": str(uuid4()),
        "occurred_on": yesterday().isoformat(),
        "mark": "admitted",
        "clinic": reference_of(at.clinic),
        "source": "staff",
    }
    page = followed(liaison, liaison.post(f"/p/{client.code}/day", typed))
    assert "A dose elsewhere, or to take home" in page
    assert "One person&#x27;s day, put right" in words_of(liaison.get(at.day(yesterday())))


def test_two_records_of_one_person_show_as_one_history(
    liaison: Browser, at: Clinic, programme: Programme, actor: MakeActor
) -> None:
    other = person(at.by, programme.site)
    record_step(by=at.by, client=other, claim=Claim(StepKind.INDUCTED, today() - timedelta(days=90)))
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=other, into=at.people[0])
    page = page_of(liaison, at.people[0])
    assert "Started MAT" in page
    assert 'class="day-dosed"' in page
    assert liaison.get(f"/p/{other.code}/journey").headers["Location"] == f"/p/{at.people[0].code}/journey"


def test_who_sees_the_journey_and_who_records_is_on_the_page_of_roles(sign_in: SignIn, at: Clinic) -> None:
    client = at.people[0]
    peer = sign_in(Role.PEER_EDUCATOR)
    assert "Record a step" not in page_of(peer, client)
    assert peer.get(f"/p/{client.code}/step").status_code == 403
    assert peer.get("/look-into").status_code == 403
    assert sign_in(Role.ADMINISTRATOR).get(f"/p/{client.code}/journey").status_code == 403


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.OUTREACH_WORKER])
def test_those_who_go_out_open_the_days_of_their_own_people_only(
    sign_in: SignIn, at: Clinic, programme: Programme, role: Role
) -> None:
    worker = sign_in(role)
    looks = next(one for one in workers_at(programme.site) if one.id == worker.staff.pk)
    own, other = at.people[:2]
    assign(by=at.by, client=own, worker=looks)
    assert worker.get(f"/p/{own.code}/journey").status_code == 200
    assert f"/p/{own.code}/journey" in worker.get(f"/p/{own.code}").content.decode()
    for headers in ({}, HTMX):
        assert worker.get(f"/p/{other.code}/journey", headers=headers).status_code == 404
    page = worker.get(f"/p/{other.code}")
    assert (page.status_code, "/journey" in page.content.decode()) == (200, False)
    assert not AuditEvent.objects.filter(about=other.pk, event="mat.journey_opened").exists()
    assign(by=at.by, client=own, worker=None)
    assert worker.get(f"/p/{own.code}/journey").status_code == 404


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ME_OFFICER, Role.COUNSELLOR, Role.DESK_OFFICER])
def test_others_open_the_days_of_everybody_at_their_site(sign_in: SignIn, at: Clinic, role: Role) -> None:
    assert sign_in(role).get(f"/p/{at.people[0].code}/journey").status_code == 200


def test_people_and_steps_of_others_are_not_there(sign_in: SignIn, at: Clinic, programme: Programme) -> None:
    one, other = at.people[:2]
    step = record_step(by=at.by, client=one, claim=Claim(StepKind.INDUCTED, yesterday()))
    elsewhere = sign_in(Role.MAT_LIAISON, programme.other_site)
    for after in ("journey", "step", "day", f"step/{reference_of(step)}"):
        assert elsewhere.get(f"/p/{one.code}/{after}").status_code == 404
    ours = sign_in(Role.MAT_LIAISON)
    assert ours.get(f"/p/{other.code}/step/{reference_of(step)}").status_code == 404
    assert ours.post(f"/p/{other.code}/step/{reference_of(step)}/undo").status_code == 404
    assert journey_of(one).steps == [step]


def test_days_of_another_mark_say_so(liaison: Browser, at: Clinic) -> None:
    typed = {
        "token": str(uuid4()),
        "occurred_on": today().isoformat(),
        "mark": "imprisoned",
        "clinic": reference_of(at.clinic),
        "source": "staff",
    }
    page = followed(liaison, liaison.post(f"/p/{at.people[0].code}/day", typed))
    assert 'class="day-prison"' in page

"""The desk's pages as its staff use them, without a script."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.desk.tests.a_clinic import make_clinic, words_of
from kimbilio.identity.queries import clients_with_phone, identity_of
from kimbilio.people.consent import answers_of
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]


@pytest.mark.parametrize("typed", ["njoroje kamau", "0712345678", "KSS 0048", "Kamau"])
def test_a_person_is_found_by_name_phone_or_number_and_named_by_code_only(
    programme: Programme, actor: MakeActor, sign_in: SignIn, typed: str
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, phone="0712345678", number="KSS-0048")
    page = sign_in(Role.DESK_OFFICER).post("/", {"q": typed}).content.decode()
    assert f"/p/{client.code}" in page
    without_the_box = re.sub(r"<input[^>]*>", "", page)
    assert "Njoroge" not in without_the_box
    assert "712345678" not in without_the_box


def test_who_may_not_see_names_finds_by_code_and_number_but_not_by_name(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, phone="0712345678", number="KSS-0048")
    officer = sign_in(Role.ME_OFFICER)
    for typed, found in (("Njoroge", False), ("0712345678", False), (client.code, True), ("kss0048", True)):
        assert (f"/p/{client.code}" in officer.post("/", {"q": typed}).content.decode()) is found


def test_never_more_than_five_people_are_shown(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    by = actor(Role.DESK_OFFICER)
    for _ in range(7):
        person(by, programme.site)
    page = sign_in(Role.DESK_OFFICER).post("/", {"q": "Njoroge"}).content.decode()
    assert len(re.findall(r'href="/p/\w{7}"', page)) == 5
    assert "More people match" in page


def test_registering_is_offered_only_below_the_results_of_a_search(sign_in: SignIn) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    assert "/register" not in desk.get("/").content.decode()
    assert "/register" in desk.post("/", {"q": "Nobody"}).content.decode()


def test_a_page_hides_the_name_until_asked_and_the_asking_is_audited(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, first="Zawadi", phone="0712345678")
    desk = sign_in(Role.DESK_OFFICER)
    assert "Zawadi" not in desk.get(f"/p/{client.code}").content.decode()
    shown = desk.post(f"/p/{client.code}/name")
    assert "Zawadi" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    kinds = AuditEvent.objects.filter(about=client.pk, actor_id=desk.staff.pk).values_list("event", flat=True)
    assert list(kinds.order_by("seq")) == ["person.opened", "identity.opened"]


def test_the_page_shows_who_looked(programme: Programme, actor: MakeActor, sign_in: SignIn) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site)
    sign_in(Role.PARALEGAL).get(f"/p/{client.code}")
    page = sign_in(Role.DESK_OFFICER).get(f"/p/{client.code}").content.decode()
    assert page.count("Opened a person&#x27;s page") == 2


def test_a_phone_is_added_corrected_and_taken_out_of_use(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site)
    desk = sign_in(Role.DESK_OFFICER)
    form = {
        "token": str(uuid4()),
        "number": "0722 000 111",
        "belongs_to": "own",
        "may_call": "any_staff",
        "safe_to_say": "nothing",
    }
    for _ in range(2):
        assert desk.post(f"/p/{client.code}/phone", form).status_code == 302
    assert len(identity_of(client).phones) == 1
    page = desk.post(f"/p/{client.code}/name").content.decode()
    reference = re.search(r'name="entry" value="(\w+)"', page)
    assert reference is not None
    desk.post(f"/p/{client.code}/end", {"entry": reference[1]})
    assert clients_with_phone(client.organisation_id, "0722000111") == set()


def test_names_place_contact_number_and_consent_are_recorded(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site)
    desk = sign_in(Role.OUTREACH_WORKER)
    sent: dict[str, dict[str, str]] = {
        "details": {"first": "Amina", "last": "Said", "birth_date": "1990-02-01"},
        "where": {"where": "At the stage, mornings"},
        "contact": {"name": "Sister", "phone": "0722000111"},
        "number": {"kind": "mat_number", "number": "KRR00123"},
        "about": {"sex": "female", "born": "1990"},
        "consent": {"photo_or_story": "withdrawn", "manner": "spoken", "occurred_on": "2026-01-31"},
    }
    for address, form in sent.items():
        answer = desk.post(f"/p/{client.code}/{address}", form | {"token": str(uuid4())})
        assert answer.status_code == 302, address
    identity = identity_of(client)
    assert identity.details is not None
    assert (identity.details.first, identity.details.birth_date) == ("Amina", "1990-02-01")
    assert identity.contacts[0].name == "Sister"
    assert (answers_of(client)[0].purpose, answers_of(client)[0].answer) == ("photo_or_story", "withdrawn")
    client.refresh_from_db()
    assert (client.sex, client.birth_year) == ("female", 1990)


def test_the_form_for_names_shows_them_and_counts_as_looking(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, first="Zawadi")
    desk = sign_in(Role.DESK_OFFICER)
    assert "Zawadi" in desk.get(f"/p/{client.code}/details").content.decode()
    assert AuditEvent.objects.filter(event="identity.opened", about=client.pk).count() == 1


def test_the_audit_page_tells_who_did_what_by_code(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, first="Zawadi")
    page = sign_in(Role.ADMINISTRATOR).get("/history").content.decode()
    assert "Registered a person" in page
    assert f"{client.code[:3]}-{client.code[3:]}" in page
    assert f"/p/{client.code}" not in page
    assert "Zawadi" not in page
    assert "none between them is missing" in page


def test_the_audit_page_turns_to_older_entries(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    by = actor(Role.DESK_OFFICER)
    for _ in range(30):
        person(by, programme.site)
    manager = sign_in(Role.PROGRAMME_MANAGER)
    older = re.search(r'href="(\?before=\d+)"', manager.get("/history").content.decode())
    assert older is not None
    assert "?before=" not in manager.get(f"/history{older[1]}").content.decode()


def test_who_finds_nobody_is_told_what_their_role_does(sign_in: SignIn) -> None:
    assert 'href="/reports"' in sign_in(Role.REPORT_READER).get("/").content.decode()
    assert 'href="/staff"' in sign_in(Role.ADMINISTRATOR).get("/").content.decode()


def test_hiding_leads_to_a_blank_neutral_page(sign_in: SignIn) -> None:
    page = sign_in(Role.DESK_OFFICER).get("/hidden").content.decode()
    assert "Karuri" not in page


def test_every_page_is_titled_neutrally(programme: Programme, actor: MakeActor, sign_in: SignIn) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site)
    desk = sign_in(Role.PROGRAMME_MANAGER)
    for address in ("/", "/register", f"/p/{client.code}", "/history", "/places", "/staff", "/account"):
        title = re.search(r"<title>\s*(.*?)\s*</title>", desk.get(address).content.decode(), re.DOTALL)
        assert title is not None
        assert title[1] == "Kimbilio"


def test_a_file_that_the_clinic_sent_is_chosen_as_attendance(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    at, liaison = make_clinic(actor(Role.MAT_LIAISON), programme.site), sign_in(Role.MAT_LIAISON)
    for after in ("", "/list"):
        assert 'href="/books/new?kind=attendance"' in words_of(liaison.get(at.day(after=after)))
    chosen = words_of(liaison.get("/books/new", {"kind": "attendance"}))
    assert re.search(r'value="attendance"[^>]* checked', chosen)

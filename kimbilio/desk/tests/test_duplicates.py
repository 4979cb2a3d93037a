"""People who may be entered twice: the pairs, two side by side, the decision, and taking it back. Without a script."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.desk.tests.two_records import Two, entered_twice, shown, statements
from kimbilio.people.models import Alias, TwoPeople
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]


@pytest.fixture
def two(programme: Programme, actor: MakeActor) -> Two:
    """One person entered twice."""
    return entered_twice(actor(Role.DESK_OFFICER), programme.site)


def address(two: Two, *, after: str = "") -> str:
    return f"/duplicates/{two[0].code}/{two[1].code}{after}"


def decided(two: Two, decision: str = "one", *, stands: int = 0) -> dict[str, str]:
    return {"token": str(uuid4()), "stands": two[stands].code, "decision": decision}


def test_the_list_shows_codes_likelihood_and_reasons_and_never_a_name(sign_in: SignIn, two: Two) -> None:
    page = sign_in(Role.MAT_LIAISON).get("/duplicates").content.decode()
    assert "1 pair left to look at" in page
    assert address(two) in page
    assert all(words in page for words in ("Very likely", "Same phone", shown(two[0]), shown(two[1])))
    assert "Zawadi" not in page
    assert "Mkamburi" not in page


def test_where_nobody_seems_entered_twice_the_page_says_so(sign_in: SignIn) -> None:
    assert "Nobody left to look at" in sign_in(Role.DESK_OFFICER).get("/duplicates").content.decode()


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.ME_OFFICER, Role.ADMINISTRATOR, Role.COUNSELLOR])
def test_who_may_not_join_people_sees_no_pair_and_no_menu_entry(
    sign_in: SignIn, two: Two, role: Role
) -> None:
    browser = sign_in(role)
    assert browser.get("/duplicates").status_code == 403
    assert browser.get(address(two)).status_code == 403
    assert browser.post(address(two), decided(two)).status_code == 403
    assert "/duplicates" not in browser.get("/").content.decode()
    assert not Alias.objects.exists()


def test_two_records_stand_side_by_side_by_code_and_that_is_in_the_audit_of_both(
    sign_in: SignIn, two: Two
) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    page = desk.get(address(two)).content.decode()
    assert "Zawadi" not in page
    assert "the same" in page
    for client in two:
        assert AuditEvent.objects.filter(about=client.pk, event="person.compared").count() == 1


def test_names_of_both_are_opened_by_asking_once_and_that_is_in_the_audit_of_both(
    sign_in: SignIn, two: Two
) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    page = desk.post(address(two, after="/names")).content.decode()
    assert all(name in page for name in ("Zawadi Mkamburi", "Zawadhi Mkamburi", "KSS-1841", "+254712345678"))
    for client in two:
        opened = AuditEvent.objects.filter(about=client.pk, event="identity.opened", actor_id=desk.staff.pk)
        assert opened.count() == 1
    assert "They are one person" in page
    part = desk.post(address(two, after="/names"), headers={"HX-Request": "true"}).content.decode()
    assert "Zawadi Mkamburi" in part
    assert "<html" not in part


def test_one_person_is_joined_under_the_code_that_was_chosen_and_the_next_pair_follows(
    programme: Programme, actor: MakeActor, sign_in: SignIn, two: Two
) -> None:
    by = actor(Role.DESK_OFFICER)
    others = [person(by, programme.site, first="Baraka", last="Karisa", phone="0722000111") for _ in "ab"]
    desk = sign_in(Role.DESK_OFFICER)
    answer = desk.post(address(two), decided(two, stands=1))
    assert answer.headers["Location"] == address((others[0], others[1]))
    alias = Alias.objects.get()
    assert (alias.client, alias.stands_for) == two
    page = desk.get(answer.headers["Location"]).content.decode()
    assert f"{shown(two[0])} now leads to {shown(two[1])}" in page
    assert "1 pair left" in page
    desk.post(address((others[0], others[1])), decided((others[0], others[1]), "two"))
    assert TwoPeople.objects.count() == 1
    assert "Nobody left to look at" in desk.get("/duplicates").content.decode()


def test_the_older_code_stands_unless_another_is_chosen(sign_in: SignIn, two: Two) -> None:
    for pair in (two, two[::-1]):
        page = sign_in(Role.DESK_OFFICER).get(address(pair)).content.decode()
        chosen = re.search(r'<input type="radio" name="stands" value="(\w+)"[^>]*checked', page)
        assert chosen is not None
        assert chosen[1] == two[0].code


def test_the_same_decision_sent_twice_is_one(sign_in: SignIn, two: Two) -> None:
    desk, sent = sign_in(Role.DESK_OFFICER), decided(two)
    assert desk.post(address(two), sent).status_code == 302
    assert desk.post(address(two), sent).headers["Location"] == f"/p/{two[0].code}"
    assert Alias.objects.count() == 1


@pytest.mark.parametrize("missing", ["decision", "stands"])
def test_a_decision_that_is_not_whole_is_explained(sign_in: SignIn, two: Two, missing: str) -> None:
    sent = {name: value for name, value in decided(two).items() if name != missing}
    page = sign_in(Role.DESK_OFFICER).post(address(two), sent).content.decode()
    assert "One thing needs your attention" in page
    assert not Alias.objects.exists()


@pytest.mark.parametrize("decision", ["one", "two"])
def test_a_decision_is_taken_back_from_the_list(sign_in: SignIn, two: Two, decision: str) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    desk.post(address(two), decided(two, decision))
    page = desk.get("/duplicates").content.decode()
    undo = re.search(r'action="(/duplicates/\w+/\w+/undo)"', page)
    assert undo is not None
    assert desk.post(undo[1]).status_code == 302
    assert "1 pair left to look at" in desk.get("/duplicates").content.decode()
    assert "nothing to take back" in desk.post(undo[1], follow=True).content.decode()
    assert desk.get(f"/p/{two[1].code}").status_code == 200


def test_two_that_nobody_offered_are_found_by_their_codes(
    programme: Programme, actor: MakeActor, sign_in: SignIn, two: Two
) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    answer = desk.post("/duplicates", {"one": shown(two[0]), "other": two[1].code.lower()})
    assert answer.headers["Location"] == address(two)
    elsewhere = person(actor_with(Role.DESK_OFFICER, programme.other_site), programme.other_site)
    page = desk.post("/duplicates", {"one": two[0].code, "other": elsewhere.code}).content.decode()
    assert "Nobody here has this code" in page
    assert "not a card code" in desk.post("/duplicates", {"one": "ABC", "other": ""}).content.decode()


def test_a_code_compared_with_itself_leads_to_the_person(sign_in: SignIn, two: Two) -> None:
    answer = sign_in(Role.DESK_OFFICER).get(address((two[0], two[0])))
    assert answer.headers["Location"] == f"/p/{two[0].code}"


def test_the_list_and_the_comparison_take_as_many_statements_for_forty_pairs_as_for_one(
    programme: Programme, actor: MakeActor, sign_in: SignIn, two: Two
) -> None:
    desk, by = sign_in(Role.DESK_OFFICER), actor(Role.DESK_OFFICER)
    desk.get("/duplicates")
    paths = ("/duplicates", address(two))
    few = [statements(desk, "get", path) for path in paths]
    for place in range(4):
        for _ in range(5):
            person(by, programme.site, first="Baraka", last="Karisa", phone=f"07220001{place:02}")
    desk.get("/duplicates")
    assert [statements(desk, "get", path) for path in paths] == few

"""The pages of a person's rights: what each says, to whom, and what it does."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.references import reference_to
from kimbilio.followup.actions import print_sheet
from kimbilio.followup.choices import Group, SheetKind
from kimbilio.followup.queries.sheets import SheetRow
from kimbilio.people.actions import merge_clients, record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner
from kimbilio.people.models import Client
from kimbilio.privacy.actions import (
    NewDisclosure,
    ask_to_be_forgotten,
    confirm_period,
    note_disagreement,
    note_told,
)
from kimbilio.privacy.choices import Ground, Kept, ToldWhom, WhyForgotten
from kimbilio.privacy.models import DateBelieved, Disagreement, Disclosure, Erasure, RetentionPeriod
from kimbilio.privacy.queries import told_about
from tests.programme import Programme, actor_with, person

TOKEN = "0199d2b4-0000-4000-8000-00000000000{}"


@pytest.fixture
def client_here(programme: Programme) -> Client:
    return person(actor_with(Role.PROGRAMME_MANAGER, programme.site), programme.site, first="Zuberi")


def of(name: str, client: Client, *more: str) -> str:
    return reverse(name, args=[client.code, *more])


def test_the_desk_notes_that_somebody_asks_and_the_manager_finds_it(
    sign_in: Any, client_here: Client
) -> None:
    desk, manager = sign_in(Role.DESK_OFFICER), sign_in(Role.PROGRAMME_MANAGER)
    page = desk.get(of("rights_forget", client_here)).content.decode()
    assert "What goes, for good" in page
    assert "Forget this person for good" not in page
    noted = desk.post(of("rights_forget", client_here), {"why": "withdrew", "token": TOKEN.format(1)})
    assert noted.status_code == 302
    assert Erasure.objects.get().why == WhyForgotten.WITHDREW
    assert of("rights_forget", client_here) in manager.get(reverse("rights_requests")).content.decode()
    assert "They have changed their mind" in desk.get(of("rights", client_here)).content.decode()
    taken_back = of("rights_withdraw", client_here, reference_to(Erasure.objects.get()))
    assert desk.post(taken_back).status_code == 302
    assert of("rights_forget", client_here) not in manager.get(reverse("rights_requests")).content.decode()


def test_the_manager_carries_it_out_with_a_password_typed_just_now(sign_in: Any, client_here: Client) -> None:
    manager = sign_in(Role.PROGRAMME_MANAGER)
    address = of("rights_forget", client_here)
    typed = {"why": "asked", "token": TOKEN.format(2)}
    led = manager.post(address, typed | {"explained": "on"})
    assert led.status_code == 302
    assert led["Location"].startswith(reverse("account_reauthenticate"))
    assert led["Location"].endswith("next=" + address.replace("/", "%2F"))
    assert not Client.objects.get(pk=client_here.pk).forgotten_at
    again = manager.post(led["Location"], {"password": "a long walk by the river 91"})
    assert again["Location"] == address
    unticked = manager.post(address, typed)
    assert "Tick this to go on." in unticked.content.decode()
    done = manager.post(address, typed | {"explained": "on"})
    assert done["Location"] == reverse("rights_requests")
    assert manager.post(address, typed | {"explained": "on"}).status_code == 404, "the card leads nowhere"
    card = Client.objects.get(pk=client_here.pk)
    stones = manager.get(reverse("rights_requests")).content.decode()
    assert "This person asked to be forgotten." in stones
    for name in ("person", "rights", "visit", "journey", "follow_person", "edit_details"):
        page = manager.get(of(name, card))
        assert page.status_code == 410, name
        assert "This person asked to be forgotten." in page.content.decode()
    found = manager.post("/", {"q": card.code}, headers={"HX-Request": "true"}).content.decode()
    assert "This person asked to be forgotten." in found
    assert card.get_sex_display() not in found


def test_what_is_told_to_others_is_noted_amended_and_listed(
    sign_in: Any, client_here: Client, programme: Programme
) -> None:
    desk, manager = sign_in(Role.DESK_OFFICER), sign_in(Role.PROGRAMME_MANAGER)
    typed = {
        "told": "police",
        "whom": "Officer at Karuri",
        "ground": "court_order",
        "what": "the days of two visits",
        "told_by": desk.staff.username,
        "occurred_on": timezone.localdate().isoformat(),
    }
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    late = desk.post(
        of("rights_tell", client_here), typed | {"occurred_on": tomorrow, "token": TOKEN.format(3)}
    )
    assert "still to come" in late.content.decode()
    assert "the days of two visits" in late.content.decode()
    for _twice in range(2):
        desk.post(of("rights_tell", client_here), typed | {"token": TOKEN.format(3)})
    (first,) = Disclosure.objects.all()
    amend = of("rights_amend", client_here, reference_to(first))
    assert "the days of two visits" in desk.get(amend).content.decode()
    desk.post(amend, typed | {"what": "the day of one visit", "token": TOKEN.format(4)})
    page = desk.get(of("rights_told", client_here)).content.decode()
    assert "the days of two visits" in page
    assert "the day of one visit" in page
    assert "Amended since" in page
    refused = desk.post(amend, typed | {"token": TOKEN.format(5)})
    assert refused.status_code == 403
    assert str(desk.staff.pk) not in desk.get(of("rights_tell", client_here)).content.decode()
    listed = manager.get(reverse("rights_told_list")).content.decode()
    assert "Police" in listed
    assert "the day of one visit" not in listed
    assert desk.get(reverse("rights_told_list")).status_code == 403
    events = AuditEvent.objects.filter(event__startswith="rights.told").order_by("seq")
    assert "rights.told_opened" in set(events.values_list("event", flat=True))
    assert "visit" not in str([event.detail for event in events])


def test_a_request_stands_for_the_person_though_it_was_noted_under_another_card(
    sign_in: Any, client_here: Client, programme: Programme
) -> None:
    desk, by = sign_in(Role.DESK_OFFICER), actor_with(Role.DESK_OFFICER, programme.site)
    asked = ask_to_be_forgotten(by=by, client=client_here, why=WhyForgotten.ASKED)
    into = person(by, programme.site)
    merge_clients(by=by, client=client_here, into=into)
    assert ask_to_be_forgotten(by=by, client=into, why=WhyForgotten.ASKED) == asked
    assert "They have changed their mind" in desk.get(of("rights", into)).content.decode()
    assert desk.post(of("rights_withdraw", into, reference_to(asked))).status_code == 302
    assert "They have changed their mind" not in desk.get(of("rights", into)).content.decode()


def test_after_a_no_to_a_record_no_page_is_offered_that_writes_anew(
    sign_in: Any, client_here: Client, programme: Programme
) -> None:
    desk, by = sign_in(Role.DESK_OFFICER), actor_with(Role.DESK_OFFICER, programme.site)
    assert of("edit_about", client_here) in desk.get(of("rights", client_here)).content.decode()
    today = timezone.localdate()
    record_consent(
        by=by,
        client=client_here,
        answer=ConsentAnswer.WITHDRAWN,
        manner=ConsentManner.SPOKEN,
        occurred_on=today,
    )
    page = desk.get(of("rights", client_here)).content.decode()
    offered = re.findall(rf'href="(/p/{client_here.code}[^"]*)"', page)
    assert of("record_consent", client_here) in offered
    assert of("edit_about", client_here) not in offered
    assert {address for address in offered if desk.get(address).status_code != 200} == set()


def test_standing_on_a_sheet_for_the_clinic_is_told_by_itself(
    client_here: Client, programme: Programme
) -> None:
    by = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    rows = [SheetRow(client_here.pk, Group.values[0], days=5)]
    sheet = print_sheet(
        by=by, site=programme.site, kind=SheetKind.CLINIC, as_at=timezone.localdate(), rows=rows
    )
    note_told(
        by=by,
        client=client_here,
        told=NewDisclosure(ToldWhom.FAMILY, Ground.DANGER, "where they lie ill", timezone.localdate()),
    )
    told = told_about(by, client_here)
    assert {(one.told, one.serial) for one in told} == {
        (ToldWhom.CLINIC, sheet.serial),
        (ToldWhom.FAMILY, ""),
    }


def test_a_person_may_have_their_own_words_beside_the_record(sign_in: Any, client_here: Client) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    desk.post(of("rights_disagree", client_here), {"text": "I was never there.", "token": TOKEN.format(6)})
    assert Disagreement.objects.get().text == "I was never there."
    page = desk.get(of("rights", client_here)).content.decode()
    assert "Disagrees" in page
    assert "I was never there." not in page


def test_a_persons_page_shows_that_they_disagree_and_never_with_what(
    sign_in: Any, client_here: Client, programme: Programme
) -> None:
    desk, address = sign_in(Role.DESK_OFFICER), reverse("person", args=[client_here.code])
    assert "They disagree with something here" not in desk.get(address).content.decode()
    counsellor = actor_with(Role.DESK_OFFICER, programme.site)
    for _time in range(2):
        note_disagreement(by=counsellor, client=client_here, text="I was never there.")
    page = desk.get(address).content.decode()
    assert "They disagree with something here: 2 notes of it" in page
    assert f'href="{of("rights", client_here)}"' in page
    assert "I was never there." not in page


def test_periods_are_shown_with_what_would_go_and_confirmed(sign_in: Any, programme: Programme) -> None:
    manager = sign_in(Role.PROGRAMME_MANAGER)
    SiteRole.objects.create(
        organisation=programme.organisation,
        staff=manager.staff,
        site=programme.other_site,
        role=Role.PROGRAMME_MANAGER,
    )
    assert manager.get(reverse("rights_kept")).content.decode().count("Proposed, deletes nothing") == 6
    address = reverse("rights_period_names")
    looked = manager.post(address, {"months": "24", "do": "look", "token": TOKEN.format(7)})
    assert "kept for 24 months." in looked.content.decode()
    assert "(optional)" not in looked.content.decode(), "it takes a source to confirm"
    assert not RetentionPeriod.objects.exists()
    typed = {"months": "24", "do": "confirm", "token": TOKEN.format(7)}
    assert "Tick this to go on." in manager.post(address, typed).content.decode()
    manager.post(address, typed | {"source": "Policy of June", "confirmed": "on"})
    assert RetentionPeriod.objects.get().months == 24
    assert "Policy of June" in manager.get(reverse("rights_kept")).content.decode()
    assert sign_in(Role.DESK_OFFICER).get(address).status_code == 403


def test_a_doubtful_date_is_said_on_the_page_and_there_a_manager_says_that_it_is_right(
    sign_in: Any, programme: Programme
) -> None:
    manager = sign_in(Role.PROGRAMME_MANAGER)
    given = {"organisation": programme.organisation, "site": programme.other_site}
    SiteRole.objects.create(staff=manager.staff, role=Role.PROGRAMME_MANAGER, **given)
    confirm_period(by=actor_for(manager.staff), kind=Kept.PLACES, months=6, source="Policy")
    words, address = "the date of this computer may be wrong", reverse("rights_kept")
    assert words not in manager.get(address).content.decode()
    RetentionPeriod.objects.update(recorded_at=timezone.now() - timedelta(days=40))
    assert words in manager.get(address).content.decode()
    assert manager.post(address).status_code == 302
    assert words not in manager.get(address).content.decode()
    assert DateBelieved.objects.get().said_by == manager.staff.pk

"""The one-page answer to the clinic: by its own numbers, and within what people agreed to."""

import re
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.followup.actions import Said, Try, record_attempt, record_wish
from kimbilio.followup.choices import HowTried, Result, Wish
from kimbilio.followup.models import PrintedSheet
from kimbilio.followup.tests.looking import Looking, make_looking, today
from kimbilio.identity.actions import add_outside_number
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.queries import reference_of
from kimbilio.people.rules import display_card_code
from tests.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA"])


@pytest.fixture
def liaison(sign_in: object, looking: Looking) -> Browser:
    return sign_in(Role.MAT_LIAISON)  # type: ignore[operator]


def test_the_answer_to_the_clinic_has_its_numbers_within_consent(looking: Looking, liaison: Browser) -> None:
    for number, client in enumerate(looking.people[1:3]):
        add_outside_number(
            by=looking.liaison, client=client, kind=NumberKind.MAT_NUMBER, number=f"MAT/00{number}"
        )
        record_attempt(
            by=looking.liaison, client=client, attempt=Try(HowTried.PHONE, Result.REACHED, today())
        )
    record_wish(by=looking.liaison, client=looking.people[1], said=Said(tell_clinic=Wish.YES))
    typed = {"token": str(uuid4()), "clinic": reference_of(looking.place.clinic)}
    answer = liaison.post("/follow/sheets/clinic", typed)
    page = liaison.get(answer.headers["Location"]).content.decode()
    assert "MAT/000" in page
    assert "MAT/001" not in page
    assert display_card_code(looking.people[1].code) not in page
    assert "1 more is not in this answer" in page
    assert AuditEvent.objects.filter(event="followup.sheet_printed").count() == 1


def test_each_sheet_has_its_own_page_and_leads_there(looking: Looking, liaison: Browser) -> None:
    liaison.post("/follow/sheets", {"token": str(uuid4()), "worker": ""})
    serial = PrintedSheet.objects.get().serial
    assert re.fullmatch(r"S-\w{6}", serial)
    answer = liaison.get(f"/follow/answers/{serial}")
    assert answer.headers["Location"] == f"/follow/sheets/{serial}"

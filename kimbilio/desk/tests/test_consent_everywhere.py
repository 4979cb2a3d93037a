"""Each purpose's features go silent after a no, at every door of the desk; and speak again once asked anew."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.desk.tests.somebody_known import SISTER, WHERE, Known, make_known, names_shown, page
from kimbilio.followup.actions import (
    Said,
    Try,
    record_attempt,
    record_wish,
)
from kimbilio.followup.choices import HowTried, Result, SheetKind, Wish
from kimbilio.followup.models import PrintedSheet
from kimbilio.followup.queries import answer_rows, lines_of, sheet_rows
from kimbilio.followup.tests.looking import today
from kimbilio.identity.actions import (
    ContactDetails,
    PhoneDetails,
    add_contact,
    add_phone,
    record_locator,
)
from kimbilio.identity.queries import identity_of
from kimbilio.mat.queries import reference_of
from kimbilio.people.choices import ConsentAnswer, ConsentPurpose
from kimbilio.people.rules import display_card_code
from kimbilio.places.actions import add_hotspot
from kimbilio.places.choices import HotspotKind
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(programme: Programme) -> Known:
    return make_known(programme)


@pytest.fixture
def desk(known: Known, sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.MAT_LIAISON)


# Calls


def test_after_a_no_to_calls_no_number_is_shown_kept_or_called(known: Known, desk: Browser) -> None:
    assert "712345678" in names_shown(desk, known.client).replace(" ", "")
    known.says_no(ConsentPurpose.PHONE_CONTACT)
    shown = names_shown(desk, known.client)
    assert "712345678" not in shown.replace(" ", "")
    assert "they said no to calls" in shown
    by, client = known.looking.liaison, known.client
    with pytest.raises(Refused, match="called"):
        add_phone(by=by, client=client, phone=PhoneDetails("0733000222"))
    with pytest.raises(Refused, match="called"):
        record_attempt(by=by, client=client, attempt=Try(HowTried.PHONE, Result.REACHED, today()))
    row = next(one for one in sheet_rows(by, known.site, today(), None) if one.client_id == client.pk)
    assert (row.call, row.visit) == (Wish.NO, Wish.ASK)
    known.is_asked_anew(ConsentPurpose.PHONE_CONTACT)
    assert "712345678" in names_shown(desk, client).replace(" ", "")


def test_after_a_no_to_calls_no_number_is_laid_beside_another(known: Known, desk: Browser) -> None:
    address = f"/duplicates/{known.client.code}/{known.looking.people[1].code}/names"
    assert "712345678" in desk.post(address).content.decode().replace(" ", "")
    known.says_no(ConsentPurpose.PHONE_CONTACT)
    shown = desk.post(address).content.decode()
    assert "Mkamburi" in shown
    assert "712345678" not in shown.replace(" ", "")


# Visits at home


def test_after_a_no_to_visits_no_place_is_shown_kept_or_gone_to(known: Known, desk: Browser) -> None:
    by, client = known.looking.liaison, known.client
    hotspot = add_hotspot(by=actor_of_manager(known), site=known.site, code="KR-07", kind=HotspotKind.STREET)
    record_wish(by=by, client=client, said=Said(hotspot=hotspot))
    assert "KR-07" in page(desk, "/follow")
    assert WHERE in names_shown(desk, client)
    assert WHERE in page(desk, f"/p/{client.code}/where")
    known.says_no(ConsentPurpose.HOME_VISIT)
    assert WHERE not in page(desk, f"/p/{client.code}/where")
    assert "KR-07" not in page(desk, "/follow")
    assert "KR-07" not in page(desk, f"/follow/p/{client.code}")
    shown = names_shown(desk, client)
    assert WHERE not in shown
    assert "they said no to visits" in shown
    with pytest.raises(Refused, match="visited"):
        record_locator(by=by, client=client, where="Elsewhere")
    record_locator(by=by, client=client, where="")
    with pytest.raises(Refused, match="visited"):
        record_attempt(by=by, client=client, attempt=Try(HowTried.VISIT, Result.REACHED, today()))
    row = next(one for one in sheet_rows(by, known.site, today(), None) if one.client_id == client.pk)
    assert (row.visit, row.hotspot) == (Wish.NO, "")


def actor_of_manager(known: Known):
    return actor_with(Role.PROGRAMME_MANAGER, known.site)


def test_a_sheet_shown_again_says_no_more_than_people_agree_to_today(known: Known, desk: Browser) -> None:
    desk.post("/follow/sheets", {"token": str(uuid4()), "worker": ""})
    sheet = sheets_of(known, SheetKind.LOOK_FOR)
    code = display_card_code(known.client.code)
    assert code in page(desk, f"/follow/sheets/{sheet.serial}")
    known.says_no(ConsentPurpose.HOME_VISIT)
    (line,) = [one for one in lines_of(sheet) if one.client_id == known.client.pk]
    assert (line.visit, line.hotspot) == (Wish.NO, "")
    known.says_no(ConsentPurpose.PHONE_CONTACT)
    assert code not in page(desk, f"/follow/sheets/{sheet.serial}")


def sheets_of(known: Known, kind: SheetKind):
    return PrintedSheet.objects.get(organisation=known.client.organisation_id, kind=kind)


# The clinic


def test_the_clinic_hears_of_nobody_who_has_not_agreed_and_no_longer_after_a_no(
    known: Known, desk: Browser
) -> None:
    by, clinic = known.looking.liaison, known.looking.place.clinic
    assert answer_rows(by, known.site, today(), clinic) == ([], 1)
    known.says(ConsentPurpose.SHARE_WITH_CLINIC, ConsentAnswer.GIVEN)
    rows, left_out = answer_rows(by, known.site, today(), clinic)
    assert ([row.client_id for row in rows], left_out) == ([known.client.pk], 0)
    desk.post("/follow/sheets/clinic", {"token": str(uuid4()), "clinic": reference_of(clinic)})
    serial = sheets_of(known, SheetKind.CLINIC).serial
    assert "KRMAT-7" in page(desk, f"/follow/answers/{serial}")
    known.says_no(ConsentPurpose.SHARE_WITH_CLINIC)
    assert answer_rows(by, known.site, today(), clinic) == ([], 1)
    assert "KRMAT-7" not in page(desk, f"/follow/answers/{serial}")


# The supporter


def test_after_a_no_nobody_to_speak_with_is_shown_or_kept(known: Known, desk: Browser) -> None:
    assert "ask first" in names_shown(desk, known.client)
    known.says_no(ConsentPurpose.SUPPORTER_TOLD)
    shown = names_shown(desk, known.client)
    assert SISTER not in shown
    assert "722000111" not in shown.replace(" ", "")
    with pytest.raises(Refused, match="speak"):
        add_contact(by=known.looking.liaison, client=known.client, contact=ContactDetails("Another"))
    assert [one.name for one in identity_of(known.client).contacts] == [SISTER]

"""Somebody who is missing, with all by which they may be reached, for tests of what is silent after a no."""

from dataclasses import dataclass
from uuid import UUID

from django.test import Client as Browser

from kimbilio.followup.actions import (
    Try,
    record_attempt,
)
from kimbilio.followup.choices import HowTried, Result
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
from kimbilio.identity.actions import (
    ContactDetails,
    Details,
    PhoneDetails,
    add_contact,
    add_outside_number,
    add_phone,
    record_details,
    record_locator,
)
from kimbilio.identity.choices import NumberKind
from kimbilio.people.actions import record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import standing_consent
from kimbilio.people.models import Client
from tests.programme import Programme

PHONE, WHERE, SISTER = "0712345678", "Behind the stage", "Sister Auma"


@dataclass(frozen=True)
class Known:
    """Somebody who is missing, with all by which they may be reached, and whoever works with them."""

    looking: Looking
    client: Client

    def says(
        self, purpose: ConsentPurpose, answer: ConsentAnswer, lifts: frozenset[UUID] = frozenset()
    ) -> None:
        record_consent(
            by=self.looking.liaison,
            client=self.client,
            purpose=purpose,
            answer=answer,
            manner=ConsentManner.SPOKEN,
            occurred_on=today(),
            lifts=lifts,
        )

    def says_no(self, purpose: ConsentPurpose) -> None:
        self.says(purpose, ConsentAnswer.WITHDRAWN)

    def is_asked_anew(self, purpose: ConsentPurpose) -> None:
        noes = frozenset(row.pk for row in standing_consent(self.client)[purpose].noes)
        self.says(purpose, ConsentAnswer.GIVEN, noes)

    @property
    def site(self):
        return self.looking.place.site


def make_known(programme: Programme) -> Known:
    looking = make_looking(programme, ["PPPPAAAA", "PPPPAAAA"])
    by, client = looking.liaison, looking.people[0]
    record_details(by=by, client=client, details=Details("Zawadi", "Chege", "Mkamburi"))
    add_phone(by=by, client=client, phone=PhoneDetails(PHONE))
    record_locator(by=by, client=client, where=WHERE)
    add_contact(by=by, client=client, contact=ContactDetails(SISTER, phone="0722000111"))
    add_outside_number(by=by, client=client, kind=NumberKind.MAT_NUMBER, number="KRMAT-7")
    record_attempt(by=by, client=client, attempt=Try(HowTried.VISIT, Result.REACHED, days_ago(1)))
    return Known(looking, client)


def page(browser: Browser, address: str) -> str:
    return browser.get(address).content.decode()


def names_shown(browser: Browser, client: Client) -> str:
    return browser.post(f"/p/{client.code}/name").content.decode()

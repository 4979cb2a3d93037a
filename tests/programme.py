"""A fictional programme for tests: two sites, and another organisation beside it."""

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client as Browser
from django.test.client import FakePayload

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Organisation, Site, SiteRole, Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.core import vault
from kimbilio.identity.actions import Details, PhoneDetails, add_outside_number, add_phone, record_details
from kimbilio.identity.choices import MayCall, NumberKind
from kimbilio.people.actions import AboutClient, NewClient, register_client
from kimbilio.people.choices import BirthPrecision, ConsentManner, Sex
from kimbilio.people.models import Client
from kimbilio.places.actions import add_areas
from kimbilio.places.rules import AreaLine

PASSWORD = "a long walk by the river 91"
_number = itertools.count(1)


@dataclass(frozen=True)
class Programme:
    """What a test finds there."""

    organisation: Organisation
    site: Site
    other_site: Site
    other_organisation: Organisation
    site_elsewhere: Site


def make_programme() -> Programme:
    """Make two organisations with keys, three sites and a few wards."""
    ours, theirs = _organisation("Safe Space Programme"), _organisation("Another Programme")
    for organisation in (ours, theirs):
        add_areas(
            organisation.pk,
            [
                AreaLine(county_code=22, county="Kiambu", sub_county="Kiambaa", ward="Karuri"),
                AreaLine(county_code=22, county="Kiambu", sub_county="Kiambaa", ward="Ndenderu"),
                AreaLine(county_code=3, county="Kilifi", sub_county="Malindi", ward="Shella"),
            ],
        )
    return Programme(
        organisation=ours,
        site=_site(ours, "Karuri"),
        other_site=_site(ours, "Thika"),
        other_organisation=theirs,
        site_elsewhere=_site(theirs, "Malindi"),
    )


def _organisation(name: str) -> Organisation:
    organisation = Organisation.objects.create(name=name)
    vault.keyring().add_organisation(organisation.pk)
    return organisation


def _site(organisation: Organisation, name: str) -> Site:
    return Site.objects.create(organisation=organisation, name=name, county="Kiambu")


def staff_with(role: Role | None, site: Site, username: str = "") -> Staff:
    """Make a member of staff with a role at a site (or with none)."""
    staff = Staff(
        organisation_id=site.organisation_id,
        username=username or f"staff{next(_number)}",
        display_name="A colleague",
        password=_hashed(),
    )
    staff.save()
    if role is not None:
        SiteRole.objects.create(organisation_id=site.organisation_id, staff=staff, site=site, role=role)
    return staff


@cache
def _hashed() -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def actor_with(role: Role, site: Site) -> Actor:
    """Return the actor for somebody with this role at this site."""
    return actor_for(staff_with(role, site))


class AnsweringBrowser(Browser):
    """A test client that says why it opens somebody outside its own work, as its owner would, and goes on."""

    def request(self, **request: Any) -> HttpResponse:
        """Return the answer to a request; where that is the question why, the answer to the same request after it."""
        body = request.get("wsgi.input")
        sent = body.read() if body is not None else b""
        answer = self._asked(request, sent)
        if (why := asked_why(answer)) and request["REQUEST_METHOD"] != "HEAD":
            self.post(why, {"opened_because": "checking", "token": str(uuid4())})
            answer = self._asked(request, sent)
        return answer

    def _asked(self, request: dict[str, Any], sent: bytes) -> HttpResponse:
        return super().request(**request | {"wsgi.input": FakePayload(sent)})


def asked_why(answer: HttpResponse) -> str:
    """Return the address at which an answer asks why somebody is opened; '' where it does not ask."""
    if answer.status_code == 428:
        return str(answer.context["why_url"])
    leads_to = answer.headers.get("HX-Redirect") or answer.headers.get("Location", "")
    path = urlsplit(leads_to).path
    return leads_to if path.startswith("/p/") and path.endswith("/why") else ""


def signed_in_client(role: Role | None, site: Site) -> Browser:
    """Return a test client signed in as somebody with this role, with a second factor where it is asked."""
    browser = AnsweringBrowser()
    sign_in_as(browser, staff_with(role, site))
    return browser


def sign_in_as(browser: Browser, staff: Staff) -> None:
    """Sign a test client in past the sign-in page, with a second factor set up."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(staff, generate_totp_secret())
    browser.force_login(staff)
    browser.staff = staff


def person(
    by: Actor, site: Site, *, first: str = "Njoroge", last: str = "Kamau", phone: str = "", number: str = ""
) -> Client:
    """Register a fictional person with names, and a phone and an old code if given."""
    about = AboutClient(sex=Sex.MALE, birth_year=1988, birth_precision=BirthPrecision.YEAR)
    client = register_client(by=by, site=site, person=NewClient(about, ConsentManner.SPOKEN))
    record_details(by=by, client=client, details=Details(first=first, last=last))
    if phone:
        add_phone(by=by, client=client, phone=PhoneDetails(phone, may_call=MayCall.ANY_STAFF))
    if number:
        add_outside_number(by=by, client=client, kind=NumberKind.OLD_CODE, number=number)
    return client

"""Who asks, and for whose records: a person, two colleagues and a sign-in at each of three places."""

from dataclasses import dataclass
from enum import StrEnum

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client as Browser
from django.test import RequestFactory

from kimbilio.accounts.idle import start_clock
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.roles import Role
from kimbilio.caseload.choices import Why
from kimbilio.caseload.models import OpenedOutside
from kimbilio.exchange.models import Upload
from kimbilio.followup.actions import assign
from kimbilio.followup.queries import workers_at
from tests.matrix.belongings import Belongings, a_passkey, another_sign_in, belongings_at
from tests.programme import Programme, actor_with, sign_in_as, staff_with


class Place(StrEnum):
    """Where the record that is asked for belongs, seen from whoever asks."""

    OWN = "own site"
    OTHER_SITE = "another site"
    ELSEWHERE = "another organisation"


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks: with one role at the first site, or nobody."""

    role: Role | None
    browser: Browser

    @property
    def name(self) -> str:
        """How messages call them."""
        return self.role.value if self.role else "nobody"


@dataclass(frozen=True)
class Cast:
    """The visitor, and the records at each place."""

    visitor: Visitor
    belongings: dict[Place, Belongings]


def make_cast(programme: Programme, role: Role | None) -> Cast:
    """Sign somebody in (or nobody), and make the same records at all three places."""
    visitor = make_visitor(role, programme.site)
    sites = {
        Place.OWN: programme.site,
        Place.OTHER_SITE: programme.other_site,
        Place.ELSEWHERE: programme.site_elsewhere,
    }
    belongings = {place: belongings_at(site) for place, site in sites.items()}
    if role is not None:
        own = belongings[Place.OWN]
        mine = {
            "sign_in": another_sign_in(visitor.browser.staff),
            "passkey": a_passkey(visitor.browser.staff),
        }
        _gives_them_to(visitor.browser.staff, own)
        _says_why(visitor.browser.staff, own)
        belongings[Place.OWN] = Belongings(**{**vars(own), **mine})
    return Cast(visitor, belongings)


def make_visitor(role: Role | None, site: Site) -> Visitor:
    """Return somebody signed in with this role at this site; nobody for None."""
    browser = Browser(raise_request_exception=False)
    if role is not None:
        sign_in_as(browser, staff_with(role, site))
        RecoveryCodes.activate(browser.staff)
        _as_from_the_sign_in_page(browser)
    return Visitor(role, browser)


def _as_from_the_sign_in_page(browser: Browser) -> None:
    """Have this sign-in remember that the password was typed again just now, and count idleness from now."""
    request = RequestFactory().get("/")
    request.session = browser.session
    record_authentication(request, browser.staff, method="password", reauthenticated=True)
    start_clock(request)
    request.session.save()


def _gives_them_to(staff: Staff, own: Belongings) -> None:
    """Have this member of staff look for the person, where their role lets them, and have chosen the file that waits.

    Field workers see only whom they look for, and a file on its way in is open to whoever chose it.
    """
    Upload.objects.filter(pk=own.upload.pk).update(uploaded_by=staff.pk)
    worker = next((one for one in workers_at(own.site) if one.id == staff.pk), None)
    if worker:
        assign(by=actor_with(Role.PROGRAMME_MANAGER, own.site), client=own.client, worker=worker)


def _says_why(staff: Staff, own: Belongings) -> None:
    """Have this member of staff have said today why they open these people (caseload; asked in its own tests)."""
    for client in (own.client, own.other):
        OpenedOutside.objects.create(
            organisation_id=staff.organisation_id,
            site=own.site,
            about=client.pk,
            opened_by=staff.pk,
            why=Why.CHECKING,
        )

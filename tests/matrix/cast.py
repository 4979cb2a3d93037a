"""Who asks, and for whose records: a person, two colleagues and a sign-in at each of three places."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.idle import start_clock
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.roles import Role
from kimbilio.community.actions import NewEvent, record_event
from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.core.references import reference_to as record_reference
from kimbilio.exchange.actions import import_book, take_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport, Upload
from kimbilio.followup.actions import Try, assign, print_sheet, record_attempt
from kimbilio.followup.choices import HowTried, Result, SheetKind
from kimbilio.followup.models import Attempt, PrintedSheet
from kimbilio.followup.queries import workers_at
from kimbilio.identity.models import Phone
from kimbilio.identity.queries import reference_to
from kimbilio.mat.actions import Claim, record_step
from kimbilio.mat.choices import RuleName, StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import reference_of
from kimbilio.people.models import Client
from kimbilio.places.actions import add_mat_clinic
from kimbilio.places.models import MatClinic
from kimbilio.stock.actions import Receipt, Received, receive
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Document, Item
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Session
from kimbilio.visits.actions import NewVisit, record_visit
from kimbilio.visits.models import Visit
from tests.programme import Programme, actor_with, person, sign_in_as, staff_with

# Part of every name and number given here. Nothing else holds it, so a page that shows it shows a name.
CANARY = "zuwakari"
# A line list of one line that waits, since its code cannot be read.
_BOOK = f"Code,Name,Sex\n?,{CANARY} {CANARY}o,M\n".encode()


class Place(StrEnum):
    """Where the record that is asked for belongs, seen from whoever asks."""

    OWN = "own site"
    OTHER_SITE = "another site"
    ELSEWHERE = "another organisation"


@dataclass(frozen=True)
class Belongings:
    """One place's records, by all that an address may ask for."""

    site: Site
    client: Client
    other: Client
    phone_reference: str
    clinic: MatClinic
    step: JourneyStep
    attempt: Attempt
    sheet: PrintedSheet
    upload: Upload
    book: BookImport
    visit: Visit
    session: Session
    event: CommunityEvent
    item: Item
    paper: Document
    colleague: Staff
    disabled: Staff
    sign_in: UserSession

    def values(self, address_name: str) -> dict[str, str]:
        """What fills the parameters of an address. A parameter that is not here is one to be learnt."""
        colleague = self.disabled if address_name == "enable_staff" else self.colleague
        return {
            "code": self.client.code,
            "other": self.other.code,
            "username": colleague.username,
            "number": str(self.sign_in.pk),
            "clinic": reference_of(self.clinic),
            "on": timezone.localdate().isoformat(),
            "rule": RuleName.ASSESS_FROM.value,
            "step": reference_of(self.step),
            "attempt": reference_of(self.attempt),
            "serial": self.sheet.serial,
            "upload": self.upload.reference,
            "imported": str(self.book.number),
            "position": "1",
            "file": "csv",
            "indicator": "visits.people",
            "check": "not_stated",
            "month": f"{timezone.localdate():%Y-%m}",
            "visit": record_reference(self.visit),
            "session": record_reference(self.session),
            "event": record_reference(self.event),
            "item": record_reference(self.item),
            "paper": record_reference(self.paper),
            "day": self.paper.occurred_on.isoformat(),
        }


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
    belongings = {place: _belongings(site) for place, site in sites.items()}
    if role is not None:
        own = belongings[Place.OWN]
        mine = _another_sign_in(visitor.browser.staff)
        _gives_them_to(visitor.browser.staff, own)
        belongings[Place.OWN] = Belongings(**{**vars(own), "sign_in": mine})
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
    """Have this sign-in remember that the password was typed just now, and count idleness from now."""
    request = RequestFactory().get("/")
    request.session = browser.session
    record_authentication(request, browser.staff, method="password")
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


def _belongings(site: Site) -> Belongings:
    by = actor_with(Role.PROGRAMME_MANAGER, site)
    client = person(by, site, first=CANARY, last=f"{CANARY}o", phone="0722000111", number=f"{CANARY}-1")
    disabled = staff_with(Role.DESK_OFFICER, site)
    disabled.is_active = False
    disabled.save()
    colleague = staff_with(Role.DESK_OFFICER, site)
    clinic = add_mat_clinic(by=by, site=site, name=f"Clinic {uuid4()}")
    claim = Claim(StepKind.INDUCTED, timezone.localdate(), clinic=clinic)
    item = standard_items(site.organisation_id)[SupplyKind.CONDOMS]
    tried = Try(HowTried.PHONE, Result.NOT_REACHED, claim.occurred_on)
    return Belongings(
        site=site,
        client=client,
        clinic=clinic,
        step=record_step(by=by, client=client, claim=claim),
        attempt=record_attempt(by=by, client=client, attempt=tried),
        upload=take_file(by=by, site=site, kind=Kind.LINE_LIST, name="list.csv", data=_BOOK),
        book=_book(by, site),
        sheet=print_sheet(by=by, site=site, kind=SheetKind.LOOK_FOR, as_at=claim.occurred_on, rows=[]),
        other=person(by, site, first=CANARY, last=f"{CANARY}a", phone="0722000111"),
        phone_reference=reference_to(Phone.objects.get(client=client)),
        colleague=colleague,
        disabled=disabled,
        visit=record_visit(by=by, client=client, at_site=site, visit=NewVisit(client.pk, claim.occurred_on)),
        session=record_session(
            by=by, site=site, kind=SessionKind.FAMILY, occurred_on=claim.occurred_on, people=[client]
        ),
        event=record_event(by=by, site=site, event=NewEvent(Activity.CLEAN_UP, claim.occurred_on, male=3)),
        item=item,
        paper=receive(by=by, site=site, receipt=Receipt([Received(item.pk, 144)])),
        sign_in=_another_sign_in(colleague),
    )


def _book(by: Actor, site: Site) -> BookImport:
    """Return a book that was taken in, under a number that no other organisation has: each counts its own."""
    book = import_book(by=by, site=site, given=GivenBook(Kind.LINE_LIST, "list.csv", _BOOK))
    book.serial = BookImport.objects.count() + 100
    book.save()
    return book


def _another_sign_in(staff: Staff) -> UserSession:
    """Return a further open sign-in of this person, as from another computer."""
    store = SessionStore()
    store["language"] = settings.LANGUAGE_CODE
    store.save()
    return UserSession.objects.create(
        user=staff, ip="127.0.0.1", session_key=store.session_key, user_agent=""
    )

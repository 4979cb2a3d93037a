"""Records that leave in a file: who asks and approves, and short ways to do it."""

import pyrage
from allauth.account.internal.flows.login import record_authentication
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone

from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.audit.queries import events_of
from kimbilio.core.months import month_of
from kimbilio.exchange.actions import (
    Wanted,
    approve_taking_out,
    ask_to_take_out,
    take_out,
)
from kimbilio.exchange.taking_out.choices import FileKind, WhyTaken
from kimbilio.mat.actions import Claim, record_step
from kimbilio.mat.choices import StepKind
from kimbilio.visits.actions import NewVisit, record_visit
from tests.programme import actor_with, person, sign_in_as

PASSPHRASE = "nine small lamps along the shore"


def month():
    return month_of(timezone.localdate())


def wanted(kind=FileKind.LINES, **also):
    """What is asked for: the lines of this month, unless said otherwise."""
    return Wanted(WhyTaken.CHECKING, kind, month(), month(), **also)


def typed(**also):
    """The form that asks for it."""
    return {
        "why": "checking",
        "kind": "jsonl",
        "first": f"{month():%Y-%m}",
        "last": f"{month():%Y-%m}",
    } | also


def make_people(programme):
    """Two people who came, of whom one is on MAT, and one of another site."""
    desk, boss = (
        actor_with(Role.DESK_OFFICER, programme.site),
        actor_with(Role.PROGRAMME_MANAGER, programme.site),
    )
    here = [person(desk, programme.site, first=name) for name in ("Zuhura", "Baraka")]
    for one in here:
        visit = NewVisit(one.pk, timezone.localdate())
        record_visit(by=desk, client=one, at_site=programme.site, visit=visit)
    record_step(by=boss, client=here[0], claim=Claim(StepKind.INDUCTED, timezone.localdate()))
    person(actor_with(Role.DESK_OFFICER, programme.other_site), programme.other_site, first="Elsewhere")
    return here


def asked(staff, site, asks=None):
    return ask_to_take_out(by=actor_for(staff), site=site, wanted=asks or wanted())


def ready(programme, asker, approver, asks=None):
    return approve_taking_out(by=actor_for(approver), export=asked(asker, programme.site, asks))


def opened(taken):
    return pyrage.passphrase.decrypt(taken.contents, PASSPHRASE).decode()


def taken_by(staff, export):
    return take_out(by=actor_for(staff), export=export, passphrase=PASSPHRASE)


def events(programme):
    kept = events_of(programme.organisation.pk).filter(event__startswith="export.").order_by("seq")
    return list(kept.values_list("event", flat=True))


def fresh_browser(staff, *, again=True):
    """Return the browser of somebody signed in who typed their password again just now."""
    browser = Browser()
    sign_in_as(browser, staff)
    request = RequestFactory().get("/")
    request.session = browser.session
    record_authentication(request, staff, method="password", reauthenticated=again)
    request.session.save()
    return browser

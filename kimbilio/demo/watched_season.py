"""A week of opening people that shows something to look into, and files of records that were asked for."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.caseload.actions import say_why
from kimbilio.caseload.choices import Why
from kimbilio.core.months import month_of
from kimbilio.exchange.actions import Wanted, approve_taking_out, ask_to_take_out
from kimbilio.exchange.taking_out.choices import FileKind, WhyTaken
from kimbilio.identity.actions import open_identity
from kimbilio.people.actions import open_person
from kimbilio.people.models import Client

# Whom a peer educator opens who are not theirs, and how many of their names, in this one week.
_OPENED, _NAMED = 12, 11
_CHECKED = 4


def make_watched_season(
    *,
    curious: Actor,
    officer: Actor,
    counsellor: Actor,
    manager: Actor,
    site: Site,
    clients: Sequence[Client],
) -> None:
    """Have one member of staff look at far too many, and others look in the course of their work."""
    known = list(clients[-_OPENED:])
    for place, client in enumerate(known):
        say_why(by=curious, client=client, why=Why.CARE if place % 4 == 0 else Why.ANOTHER)
        open_person(by=curious, client=client)
    for client in known[:_NAMED]:
        open_identity(by=curious, client=client)
    for client in clients[:_CHECKED]:
        say_why(by=officer, client=client, why=Why.CHECKING)
        open_person(by=officer, client=client)
    for client in clients[:1]:
        say_why(by=counsellor, client=client, why=Why.EMERGENCY)
        open_person(by=counsellor, client=client)
    _ask_for_files(officer, manager, site)


def _ask_for_files(officer: Actor, manager: Actor, site: Site) -> None:
    last = month_of(month_of(timezone.localdate()) - timedelta(days=1))
    for why in (WhyTaken.CHECKING, WhyTaken.EVALUATION):
        wanted = Wanted(why, FileKind.WORKBOOK, last, last)
        export = ask_to_take_out(by=officer, site=site, wanted=wanted)
        if why == WhyTaken.CHECKING:
            approve_taking_out(by=manager, export=export)

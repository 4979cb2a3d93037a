"""Sessions as pages show them: by day and kind, with how many came; people by code on a session's own page alone."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.days import day_meant
from kimbilio.core.months import in_address, month_of
from kimbilio.core.references import reference_to
from kimbilio.desk.queries import Hit
from kimbilio.desk.session_sheet import who_came
from kimbilio.desk.words import row
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.people.rules import display_card_code
from kimbilio.support.models import Session
from kimbilio.support.queries import Held, last_session_of, may_take_back, session_within_reach, sessions_of

Shown = dict[str, Any]
SESSIONS_IN_STORY = 10
LINES_ON_PAPER = 25


def session_asked_for(by: Actor, site: Site, on: str, reference: str) -> Held:
    """Return the session that an address means; NotHere where the day is none, or has no such session."""
    return session_within_reach(by, site, day_meant(on, timezone.localdate()), reference)


def address_of(session: Session, name: str = "session") -> str:
    """Return the address of a page of a session."""
    return reverse(name, args=[session.occurred_on.isoformat(), reference_to(session)])


def month_address(day: date) -> str:
    """Return the address of the sessions of a day's month."""
    return f"{reverse('sessions')}?month={in_address(month_of(day))}"


def sessions_shown(site: Site, found: Sequence[Held]) -> list[Shown]:
    """Return the sessions of a month: day, kind, topic, who led, how many came. One query."""
    names = _leaders(site.organisation_id, [held.session for held in found])
    return [_in_a_line(held, names) | {"url": address_of(held.session)} for held in found]


def session_shown(by: Actor, held: Held) -> Shown:
    """Return one session whole: its facts, who came by code, and what may be done about it."""
    session = held.session
    people = _people(by, held.people)
    return _in_a_line(held, _leaders(session.organisation_id, [session])) | {
        "guests_male": session.guests_male,
        "guests_female": session.guests_female,
        "people": [row(Hit(client, ()), timezone.localdate()) for client in people],
        "elsewhere": len(held.people) - len(people),
        "back_url": month_address(session.occurred_on),
        "add_url": address_of(session, "add_to_session"),
        "strike_url": address_of(session, "strike_off_session"),
        "correct_url": address_of(session, "correct_session"),
        "undo_url": address_of(session, "undo_session") if may_take_back(by, session) else None,
    }


def paper_shown(by: Actor, site: Site, kind: str) -> Shown:
    """Return a sheet to be filled in by hand: the codes of who came last to this kind, and empty lines below them."""
    last = last_session_of(by, site, kind) if kind else None
    codes = [display_card_code(client.code) for client in who_came(by, last)]
    empty = max(LINES_ON_PAPER - len(codes), 5)
    return {"lines": [*codes, *[""] * empty], "last": last.session if last else None}


def story_of_sessions(by: Actor, client: Client) -> Shown:
    """Return the sessions to which a person came, for their page, and whether there were more. Two queries at most."""
    found = sessions_of(by, client)
    return {
        "sessions": [
            {
                "on": session.occurred_on,
                "kind": session.get_kind_display(),
                "site": session.site.name if session.site_id != client.site_id else "",
                "url": address_of(session) if by.may(Permission.RECORD_SESSION, session.site_id) else None,
            }
            for session in found[:SESSIONS_IN_STORY]
        ],
        "more": len(found) > SESSIONS_IN_STORY,
    }


def came_in_words(people: int, guests: int) -> str:
    """Return how many came: '23 people and 2 guests'."""
    came = ngettext("%(number)d person", "%(number)d people", people) % {"number": people}
    if not guests:
        return came
    more = ngettext("%(number)d guest", "%(number)d guests", guests) % {"number": guests}
    return gettext("%(people)s and %(guests)s") % {"people": came, "guests": more}


def _in_a_line(held: Held, names: dict[UUID, str]) -> Shown:
    session = held.session
    guests = session.guests_male + session.guests_female
    return {
        "on": session.occurred_on,
        "kind": session.get_kind_display(),
        "topic": session.topic,
        "led_by": names.get(session.led_by, "") if session.led_by else "",
        "came": came_in_words(len(held.people), guests),
        "count": len(held.people),
        "guests": guests,
    }


def _leaders(organisation_id: UUID, sessions: Sequence[Session]) -> dict[UUID, str]:
    return staff_names(organisation_id, {one.led_by for one in sessions if one.led_by})


def _people(by: Actor, ids: Collection[UUID]) -> list[Client]:
    """Return these people as far as the actor reaches, in their order."""
    known = clients_by_id(by, Permission.OPEN_PERSON, ids)
    return [known[one] for one in ids if one in known]

"""People who come to sessions, and how their pages are spoken to, for tests of the desk."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.core.references import reference_to
from kimbilio.people.models import Client
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Attendance, Session
from tests.programme import Programme, person

NAMES = [("Njoroge", "Kamau"), ("Wanjiku", "Mwangi"), ("Otieno", "Ouma"), ("Zainabu", "Faki")]


def make_people(by: Actor, programme: Programme) -> list[Client]:
    """Register four people with names, a phone and an old number each."""
    return [
        person(
            by, programme.site, first=first, last=last, phone=f"0722000{place:03}", number=f"KSS-{place:04}"
        )
        for place, (first, last) in enumerate(NAMES, start=1)
    ]


def held(
    by: Actor,
    programme: Programme,
    people: Sequence[Client],
    on: date | None = None,
    led_by: UUID | None = None,
) -> Session:
    """Record a peer support group to which these people came."""
    return record_session(
        by=by,
        site=programme.site,
        kind=SessionKind.PEER_SUPPORT,
        occurred_on=on or timezone.localdate(),
        people=people,
        led_by=led_by,
    )


def sheet(*lines: str, **more: object) -> dict[str, object]:
    """Return what a browser sends from an attendance sheet."""
    told = {"token": uuid4(), "kind": "cbt", "occurred_on": timezone.localdate(), "do": "save"}
    return told | {"lines": "\n".join(lines)} | more


def address_of(session: Session, part: str = "") -> str:
    """Return the address of a session, or of a part of it."""
    return f"/sessions/{session.occurred_on.isoformat()}/{reference_to(session)}{part}"


def came_to(session: Session) -> set[str]:
    """Return the card codes of those who stand on the list of a session."""
    standing = Attendance.objects.filter(session=session, voided_at__isnull=True)
    return set(standing.values_list("client__code", flat=True))


def text_of(answer: Any) -> str:
    """Return a page with its white space made one."""
    return " ".join(answer.content.decode().split())


def sent_back(answer: Any, **more: object) -> dict[str, object]:
    """Return what a browser would send from the sheet that came back, with some of it changed."""
    page = answer.content.decode()
    sent: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        is_choice = told.get("type") in ("checkbox", "radio")
        if "name" not in told or (is_choice and not re.search(r"\bchecked\b", tag)):
            continue
        if told["name"] in ("came", "asked", "left"):
            sent.setdefault(told["name"], []).append(told["value"])  # type: ignore[attr-defined]
        elif told["name"] != "csrfmiddlewaretoken":
            sent[told["name"]] = told.get("value", "")
    box = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.S)
    sent["lines"] = box[1] if box else ""
    return sent | {"do": "save"} | more

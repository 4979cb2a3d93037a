"""What the page of one person looked for shows, and what may be recorded there."""

from typing import Any

from django.urls import reverse

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.followup.queries import Followed
from kimbilio.followup.queries.facts import hotspot_shown
from kimbilio.followup.showing import (
    Shown,
    attempts_shown,
    because_words,
    run_shown,
    way_back_words,
    ways_back_shown,
    wishes_shown,
)
from kimbilio.mat.choices import Advice
from kimbilio.mat.queries import rules_of_clinics
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code


def _staff_of(client: Client, known: Followed) -> dict[Any, str]:
    """Return the names of the staff who stand on a person's page. One query."""
    staff = [one.made_by for one in known.attempts] + [one.worker for one in known.ways_back]
    staff += [known.assignment.worker] if known.assignment else []
    staff += [known.wish.only_worker, known.wish.asked_by] if known.wish else []
    return staff_names(client.organisation_id, [one for one in staff if one])


def person_shown(client: Client, known: Followed) -> Shown:
    """Return what the page shows of looking for one person."""
    staff = _staff_of(client, known)
    assignment, wish_row = known.assignment, known.wish
    is_open = known.open_way_back
    run = run_shown(known.run, rules_of_clinics(client.organisation_id)) if known.run else None
    return {
        "display_code": display_card_code(client.code),
        "ward": client.ward.name if client.ward else "",
        "run": run,
        "advice": [Advice.TOLERANCE.label, Advice.OFFER_NALOXONE.label] if run and run["assess"] else [],
        "worker": staff.get(assignment.worker, "") if assignment and assignment.worker else "",
        "because": because_words(assignment.because) if assignment and assignment.worker else "",
        "wishes": wishes_shown(known.wishes),
        "tell_clinic": known.wishes.tell_clinic.label,
        "only_worker": staff.get(wish_row.only_worker, "") if wish_row and wish_row.only_worker else "",
        "hotspot": hotspot_shown(wish_row, known.wishes),
        "asked_on": wish_row.occurred_on if wish_row else None,
        "attempts": attempts_shown(client, known.attempts, staff),
        "way_back": way_back_words(is_open),
        "ways_back": ways_back_shown(known.ways_back, staff),
    }


def edits_offered(by: Actor, client: Client, known: Followed, *, may_add: bool) -> dict[str, str]:
    """Return the addresses of what this actor may record: nothing, where nothing may be added."""
    offered: dict[str, str] = {}
    if not may_add:
        return offered
    if by.may(Permission.RECORD_FOLLOW_UP, client.site_id):
        names = ["attempt", "way_back", "wish"] + (["came"] if known.open_way_back else [])
        offered = {name: reverse(f"follow_{name}", args=[client.code]) for name in names}
    if by.may(Permission.ASSIGN_FOLLOW_UP, client.site_id):
        offered["who"] = reverse("follow_who", args=[client.code])
    return offered


def step_url(by: Actor, client: Client, known: Followed, *, may_add: bool) -> str | None:
    """Return where the step is recorded that an attempt found out, for those who record journeys."""
    may_record = may_add and by.may(Permission.RECORD_JOURNEY, client.site_id)
    return reverse("record_step", args=[client.code]) if may_record and known.is_explained else None

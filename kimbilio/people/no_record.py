"""What a page about somebody says after their no to our keeping a record: since when, and what may still be done."""

from typing import Any

from django.urls import reverse

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.people.choices import ConsentStands
from kimbilio.people.consent import Standing
from kimbilio.people.models import Client


def no_record_shown(by: Actor, client: Client, held: Standing) -> dict[str, Any] | None:
    """Return what core/parts/no_record.html shows, or None where no such no stands. `held` is HOLD_A_RECORD's."""
    if held.stands != ConsentStands.SAID_NO or held.newest is None:
        return None
    may = {
        "consent_url": ("record_consent", by.may(Permission.EDIT_PERSON, client.site_id)),
        "rights_url": ("rights", by.may(Permission.USE_RIGHTS, client.site_id)),
    }
    offered = {
        name: reverse(address, args=[client.code]) if is_theirs else None
        for name, (address, is_theirs) in may.items()
    }
    tally_url = reverse("tally") if by.may_somewhere(Permission.RECORD_VISIT) else None
    return {"since": held.newest.occurred_on, "tally_url": tally_url} | offered

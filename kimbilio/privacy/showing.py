"""A person's rights as pages show them: by code, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import reference_to
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import has_agreed, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code
from kimbilio.privacy.models import Disagreement, Erasure
from kimbilio.privacy.queries import KindKept, Told

Shown = dict[str, Any]

# Where something is written anew, and not taken away: nothing is, after a no to a record.
_WRITES = ("edit_about", "edit_details", "edit_locator")
_CORRECTED_AT = (
    ("edit_about", gettext_lazy("Sex, age, ward"), Permission.EDIT_PERSON),
    ("edit_details", gettext_lazy("Names"), Permission.EDIT_IDENTITY),
    ("edit_locator", gettext_lazy("Where to find them"), Permission.EDIT_IDENTITY),
    ("person", gettext_lazy("Phones, contacts and numbers"), Permission.EDIT_IDENTITY),
    ("record_consent", gettext_lazy("Consent"), Permission.EDIT_PERSON),
    ("every_visit", gettext_lazy("Visits"), Permission.RECORD_VISIT),
    ("journey", gettext_lazy("Journey on MAT and days"), Permission.RECORD_JOURNEY),
)
_PROPOSED = gettext_lazy(
    "Our proposal. The Data Protection Act 2019, section 39, asks that nothing is kept longer than needed, "
    "and names no number."
)


def heading_of(client: Client) -> Shown:
    """Return how a page of one person begins."""
    return {
        "code": client.code,
        "display_code": display_card_code(client.code),
        "person_url": reverse("person", args=[client.code]),
        "rights_url": reverse("rights", args=[client.code]),
    }


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def corrections_offered(by: Actor, client: Client) -> list[tuple[str, str]]:
    """Return where each part of a record is put right, for what this actor may; after a no, where it is taken away."""
    is_recorded = has_agreed(client, ConsentPurpose.HOLD_A_RECORD)
    return [
        (str(words), reverse(name, args=[client.code]))
        for name, words, permission in _CORRECTED_AT
        if by.may(permission, client.site_id) and (is_recorded or name not in _WRITES)
    ]


def asked_shown(by: Actor, asked: Erasure) -> Shown:
    """Return a request to be forgotten that stands."""
    names = staff_names(by.organisation_id, [asked.asked_by] if asked.asked_by else [])
    return {
        "why": asked.get_why_display(),
        "when": asked.recorded_at,
        "who": _name(names, asked.asked_by),
        "withdraw_url": reverse("rights_withdraw", args=[asked.client.code, reference_to(asked)]),
    }


def request_shown(by: Actor, asked: Erasure) -> Shown:
    """Return a request as the manager's list shows it."""
    return asked_shown(by, asked) | {
        "display_code": display_card_code(asked.client.code),
        "site": asked.client.site.name,
        "url": reverse("rights_forget", args=[asked.client.code]),
    }


def stone_shown(by: Actor, stone: Erasure) -> Shown:
    """Return the stone of somebody who was forgotten."""
    names = staff_names(by.organisation_id, [stone.done_by] if stone.done_by else [])
    return {
        "display_code": display_card_code(stone.client.code),
        "why": stone.get_why_display(),
        "when": stone.done_at,
        "who": _name(names, stone.done_by),
        "site": stone.client.site.name,
    }


def disagreements_shown(by: Actor, rows: Iterable[Disagreement]) -> list[Shown]:
    """Return how often and when a person said that they disagree; what they said stands on the page that is audited."""
    rows = list(rows)
    names = staff_names(by.organisation_id, [row.recorded_by for row in rows if row.recorded_by])
    return [{"when": row.occurred_on, "who": _name(names, row.recorded_by)} for row in rows]


def told_shown(by: Actor, told: Sequence[Told], *, whole: bool) -> list[Shown]:
    """Return what was told, as a list shows it: by code, and what it was only on the person's own page."""
    names = staff_names(by.organisation_id, [one.by for one in told if one.by])
    return [
        {
            "display_code": display_card_code(one.client.code),
            "url": reverse("rights_told", args=[one.client.code]) if not one.client.forgotten_at else "",
            "site": one.client.site.name,
            "on": one.occurred_on,
            "told": one.told.label,
            "ground": one.ground.label,
            "who": _name(names, one.by),
            "amended": one.amended,
            "amends": bool(one.row and one.row.amends_id),
            "whom": (one.row.whom if one.row else one.clinic) if whole else "",
            "what": _what_was_told(one) if whole else "",
            "amend_url": reverse("rights_amend", args=[one.client.code, reference_to(one.row)])
            if whole and one.row and not one.amended
            else "",
        }
        for one in told
    ]


def _what_was_told(one: Told) -> str:
    if one.row:
        return one.row.what or ""
    return _("Their MAT number, and what the days say. Sheet %(serial)s.") % {"serial": one.serial}


def kept_shown(by: Actor, one: KindKept) -> Shown:
    """Return a kind with its period, where that comes from and what would go."""
    period = one.period
    names = staff_names(by.organisation_id, [period.confirmed_by] if period and period.confirmed_by else [])
    return {
        "kind": one.kind.label,
        "url": reverse(f"rights_period_{one.kind.value}"),
        "months": one.months,
        "due": one.due,
        "confirmed": period is not None,
        "source": period.source if period else _PROPOSED,
        "who": _name(names, period.confirmed_by if period else None),
        "when": period.recorded_at if period else None,
    }


def _name(names: Mapping[UUID, str], staff: UUID | None) -> str:
    return names.get(staff, "") if staff else ""

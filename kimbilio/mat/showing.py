"""What the pages of MAT show: a clinic's numbers with who stands behind each, and what does not fit, by code."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from kimbilio.mat.choices import RuleWords
from kimbilio.mat.rules import ClinicRules, Flag, RuleInForce
from kimbilio.people.queries import codes_of
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]


def numbers_shown(rules: ClinicRules, reference: str) -> list[Shown]:
    """Return every number of a clinic, as used."""
    return [number_shown(rule, reference) for rule in rules.rules.values()]


def number_shown(rule: RuleInForce, reference: str) -> Shown:
    """Return one number, with where it comes from and the address at which the clinic's own is set."""
    is_confirmed = rule.words == RuleWords.CONFIRMED
    return {
        "label": rule.rule.label,
        "value": rule.value,
        "is_confirmed": is_confirmed,
        "words": rule.words.label,
        "because": rule.because.label if rule.because else "",
        "source": rule.source,
        "confirmed_by": rule.confirmed_by,
        "confirmed_on": rule.confirmed_on,
        "url": reverse("confirm_number", args=[reference, rule.rule.value]),
    }


def flags_shown(organisation_id: UUID, flags: Mapping[UUID, list[Flag]]) -> list[Shown]:
    """Return who has something that does not fit, by code, the newest first. One query."""
    codes = codes_of(organisation_id, flags)
    newest = sorted(flags.items(), key=lambda pair: (pair[1][-1].on, pair[0]), reverse=True)
    return [
        {
            "display_code": display_card_code(codes[person]),
            "url": reverse("journey", args=[codes[person]]),
            "flags": [{"what": flag.what.label, "on": flag.on} for flag in reversed(of_person)],
        }
        for person, of_person in newest
        if person in codes
    ]

"""Reasons, ages and people in the words that lists and pages show. Never a name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimbilio.desk.queries import Hit
from kimbilio.identity.rules import Reason
from kimbilio.people.models import Client
from kimbilio.people.rules import age_on, display_card_code

# From here on the desk officer is told to compare before anything else.
VERY_LIKELY = 0.85

REASONS: dict[str, str | Promise] = {
    "code": _("Card code"),
    "number": _("Same number"),
    "phone": _("Same phone"),
    Reason.NAME_EXACT: _("Same name"),
    Reason.NAME_BEGINS: _("Name begins alike"),
    Reason.NAME_ALIKE: _("Name sounds alike"),
    Reason.INITIAL_FITS: _("Same initial"),
    Reason.NICKNAME_EXACT: _("Same nickname"),
    Reason.NICKNAME_ALIKE: _("Nickname sounds alike"),
    Reason.NAMES_TURNED_ROUND: _("Names turned round"),
    Reason.PART_OF_THE_NAMES: _("Some names the same"),
    Reason.FIRST_NAME_ALIKE: _("First name alike, another last name"),
    Reason.MIDDLE_NAME_ALIKE: _("Middle name alike"),
    Reason.SAME_PHONE: _("Same phone"),
    Reason.SAME_BIRTH_DATE: _("Same date of birth"),
    Reason.BIRTH_DATE_CLOSE: _("Date of birth nearly the same"),
    Reason.SAME_BIRTH_YEAR: _("Same year of birth"),
    Reason.MIDDLE_NAMES_DIFFER: _("but another middle name"),
    Reason.BIRTH_DATES_DIFFER: _("but another date of birth"),
    Reason.BIRTH_YEARS_FAR_APART: _("but years of birth far apart"),
    Reason.SEX_DIFFERS: _("but another sex"),
}

# Said after what speaks for it.
_AGAINST = (
    Reason.MIDDLE_NAMES_DIFFER,
    Reason.BIRTH_DATES_DIFFER,
    Reason.BIRTH_YEARS_FAR_APART,
    Reason.SEX_DIFFERS,
)


def reasons_in_words(reasons: Iterable[str]) -> list[str]:
    """Return why somebody was found, without saying the name or number itself."""
    for_it_first = sorted(reasons, key=_AGAINST.__contains__)
    return [str(REASONS.get(reason, reason)) for reason in for_it_first]


def score_in_words(score: float) -> str:
    """Return how likely it is that two are one person."""
    return gettext("Very likely") if score >= VERY_LIKELY else gettext("Perhaps")


def age_in_words(client: Client, on: date) -> str:
    """Return a person's age with how sure we are: '34 years', 'about 34 years' or 'age not known'."""
    age = age_on(client.birth_year, client.birth_precision, on)
    if age is None:
        return gettext("age not known")
    text = ngettext("%(years)d year", "%(years)d years", age.years) % {"years": age.years}
    return gettext("about %(age)s") % {"age": text} if age.about else text


def row(hit: Hit, on: date) -> dict[str, Any]:
    """Return what a list shows of one person who was found: code, sex, age, ward and why."""
    client = hit.client
    shown = {
        "code": client.code,
        "display_code": display_card_code(client.code),
        "url": reverse("person", args=[client.code]),
        "site": client.site.name,
    }
    if client.no_more_because:
        return shown | {"reasons": [client.no_more_because]}
    return shown | {
        "sex": client.get_sex_display(),
        "age": age_in_words(client, on),
        "ward": client.ward.name if client.ward else "",
        "reasons": reasons_in_words(hit.reasons),
        "score_words": score_in_words(hit.score),
    }

"""Consent as pages show it: what holds of each purpose at a glance, the words to read out, and every answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from kimbilio.people.choices import ConsentAnswer, ConsentPurpose, ConsentStands
from kimbilio.people.consent import Standing
from kimbilio.people.consent_forms import ConsentForm, said_no_on
from kimbilio.people.consent_words import TOLD_FIRST, VERSION, WORDS, words_read
from kimbilio.people.models import Consent

Shown = dict[str, Any]
Consents = Mapping[ConsentPurpose, Standing]


def consent_shown(consent: Consents, staff: Mapping[UUID, str]) -> Shown:
    """Return what a person's page shows of consent."""
    return {
        "purposes": [_purpose(standing, staff) for standing in consent.values()],
        "answers": answers_shown(consent, staff),
    }


def _purpose(standing: Standing, staff: Mapping[UUID, str]) -> Shown:
    newest = standing.newest
    return {
        "label": standing.purpose.label,
        "words": standing.stands.label,
        "agreed": standing.stands == ConsentStands.AGREED,
        "said_no": standing.stands == ConsentStands.SAID_NO,
        "when": newest.occurred_on if newest else None,
        "who": staff.get(newest.asked_by, "") if newest and newest.asked_by else "",
    }


def answers_shown(consent: Consents, staff: Mapping[UUID, str]) -> list[Shown]:
    """Return every answer, newest first, with who asked, how, and the words that were read."""
    rows = sorted(
        (row for standing in consent.values() for row in standing.answers),
        key=lambda row: (row.recorded_at, row.pk),
        reverse=True,
    )
    anew = {row.lifted_by_id for row in rows if row.lifted_by_id}
    return [_answer(row, staff) | {"asked_anew": row.pk in anew} for row in rows]


def _answer(row: Consent, staff: Mapping[UUID, str]) -> Shown:
    return {
        "purpose": row.get_purpose_display(),
        "answer": row.get_answer_display(),
        "given": row.answer == ConsentAnswer.GIVEN,
        "manner": row.get_manner_display(),
        "when": row.occurred_on,
        "recorded_at": row.recorded_at,
        "who": staff.get(row.asked_by, "") if row.asked_by else "",
        "version": row.words_version,
        "read_out": words_read(ConsentPurpose(row.purpose), row.words_version, row.manner),
    }


def questions_shown(form: ConsentForm) -> list[Shown]:
    """Return the questions of the page that asks: the field, the words in other languages, what was said before."""
    return [
        {
            "field": form[purpose.value],
            "label": purpose.label,
            "others": readings(WORDS[VERSION][purpose])[1:],
            "agreed": standing.stands == ConsentStands.AGREED,
            "said_no": said_no_on(standing),
        }
        for purpose, standing in form.standing.items()
    ]


def told_first(organisation: str) -> list[Shown]:
    """Return what is said before the questions, in every language."""
    return [one | {"text": one["text"] % {"organisation": organisation}} for one in readings(TOLD_FIRST)]


def readings(words: str | Promise) -> list[Shown]:
    """Return words in every language, the language of the page first."""
    here = translation.get_language()
    languages = sorted(settings.LANGUAGES, key=lambda pair: pair[0] != here)
    found = []
    for code, _name in languages:
        with translation.override(code):
            found.append(
                {"lang": code, "name": translation.get_language_info(code)["name_local"], "text": str(words)}
            )
    return found

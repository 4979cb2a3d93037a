"""Fictional answers about consent, one person for each state a page can show: agreed, no, asked anew, signed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.people.actions import Said, record_consents
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import standing_consent
from kimbilio.people.models import Client

_P, _YES, _NO = ConsentPurpose, ConsentAnswer.GIVEN, ConsentAnswer.WITHDRAWN
_PEOPLE = 8


def make_consent_season(*, by: Actor, clients: Sequence[Client]) -> None:
    """Have the last few people answer; of one of them no record is kept any more."""
    if len(clients) < _PEOPLE:
        return
    everything, photo, calls, supporter, anew, signed, twice, gone = clients[-_PEOPLE:]
    on = timezone.localdate() - timedelta(days=40)
    _say(by, everything, on, _P.SHARE_WITH_CLINIC, _P.SUPPORTER_TOLD, _P.PHOTO_OR_STORY)
    _say(by, photo, on, _P.PHOTO_OR_STORY)
    _say_no(by, photo, on + timedelta(days=9), _P.PHOTO_OR_STORY)
    _say_no(by, calls, on, _P.PHONE_CONTACT, _P.PHOTO_OR_STORY)
    _say_no(by, supporter, on, _P.SUPPORTER_TOLD, _P.SHARE_WITH_CLINIC)
    _say_no(by, anew, on, _P.SUPPORTER_TOLD)
    _ask_anew(by, anew, on + timedelta(days=21), _P.SUPPORTER_TOLD)
    _say(by, signed, on, _P.HIV_RESULT_SHARED, manner=ConsentManner.WRITTEN)
    _say_no(by, twice, on, _P.PHOTO_OR_STORY)
    _ask_anew(by, twice, on + timedelta(days=7), _P.PHOTO_OR_STORY)
    _say_no(by, twice, on + timedelta(days=14), _P.PHOTO_OR_STORY)
    _say_no(by, gone, on + timedelta(days=33), _P.HOLD_A_RECORD)


def _say(
    by: Actor,
    client: Client,
    on: date,
    *purposes: ConsentPurpose,
    manner: ConsentManner = ConsentManner.SPOKEN,
) -> None:
    said = [Said(purpose, _YES) for purpose in purposes]
    record_consents(by=by, client=client, said=said, manner=manner, occurred_on=on)


def _say_no(by: Actor, client: Client, on: date, *purposes: ConsentPurpose) -> None:
    said = [Said(purpose, _NO) for purpose in purposes]
    record_consents(by=by, client=client, said=said, manner=ConsentManner.SPOKEN, occurred_on=on)


def _ask_anew(by: Actor, client: Client, on: date, purpose: ConsentPurpose) -> None:
    noes = frozenset(row.pk for row in standing_consent(client)[purpose].noes)
    said = [Said(purpose, _YES, noes)]
    record_consents(by=by, client=client, said=said, manner=ConsentManner.SPOKEN, occurred_on=on)

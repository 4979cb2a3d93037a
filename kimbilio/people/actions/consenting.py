"""Recording what a person says when asked for consent, and asking anew whoever said no."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import Standing, standing_consent
from kimbilio.people.consent_words import IN_WRITING, VERSION
from kimbilio.people.models import Client, Consent
from kimbilio.people.queries import ids_of_one_person
from kimbilio.people.traces import hold_person


@dataclass(frozen=True)
class Said:
    """What a person said about one purpose.

    `lifts` are the noes that were in sight when they were asked anew: all that stand, or the yes is refused.
    """

    purpose: ConsentPurpose
    answer: ConsentAnswer
    lifts: frozenset[UUID] = frozenset()


@action(Permission.EDIT_PERSON, event="consent.recorded", at="client")
def record_consents(
    *, by: Actor, client: Client, said: Sequence[Said], manner: ConsentManner, occurred_on: date
) -> Client:
    """Record what a person says about one purpose or several. A no wins over every yes, also a later one.

    A yes after a no is refused, unless it says that they were asked anew, with every no that stands in sight.
    """
    rows = write_consents(by=by, client=client, said=said, manner=manner, occurred_on=occurred_on)
    client.audit_detail = {"answers": len(rows)}
    return client


@action(Permission.EDIT_PERSON, event="consent.recorded", at="client")
def record_consent(
    *,
    by: Actor,
    client: Client,
    answer: ConsentAnswer,
    manner: ConsentManner,
    occurred_on: date,
    purpose: ConsentPurpose = ConsentPurpose.HOLD_A_RECORD,
    lifts: frozenset[UUID] = frozenset(),
) -> Consent:
    """Record what a person says about one purpose, as `record_consents` does."""
    said = [Said(purpose, answer, lifts)]
    return write_consents(by=by, client=client, said=said, manner=manner, occurred_on=occurred_on)[0]


def write_consents(
    *, by: Actor, client: Client, said: Sequence[Said], manner: ConsentManner, occurred_on: date
) -> list[Consent]:
    """Write these answers of a person, within an action that was permitted; Refused as `record_consents` says."""
    if manner == ConsentManner.EARLIER_BOOKS:
        raise Refused(_("Only an import takes consent over from earlier books."))
    if occurred_on > timezone.localdate():
        raise Refused(_("This day has not come yet."))
    ids = _held(client)
    standing = standing_consent(client, ids)
    for one in said:
        _check(one, standing[one.purpose], manner)
    rows = Consent.objects.bulk_create(
        Consent(
            organisation_id=client.organisation_id,
            client_id=ids[0],
            purpose=one.purpose,
            answer=one.answer,
            manner=manner,
            words_version=VERSION,
            asked_by=by.staff_id,
            occurred_on=occurred_on,
        )
        for one in said
    )
    for one, row in zip(said, rows, strict=True):
        _lift(client.organisation_id, one.lifts, row)
    return rows


def _held(client: Client) -> list[UUID]:
    """Return the ids of all records of a person, the one that stands first, and let nobody else answer meanwhile."""
    ids = ids_of_one_person(client)
    hold_person(client.organisation_id, ids[0])
    return ids


def _check(one: Said, standing: Standing, manner: ConsentManner) -> None:
    if one.answer != ConsentAnswer.GIVEN:
        return
    if {row.pk for row in standing.noes} != one.lifts:
        raise Refused(
            _("They said no. A yes counts only once they were asked anew, with each no in sight. Look again.")
        )
    if one.purpose in IN_WRITING and manner != ConsentManner.WRITTEN:
        raise Refused(_("A yes to this is asked for in writing."))


def _lift(organisation_id: UUID, noes: Collection[UUID], yes: Consent) -> None:
    if noes:
        Consent.objects.filter(organisation=organisation_id, pk__in=noes).update(lifted_by=yes)

"""Attempts to reach people: recorded, corrected, taken back. A correction keeps the original, voided."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.followup.choices import Fault, HowTried, Outcome, Result, WhyStopped
from kimbilio.followup.models import Attempt
from kimbilio.followup.queries.holding import hold
from kimbilio.followup.queries.person import wishes_of
from kimbilio.followup.rules import Wishes, fault_of_attempt
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent, uses_consent
from kimbilio.people.models import Client


@dataclass(frozen=True)
class Try:
    """One attempt: how, on which day, who was reached, what was learnt ('' for nothing), why they stopped."""

    how: HowTried
    result: Result
    occurred_on: date
    outcome: Outcome | str = ""
    why_stopped: WhyStopped = WhyStopped.NOT_STATED


@action(Permission.RECORD_FOLLOW_UP, event="followup.attempt_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def record_attempt(*, by: Actor, client: Client, attempt: Try) -> Attempt:
    """Record one attempt. Refused where the person does not want to be looked for in this way."""
    return _record(by, client, attempt, corrects=None)


@action(Permission.RECORD_FOLLOW_UP, event="followup.attempt_corrected", at="attempt")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="attempt")
def correct_attempt(*, by: Actor, attempt: Attempt, right: Try) -> Attempt:
    """Record what is right in place of an attempt, which is kept and counts no more."""
    _void(by, attempt)
    return _record(by, attempt.client, right, corrects=attempt)


@action(Permission.RECORD_FOLLOW_UP, event="followup.attempt_voided", at="attempt")
def void_attempt(*, by: Actor, attempt: Attempt) -> Attempt:
    """Take back an attempt that was recorded by mistake. It is kept and counts no more."""
    _void(by, attempt)
    attempt.refresh_from_db()
    return attempt


@uses_consent(ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT)
def _record(by: Actor, client: Client, attempt: Try, corrects: Attempt | None) -> Attempt:
    ids = hold(by, client)
    # What happened happened: to put it right asks for no wish anew.
    is_same_way = corrects is not None and corrects.how == attempt.how
    fault = fault_of_attempt(attempt, Wishes() if is_same_way else wishes_of(client), timezone.localdate())
    if fault:
        raise Refused(str(fault.label))
    return Attempt.objects.create(
        organisation_id=client.organisation_id,
        client_id=ids[0],
        how=attempt.how,
        result=attempt.result,
        outcome=attempt.outcome,
        why_stopped=attempt.why_stopped,
        occurred_on=attempt.occurred_on,
        made_by=corrects.made_by if corrects else by.staff_id,
        corrects=corrects,
    )


def _void(by: Actor, attempt: Attempt) -> None:
    hold(by, attempt.client)
    standing = Attempt.objects.filter(
        organisation=attempt.organisation_id, pk=attempt.pk, voided_at__isnull=True
    )
    if not standing.update(voided_at=timezone.now()):
        raise Refused(str(Fault.STANDS_NO_MORE.label))

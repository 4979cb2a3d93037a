"""What can be asked about looking for one person, and who may ask."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.followup.choices import Outcome
from kimbilio.followup.models import Assignment, Attempt, ContactWish, WayBack
from kimbilio.followup.queries.entries import sees_everybody
from kimbilio.followup.queries.facts import AS_WISH, OF_WISHES, standing_attempts
from kimbilio.followup.rules import EXPLAINS, Wishes
from kimbilio.mat.choices import Standing
from kimbilio.mat.queries import PersonRun, referred_to, rules_of_clinics, run_of
from kimbilio.mat.rules import ClinicRules
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import Standing as Consented
from kimbilio.people.consent import standing_consent, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code, ids_of_one_person

Row = TypeVar("Row", ContactWish, Assignment)
_SHOWN = 30


@dataclass(frozen=True)
class Followed:
    """All that is recorded of looking for one person, as at a day, the newest first."""

    run: PersonRun | None
    rules: ClinicRules
    wish: ContactWish | None
    assignment: Assignment | None
    attempts: list[Attempt]
    ways_back: list[WayBack]
    wishes: Wishes

    @property
    def is_explained(self) -> bool:
        """Tell whether what was learnt last since their last dose says where they are, and the journey not yet."""
        learnt = next((one for one in self.attempts if one.outcome not in ("", Outcome.NOT_TRACED)), None)
        return (
            self.run is not None
            and self.run.standing != Standing.PAUSED
            and learnt is not None
            and Outcome(learnt.outcome) in EXPLAINS
            and (self.run.last_dose is None or learnt.occurred_on > self.run.last_dose)
        )

    @property
    def open_way_back(self) -> WayBack | None:
        """Return the way back of which nobody recorded yet what came of it."""
        return next((row for row in self.ways_back if row.ended_at is None), None)


def person_within_reach(by: Actor, code: str, permission: Permission) -> Client:
    """Return the person with this card code; NotHere out of reach, also for a worker who does not look for them."""
    client = client_by_code(by, code, permission)
    if not is_followed_by(by, client):
        raise NotHere
    return client


def is_followed_by(by: Actor, client: Client) -> bool:
    """Tell whether the actor sees everybody of this site's list, or looks for this person."""
    if sees_everybody(by, client.site_id):
        return True
    row = standing_assignment(client)
    return row is not None and row.worker is not None and row.worker == by.staff_id


def may_see_days_of(by: Actor, client: Client) -> bool:
    """Tell whether the actor may open the days of this person: those who go out open those of their own people only.

    Whoever has no part in follow-up sees days by what else their role allows.
    """
    if not by.may(Permission.SEE_JOURNEY, client.site_id):
        return False
    return not by.may(Permission.SEE_FOLLOW_UP, client.site_id) or is_followed_by(by, client)


def attempt_of(client: Client, reference: str) -> Attempt:
    """Return the attempt to reach this person that a page refers to; NotHere where it stands no more."""
    rows = standing_attempts(client.organisation_id).filter(client__in=ids_of_one_person(client))
    return referred_to(rows.select_related("client").order_by("-occurred_on", "-pk")[:_SHOWN], reference)


def open_way_back_of(client: Client) -> WayBack:
    """Return the way back of which nobody recorded yet what came of it; NotHere where there is none."""
    row = WayBack.objects.filter(
        organisation=client.organisation_id, client__in=ids_of_one_person(client), ended_at__isnull=True
    ).first()
    if row is None:
        raise NotHere
    return row


def standing_assignment(client: Client) -> Assignment | None:
    """Return who looks for a person, as recorded last under any of their cards."""
    return _standing(Assignment, client)


def standing_wish(client: Client) -> ContactWish | None:
    """Return by whom and where a person wants to be looked for, as said last."""
    return _standing(ContactWish, client)


@uses_consent(ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT, ConsentPurpose.SHARE_WITH_CLINIC)
def wishes_of(client: Client, wish: ContactWish | None = None) -> Wishes:
    """Return what a person wishes, 'ask first' where nobody asked; `wish` is theirs that stands, if known."""
    wish = wish or standing_wish(client)
    consent = standing_consent(client)
    call, visit, clinic = (consent[purpose] for purpose in OF_WISHES)
    return Wishes(
        call=AS_WISH[call.stands],
        visit=AS_WISH[visit.stands],
        tell_clinic=AS_WISH[clinic.stands],
        only_worker=wish.only_worker if wish else None,
        no_calls_since=_no_since(call),
        no_visits_since=_no_since(visit),
    )


def _no_since(standing: Consented) -> date | None:
    return min((row.occurred_on for row in standing.noes), default=None)


def _standing(model: type[Row], client: Client) -> Row | None:
    rows = model._default_manager.filter(
        organisation=client.organisation_id, client__in=ids_of_one_person(client), replaced_at__isnull=True
    )
    return rows.order_by("-pk").first()


def followed(client: Client, on: date) -> Followed:
    """Return all that is recorded of looking for one person. Ten queries at most."""
    ids = ids_of_one_person(client)
    run = run_of(client, on)
    attempts = standing_attempts(client.organisation_id).filter(client__in=ids)
    ways_back = WayBack.objects.filter(organisation=client.organisation_id, client__in=ids)
    wish = standing_wish(client)
    return Followed(
        run=run,
        rules=rules_of_clinics(client.organisation_id).of(run.clinic_id if run else None),
        wish=wish,
        wishes=wishes_of(client, wish),
        assignment=standing_assignment(client),
        attempts=list(attempts.order_by("-occurred_on", "-pk")[:_SHOWN]),
        ways_back=list(ways_back.prefetch_related("ends").order_by("-pk")[:_SHOWN]),
    )

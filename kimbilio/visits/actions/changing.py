"""Putting visits right: corrected, moved to who it was, taken back. What stood before is kept and counts no more."""

from collections.abc import Collection
from uuid import UUID

from kimbilio.accounts.action import action, note, require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.core.replacing import with_what_replaced_them
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.visits.choices import VisitFault, VisitSource, WhyVoided
from kimbilio.visits.models import Visit
from kimbilio.visits.queries.changing import can_take_back, given_at
from kimbilio.visits.rules import NewVisit
from kimbilio.visits.writing import void, void_one, write_visits


@action(Permission.RECORD_VISIT, event="visits.corrected", at="visit")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="visit")
def correct_visit(*, by: Actor, visit: Visit, new: NewVisit) -> Visit:
    """Record what is right in place of a visit of the same person, which is kept and counts no more."""
    if new.client_id != visit.client_id:
        raise Refused(str(VisitFault.SOMEBODY_ELSES.label))
    return _replace(by, visit, new, WhyVoided.CORRECTED)


@action(Permission.RECORD_VISIT, event="visits.moved", at="visit")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def move_visit(*, by: Actor, visit: Visit, client: Client) -> Visit:
    """Record a visit for the person who it was, with all that was given; for the other one it counts no more."""
    require(by, Permission.RECORD_VISIT, client)
    if client.pk in ids_of_one_person(visit.client):
        raise Refused(str(VisitFault.THEIRS_ALREADY.label))
    moved = NewVisit(client.pk, visit.occurred_on, given_at(visit))
    made = _replace(by, visit, moved, WhyVoided.MOVED)
    made.client = client
    note(by, "visits.moved", about=visit)
    return made


@action(Permission.RECORD_VISIT, event="visits.undone", at="visit")
def undo_visit(*, by: Actor, visit: Visit) -> Visit:
    """Take back a visit that was none, within the day it was recorded. What was given stands in stock again."""
    require(by, Permission.RECORD_VISIT, visit.at_site)
    if not can_take_back(by, visit):
        raise Refused(str(VisitFault.TOO_LATE.label))
    return void_one(by, visit, WhyVoided.UNDONE)


@action(Permission.RECORD_VISIT, event="visits.many_voided", at="site")
def void_visits(
    *, by: Actor, site: Site, visits: Collection[UUID], why: WhyVoided = WhyVoided.BOOK_TAKEN_BACK
) -> list[Visit]:
    """Take back many visits at a site, by their ids, and return those that stood until now.

    A visit that was corrected or moved since goes too: what replaced it tells of the same line of the book.
    """
    ours = Visit.objects.filter(organisation=site.organisation_id)
    return void(by, site, with_what_replaced_them(ours, visits), why)


def _replace(by: Actor, visit: Visit, new: NewVisit, why: WhyVoided) -> Visit:
    """Let one visit stand in place of another, out of the same bag or store. Whether it stood is asked first."""
    require(by, Permission.RECORD_VISIT, visit.at_site)
    void_one(by, visit, why)
    (made,) = write_visits(
        by,
        visit.at_site,
        [new],
        source=VisitSource(visit.source),
        replaces=visit,
        from_bag_of=visit.from_bag_of,
    )
    made.client = visit.client
    return made

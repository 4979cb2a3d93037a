"""Holding what is recorded of a person still while something is recorded, by whoever may."""

from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.core.refusals import NotHere
from kimbilio.followup.queries.person import is_followed_by
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.people.traces import hold_person


def hold(by: Actor, client: Client) -> list[UUID]:
    """Return the ids of all records of a person, the one that stands first, and let nobody else record meanwhile.

    NotHere for a worker who does not look for this person. Within a transaction only.
    """
    if not is_followed_by(by, client):
        raise NotHere
    ids = ids_of_one_person(client)
    hold_person(client.organisation_id, ids[0])
    return ids

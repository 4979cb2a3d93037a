"""Whom a line that waits could be of: their numbers, their names once these were asked for, and the settling."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.actions import leave_out, settle_as_new, settle_as_person
from kimbilio.exchange.forms import LEAVE_OUT, NEW, OTHER
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import WaitingLine
from kimbilio.identity.actions import open_names_of_each
from kimbilio.identity.queries import outside_codes
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code


def numbers_of(by: Actor, clients: Sequence[Client]) -> dict[UUID, tuple[str, ...]]:
    """Return the code by which earlier books know each of these people."""
    if not clients:
        return {}
    codes = outside_codes(by.organisation_id, {client.pk for client in clients})
    return {client_id: (code,) for client_id, code in codes.items()}


def names_opened(by: Actor, clients: Sequence[Client]) -> dict[UUID, str]:
    """Return the names of these people, after the asking is written down of each: it is looking at who they are."""
    return open_names_of_each(by=by, clients=clients)


def settle(by: Actor, opened: WaitingLine, said: Mapping[str, Any]) -> BookLine:
    """Do with a line what was answered. NotHere for a code that is nobody's here."""
    answer = said["answer"]
    if answer == LEAVE_OUT:
        return leave_out(by=by, line=opened.row, why=said["why"])
    if answer == NEW:
        return settle_as_new(by=by, line=opened.row)
    code = said["code"] if answer == OTHER else answer
    client = client_by_code(by, code, Permission.IMPORT_BOOKS)
    return settle_as_person(by=by, line=opened.row, client=client)

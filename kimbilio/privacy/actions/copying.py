"""A person is given what is held of them: their whole record, or who looked at it."""

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.identity.actions import open_identity
from kimbilio.people.models import Client
from kimbilio.privacy.looks import LooksOfDay, looks_at
from kimbilio.privacy.record import WholeRecord, whole_record


def give_copy(*, by: Actor, client: Client) -> tuple[WholeRecord, list[LooksOfDay]]:
    """Return a person's whole record with who looked, the opening of who they are and the copy written down first."""
    open_identity(by=by, client=client)
    _write_down_copy(by=by, client=client)
    return whole_record(client), looks_at(client)


def show_looks(*, by: Actor, client: Client) -> list[LooksOfDay]:
    """Return who looked at a person's record, that it was asked for written down first."""
    _write_down_looks(by=by, client=client)
    return looks_at(client)


@action(Permission.USE_RIGHTS, event="rights.copy_given", at="client")
def _write_down_copy(*, by: Actor, client: Client) -> Client:
    return client


@action(Permission.USE_RIGHTS, event="rights.looks_shown", at="client")
def _write_down_looks(*, by: Actor, client: Client) -> Client:
    return client

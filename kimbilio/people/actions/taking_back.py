"""Taking people out whom an import had registered, as if the book had never been taken in."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core import vault
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client
from kimbilio.people.traces import delete_rows, hold_people, rows_about, tables_about_people


@action(Permission.REGISTER_PERSON, event="people.taken_back", at="site")
def take_back_registrations(*, by: Actor, site: Site, people: Collection[UUID]) -> list[Client]:
    """Take people of a site out with every row that tells of them, and destroy their keys.

    Nothing of them can be read afterwards, also not in a copy of the database. Whoever asks for this has made sure
    that nothing but the import tells of them: a record that anybody has worked on is not to be taken out.
    """
    hold_people(people)
    gone: list[Client] = []
    for start in range(0, len(ids := list(people)), 2000):
        gone += Client.objects.filter(
            organisation=site.organisation_id, site=site, pk__in=ids[start : start + 2000]
        )
    if len(gone) != len(set(ids)):
        raise NotHere
    for model, columns in tables_about_people():
        delete_rows(model, [row for row, _person in rows_about(model, columns, ids)])
    delete_rows(Client, ids)
    # Only once they are gone for certain: with keys destroyed and rows kept, people would be unreadable.
    if gone:
        transaction.on_commit(lambda: vault.keyring().destroy_client_keys(site.organisation_id, *ids))
    return gone

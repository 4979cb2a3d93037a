"""The list of people to look for as it is taken away: with the codes and MAT numbers that books know them by."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import in_batches
from kimbilio.followup.choices import Group
from kimbilio.followup.queries import Entry, entries_at
from kimbilio.identity.clinic_papers import mat_numbers_of
from kimbilio.identity.queries import outside_codes
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id

# Whoever is away for a reason on record is not looked for.
_TAKEN_AWAY = frozenset(Group) - {Group.ELSEWHERE}
# The step of somebody of whom no missed day is known, and who is out of touch all the same.
OUT_OF_TOUCH = "out_of_touch"


@dataclass(frozen=True)
class ListedEntry:
    """One line of the list: the code from earlier books or else the card code, the clinic's number, the run."""

    code: str
    mat_number: str | None
    days_missed: int
    step: str
    last_dose: date | None
    unknown_days: int
    assigned_to: str | None


def follow_up_list(by: Actor, site: Site, on: date) -> list[ListedEntry]:
    """Return the list of a site as at a day, most urgent first, as far as the actor sees it."""
    entries = [one for one in entries_at(by, site, on) if one.group in _TAKEN_AWAY]
    clients: dict[UUID, Client] = {}
    for some in in_batches([one.client_id for one in entries]):
        clients |= clients_by_id(by, Permission.SEE_FOLLOW_UP, some)
    codes = outside_codes(by.organisation_id, clients)
    numbers = mat_numbers_of(by.organisation_id, clients.values())
    staff = staff_names(by.organisation_id, {one.worker_id for one in entries if one.worker_id})
    return [
        _listed(one, codes.get(one.client_id) or clients[one.client_id].code, numbers, staff)
        for one in entries
        if one.client_id in clients
    ]


def _listed(one: Entry, code: str, numbers: dict[UUID, str], staff: dict[UUID, str]) -> ListedEntry:
    return ListedEntry(
        code=code,
        mat_number=numbers.get(one.client_id),
        days_missed=one.run.days,
        step=one.run.step or OUT_OF_TOUCH,
        last_dose=one.run.last_dose,
        unknown_days=one.run.unknown_days,
        assigned_to=staff.get(one.worker_id) if one.worker_id else None,
    )

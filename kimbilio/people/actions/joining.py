"""Joining two records of one person, parting them again, and saying that two records are two people.

Nothing is moved from one record to the other and nothing is sealed anew: a joining is one row, and ending it gives
back what was. The one who decides holds the site's row until the end, so that two decisions at once cannot make
a circle or contradict each other.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action, note, require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.people.models import Alias, Client, TwoPeople
from kimbilio.people.queries import one_person, two_people_among
from kimbilio.people.rules import joined_below
from kimbilio.people.traces import hold_person, hold_site


@action(Permission.MERGE_PEOPLE, event="person.joined", at="client")
def merge_clients(*, by: Actor, client: Client, into: Client) -> Alias:
    """Join two records of one person: `client` is set aside, and `into` stands for both from now on.

    Where one of them was set aside before, whoever stands for it is meant. Refused where they are one person
    already, are known at two sites, or were said to be two people.
    """
    aside, standing = _held(by, client, into)
    if aside == standing:
        raise Refused(_("They are one person already."))
    if two_people_among(aside, standing).exists():
        raise Refused(_("They were said to be two people. Take that back first."))
    in_organisation = Alias.objects.filter(organisation=aside.organisation_id, ended_at__isnull=True)
    in_organisation.filter(stands_for=aside).update(stands_for=standing)
    alias = Alias.objects.create(
        organisation_id=aside.organisation_id,
        client=aside,
        joined_to=standing,
        stands_for=standing,
        joined_by=by.staff_id,
    )
    note(by, "person.joined", about=standing)
    return alias


@action(Permission.MERGE_PEOPLE, event="person.parted", at="alias")
def part_clients(*, by: Actor, alias: Alias) -> Alias:
    """Take a joining back: the record stands for itself again, with those that had been joined to it before."""
    hold_site(alias.client)
    alias.refresh_from_db()
    if alias.ended_at:
        raise Refused(_("They stand apart already."))
    standing = alias.stands_for
    together = Alias.objects.filter(
        organisation=alias.organisation_id, stands_for=standing, ended_at__isnull=True
    )
    with_it = joined_below(dict(together.values_list("client_id", "joined_to_id")), alias.client_id)
    alias.ended_at, alias.ended_by = timezone.now(), by.staff_id
    alias.save(update_fields=["ended_at", "ended_by"])
    together.filter(client__in=with_it).update(stands_for=alias.client_id)
    note(by, "person.parted", about=standing)
    return alias


@action(Permission.MERGE_PEOPLE, event="person.said_to_be_two", at="client")
def say_two_people(*, by: Actor, client: Client, other: Client) -> TwoPeople:
    """Keep that two records are two people, so that nobody is asked again. Said twice, it is kept once."""
    one, another = sorted(_held(by, client, other), key=lambda record: record.pk)
    if one == another:
        raise Refused(_("They are one person now. Part them first."))
    said = two_people_among(one, another).first()
    if said is None:
        said = TwoPeople.objects.create(
            organisation_id=one.organisation_id, client=one, other=another, judged_by=by.staff_id
        )
        note(by, "person.said_to_be_two", about=another)
    return said


@action(Permission.MERGE_PEOPLE, event="person.two_taken_back", at="said")
def take_back_two_people(*, by: Actor, said: TwoPeople) -> TwoPeople:
    """Take back that two records are two people: the pair may be offered again."""
    hold_site(said.client)
    said.refresh_from_db()
    if said.ended_at:
        raise Refused(_("This was taken back already."))
    said.ended_at, said.ended_by = timezone.now(), by.staff_id
    said.save(update_fields=["ended_at", "ended_by"])
    note(by, "person.two_taken_back", about=said.other)
    return said


@action(Permission.MERGE_PEOPLE, event="person.compared", at="client")
def write_down_comparison(*, by: Actor, client: Client, other: Client) -> Client:
    """Write down, for each of the two, that their records were laid side by side."""
    _require_one_site(by, client, other)
    note(by, "person.compared", about=other)
    return client


def _held(by: Actor, one: Client, other: Client) -> tuple[Client, Client]:
    """Return who stands for each of two records of one site, which is held until this is over."""
    _require_one_site(by, one, other)
    hold_site(one)
    # What was told when they were read may have changed before the site was held.
    one.joined_ids = other.joined_ids = None
    for record in (one, other):
        hold_person(record.organisation_id, record.pk)
    return one_person(one), one_person(other)


def _require_one_site(by: Actor, one: Client, other: Client) -> None:
    require(by, Permission.MERGE_PEOPLE, other)
    if one.site_id != other.site_id:
        raise Refused(_("They are known at two sites. Only people of one site can be joined or told apart."))

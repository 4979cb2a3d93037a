"""What can be asked about people by code. Every question says who asks, and answers within their reach.

A person who was entered twice is one here: the record that was set aside leads to the one that stands for it.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, Subquery, TextField, UUIDField

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Gone, NotHere
from kimbilio.people.models import Alias, Client, ClientCorrection, TwoPeople
from kimbilio.people.rules import normalise_card_code


def clients_within_reach(by: Actor, permission: Permission) -> QuerySet[Client]:
    """Return the people at the sites where the actor holds this permission, each once."""
    set_aside = _joined(by.organisation_id).filter(client=OuterRef("pk"))
    return _records_within_reach(by, permission).filter(~Exists(set_aside))


def _records_within_reach(by: Actor, permission: Permission) -> QuerySet[Client]:
    """Return every record within reach, those that were set aside too."""
    return Client.objects.filter(
        organisation=by.organisation_id, site__in=by.sites_where(permission)
    ).select_related("ward__sub_county", "site")


def client_by_code(by: Actor, code: str, permission: Permission = Permission.OPEN_PERSON) -> Client:
    """Return the person with this card code; NotHere when there is none within the actor's reach.

    The code of a record that was set aside leads to the person, whose own `code` is then another.
    Whoever asked to be forgotten is Gone.
    """
    normal = normalise_card_code(code)
    found = _records_within_reach(by, permission).filter(code=normal) if normal else Client.objects.none()
    for client in _standing(by, permission, found).values():
        if client.no_more_because:
            raise Gone(client.no_more_because)
        return client
    raise NotHere


def clients_by_code(by: Actor, permission: Permission, codes: Iterable[str]) -> dict[str, Client]:
    """Return the people with these card codes within reach, by the normal form of each; nobody who was forgotten."""
    normal = set(filter(None, map(normalise_card_code, codes)))
    records = Client.objects.filter(organisation=by.organisation_id, code__in=normal, forgotten_at=None)
    people = clients_by_id(by, permission, (found := dict(records.values_list("pk", "code"))))
    return {found[record]: client for record, client in people.items()}


def clients_by_id(by: Actor, permission: Permission, ids: Iterable[UUID]) -> dict[UUID, Client]:
    """Return the people whom these records are about, by the ids that were asked for, within the actor's reach.

    Two records of one person lead to the same person. One query, and one more where one was set aside. It asks by key
    alone, and reach is told afterwards: asked for the site too, SQLite reads everybody at it.
    """
    return _standing(by, permission, _records_of(ids))


def _records_of(ids: Iterable[UUID]) -> QuerySet[Client]:
    return Client.objects.filter(pk__in=list(ids)).select_related("ward__sub_county", "site")


def _standing(by: Actor, permission: Permission, records: QuerySet[Client]) -> dict[UUID, Client]:
    """Return the people whom these records are about, by the records' ids, within the actor's reach."""
    set_aside = _joined(by.organisation_id).filter(client=OuterRef("pk")).values("stands_for")
    told = records.annotate(
        leads_to=Subquery(set_aside[:1], output_field=UUIDField()),
        told_ids=Subquery(_joined_to_each(by.organisation_id)),
    )
    found = {record.pk: record for record in told}
    for record in found.values():
        record.joined_ids = tuple(UUID(one) for one in (record.told_ids or "").split(",") if one)
    people: dict[UUID, Client] = dict(found.items())
    elsewhere = {record.leads_to for record in found.values() if record.leads_to} - found.keys()
    if elsewhere:
        people |= {client.pk: client for client in _records_of(elsewhere)}
    sites = by.sites_where(permission)
    within_reach = {
        pk: client
        for pk, client in people.items()
        if client.organisation_id == by.organisation_id and client.site_id in sites
    }
    leads = {pk: record.leads_to or pk for pk, record in found.items()}
    return {pk: within_reach[standing] for pk, standing in leads.items() if standing in within_reach}


def ids_with_code(by: Actor, permission: Permission, text: str) -> set[UUID]:
    """Return whose card code this is, however it is typed, within the actor's reach: one record or none."""
    code = normalise_card_code(text)
    if not code:
        return set()
    return set(_records_within_reach(by, permission).filter(code=code).values_list("pk", flat=True))


def taken_codes(organisation_id: UUID, codes: Iterable[str]) -> set[str]:
    """Return those of these card codes that are already somebody's."""
    found = Client.objects.filter(organisation=organisation_id, code__in=list(codes))
    return set(found.values_list("code", flat=True))


def codes_of(organisation_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the card codes of these people, for lists that may name a code (the audit page)."""
    found = Client.objects.filter(organisation=organisation_id, pk__in=set(ids))
    return dict(found.values_list("pk", "code"))


def corrections_of(client: Client, ids: Collection[UUID] | None = None) -> QuerySet[ClientCorrection]:
    """Return what was corrected on a person's page, newest first. `ids` are those of all their records, if known."""
    return ClientCorrection.objects.filter(
        organisation=client.organisation_id, client__in=ids or ids_of_one_person(client)
    ).order_by("-pk")


def one_person(client: Client) -> Client:
    """Return the record that stands for this one: itself, unless it was set aside. One query."""
    alias = (
        _joined(client.organisation_id)
        .filter(client=client)
        .select_related("stands_for__ward__sub_county", "stands_for__site")
        .first()
    )
    return alias.stands_for if alias else client


def ids_of_one_person(client: Client) -> list[UUID]:
    """Return the ids of every record of this person, the one that stands first.

    No query where the one that read the person told them, else one; from a record set aside, two.
    """
    if client.joined_ids is not None:
        return [client.pk, *sorted(client.joined_ids)]
    joined = _joined(client.organisation_id)
    rows = joined.filter(Q(client=client) | Q(stands_for=client)).values_list("client_id", "stands_for_id")
    standing = dict(rows).get(client.pk, client.pk)
    if standing != client.pk:
        rows = joined.filter(stands_for=standing).values_list("client_id", "stands_for_id")
    return [standing, *sorted(record for record, _standing in rows)]


def aliases_of(client: Client) -> list[Alias]:
    """Return the records for which this one stands, the first that was joined first. One query, if there are any."""
    if client.joined_ids == ():
        return []
    joined = _joined(client.organisation_id).filter(stands_for=client)
    return list(joined.select_related("client__ward__sub_county", "client__site", "joined_to").order_by("pk"))


def standing_ids(organisation_id: UUID, ids: Collection[UUID] | None = None) -> dict[UUID, UUID]:
    """Return who stands for whom, by the id that was set aside; of these records, or of the whole organisation.

    For lists that count people: whoever is not among the keys stands for themselves.
    """
    joined = _joined(organisation_id)
    if ids is not None:
        joined = joined.filter(client__in=ids)
    return dict(joined.values_list("client_id", "stands_for_id"))


def two_people_among(one: Client, other: Client) -> QuerySet[TwoPeople]:
    """Return where any record of the one and any of the other were said to be two people."""
    ones, others = ids_of_one_person(one), ids_of_one_person(other)
    return _said_two(one.organisation_id).filter(
        Q(client__in=ones, other__in=others) | Q(client__in=others, other__in=ones)
    )


def pairs_said_two(organisation_id: UUID) -> list[tuple[UUID, UUID]]:
    """Return the ids of all that were said to be two people."""
    return list(_said_two(organisation_id).values_list("client_id", "other_id"))


def joining_between(by: Actor, one_code: str, other_code: str) -> Alias | None:
    """Return how the records of these two card codes were joined, the one to the other; None where they were not."""
    codes = [normalise_card_code(code) for code in (one_code, other_code)]
    return (
        _joined(by.organisation_id)
        .filter(client__code__in=codes, joined_to__code__in=codes, client__site__in=_sites(by))
        .select_related("client", "joined_to")
        .first()
    )


def judgement_between(by: Actor, one_code: str, other_code: str) -> TwoPeople | None:
    """Return where the records of these two card codes were said to be two people; None where they were not."""
    codes = [normalise_card_code(code) for code in (one_code, other_code)]
    return (
        _said_two(by.organisation_id)
        .filter(client__code__in=codes, other__code__in=codes, client__site__in=_sites(by))
        .select_related("client", "other")
        .first()
    )


def joined_lately(by: Actor, site_id: UUID, *, limit: int) -> list[Alias]:
    """Return what was joined last at a site, newest first, where the actor decides about it."""
    joined = _joined(by.organisation_id).filter(client__site__in=_sites(by) & {site_id})
    return list(joined.select_related("client", "joined_to").order_by("-pk")[:limit])


def said_two_lately(by: Actor, site_id: UUID, *, limit: int) -> list[TwoPeople]:
    """Return who was last said to be two people at a site, newest first, where the actor decides about it."""
    said = _said_two(by.organisation_id).filter(client__site__in=_sites(by) & {site_id})
    return list(said.select_related("client", "other").order_by("-pk")[:limit])


class _InOneText(Aggregate):
    """The ids of several rows in one text, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Say the same to PostgreSQL, which wants texts and names the comma."""
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def _joined_to_each(organisation_id: UUID) -> QuerySet[Any]:
    """Return, for the record of the query around this one, the ids of those joined to it."""
    joined = _joined(organisation_id).filter(stands_for=OuterRef("pk")).order_by()
    return joined.values("stands_for").annotate(ids=_InOneText("client_id")).values("ids")


def _joined(organisation_id: UUID) -> QuerySet[Alias]:
    return Alias.objects.filter(organisation=organisation_id, ended_at__isnull=True)


def _said_two(organisation_id: UUID) -> QuerySet[TwoPeople]:
    return TwoPeople.objects.filter(organisation=organisation_id, ended_at__isnull=True)


def _sites(by: Actor) -> frozenset[UUID]:
    return by.sites_where(Permission.MERGE_PEOPLE)

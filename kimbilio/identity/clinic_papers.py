"""Reading a paper: whose numbers stand on it, and which number and name our people have at a clinic.

Many people at once, in a few queries. The asking is audited by `identity.actions.open_mat_numbers` and `open_names`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from kimbilio.core import vault
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.many import in_batches
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.models import OutsideNumber, Phone
from kimbilio.identity.queries import known_people, outside_number_index, phone_index
from kimbilio.identity.rules import normalise_outside_number, normalise_phone
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids


def mat_numbers_of(organisation_id: UUID, clients: Collection[Client]) -> dict[UUID, str]:
    """Return the clinic's number of each of these people, by id; many have none."""
    found: dict[UUID, str] = {}
    records = _records_of(organisation_id, clients)
    for some in in_batches(records):
        rows = OutsideNumber.objects.filter(
            organisation=organisation_id,
            client__in=some,
            kind=NumberKind.MAT_NUMBER,
            replaced_at__isnull=True,
        )
        for row in rows.order_by("pk"):
            with suppress(KeyDestroyed):
                found.setdefault(records[row.client_id], row.number)
    return found


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def names_of_many(organisation_id: UUID, clients: Collection[Client]) -> dict[UUID, str]:
    """Return the names of each of these people, by id; of whoever said no to our keeping a record, none."""
    keys = vault.keyring().client_keys(organisation_id, Domain.IDENTITY)
    records = _records_of(organisation_id, clients)
    silent = all_who_said_no(organisation_id, ConsentPurpose.HOLD_A_RECORD)
    records = {record: person for record, person in records.items() if record not in silent}
    found: dict[UUID, str] = {}
    for some in in_batches(records):
        for record, known in known_people(organisation_id, some, keys).items():
            names = " ".join(filter(None, (known.first, known.middle, known.last)))
            if names:
                found.setdefault(records[record], names)
    return found


def clients_with_outside_numbers(organisation_id: UUID, texts: Iterable[str]) -> dict[str, set[UUID]]:
    """Return whose outside number each of these texts is, however it is typed; a text of nobody's is left out."""
    normal = {text: normalise_outside_number(text) for text in texts}
    indexes = {
        text: outside_number_index(organisation_id, number) for text, number in normal.items() if number
    }
    return _holders(OutsideNumber, organisation_id, indexes)


def clients_with_phones(organisation_id: UUID, texts: Iterable[str]) -> dict[str, set[UUID]]:
    """Return whose phone each of these texts is, however it is typed; a text of nobody's is left out."""
    normal = {text: normalise_phone(text) for text in texts}
    indexes = {text: phone_index(organisation_id, number) for text, number in normal.items() if number}
    return _holders(Phone, organisation_id, indexes)


def _holders(
    model: type[OutsideNumber] | type[Phone], organisation_id: UUID, indexes: Mapping[str, bytes]
) -> dict[str, set[UUID]]:
    """Return who holds the number behind each of these blind indexes, by the text that it was typed as."""
    of_index: dict[bytes, set[UUID]] = defaultdict(set)
    for some in in_batches(sorted(set(indexes.values())), 1000):
        rows = model.objects.filter(
            organisation=organisation_id, number_index__in=some, replaced_at__isnull=True
        )
        for index, client_id in rows.values_list("number_index", "client_id"):
            of_index[bytes(index)].add(client_id)
    return {text: of_index[index] for text, index in indexes.items() if index in of_index}


def _records_of(organisation_id: UUID, clients: Collection[Client]) -> dict[UUID, UUID]:
    """Return whose each record of these people is, their own records first."""
    people = {client.pk: client.pk for client in clients}
    joined = standing_ids(organisation_id)
    return people | {record: person for record, person in joined.items() if person in people}

"""What the desk asks across rooms: who is meant by what was typed, who is perhaps here already, who looked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import sites_in, staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import events_about, events_of
from kimbilio.audit.verify import Fault, faults_among
from kimbilio.caseload.showing import in_words
from kimbilio.identity.name_search import people_sharing_names, search_names
from kimbilio.identity.queries import clients_with_outside_number, clients_with_phone, known_people
from kimbilio.identity.rules import Known, likely_duplicate
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import Standing, all_who_said_no, standing_consent, uses_consent
from kimbilio.people.models import Alias, Client
from kimbilio.people.queries import aliases_of, clients_by_id, codes_of, ids_with_code

# More than five is a list to browse, and nobody browses people (docs/sources.md, 'What not to show').
MOST_SHOWN = 5
# Names are matched over the whole organisation; those out of reach are passed over afterwards.
_NAMES_TRIED = 2000
# The best are asked for first, and mostly they are enough: then eight times as many, so four questions at most.
_FIRST_ASKED, _TIMES_AS_MANY = 8, 8
_SURE_REASONS = ("code", "number", "phone")


@dataclass(frozen=True)
class Hit:
    """A person who may be meant, and why (reason codes, put in words by `desk.words`)."""

    client: Client
    reasons: tuple[str, ...]
    score: float = 1.0


@dataclass(frozen=True)
class Found:
    """At most five people, and whether there were more."""

    hits: list[Hit]
    more: bool


def find_people(by: Actor, text: str) -> Found:
    """Return who may be meant by a code, number, phone or name, within the actor's reach.

    Those who may not see names find by code and outside number only: a hit by name would tell them.
    """
    reasons: dict[UUID, tuple[str, ...]] = {}
    for client_id, why in _candidates(by, text):
        reasons.setdefault(client_id, why)
    # By the person and not by what matched: two records of one person are one hit.
    hits: dict[UUID, Hit] = {}
    for some in growing_lists(reasons):
        clients = clients_by_id(by, Permission.FIND_PERSON, some)
        for record in some:
            if record in clients:
                hits.setdefault(clients[record].pk, Hit(clients[record], reasons[record]))
        if len(hits) > MOST_SHOWN:
            break
    return Found(list(hits.values())[:MOST_SHOWN], more=len(hits) > MOST_SHOWN)


def is_certain(found: Found) -> bool:
    """Say whether one person alone is meant, by a code, number or phone and not merely by a name."""
    return len(found.hits) == 1 and not found.more and found.hits[0].reasons[0] in _SURE_REASONS


def growing_lists(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Give the ids in their order, in lists that grow, so that there are few of them."""
    rest, size = iter(ids), _FIRST_ASKED
    while some := list(islice(rest, size)):
        yield some
        size *= _TIMES_AS_MANY


def _candidates(by: Actor, text: str) -> Iterator[tuple[UUID, tuple[str, ...]]]:
    """Give everybody who may be meant, the surest first. What was found by a number is not tried as a name."""
    sees_names = by.may_somewhere(Permission.OPEN_IDENTITY)
    sure = [(client_id, ("code",)) for client_id in ids_with_code(by, Permission.FIND_PERSON, text)]
    sure += [(client_id, ("number",)) for client_id in clients_with_outside_number(by.organisation_id, text)]
    if sees_names:
        sure += [(client_id, ("phone",)) for client_id in clients_with_phone(by.organisation_id, text)]
    yield from sure
    # By a name, whoever said no to our keeping a record is not found (`search_names`).
    if sees_names and not (sure and any(letter.isdigit() for letter in text)):
        for match in search_names(by.organisation_id, text, limit=_NAMES_TRIED):
            yield match.person_id, tuple(match.reasons)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def likely_matches(by: Actor, typed: Known, number: str = "") -> list[Hit]:
    """Return who may be the person being registered, with why, the likeliest first; at most five."""
    names = " ".join(filter(None, (typed.first, typed.middle, typed.last)))
    ids = set(people_sharing_names(by.organisation_id, names))
    for phone in typed.phones:
        ids |= clients_with_phone(by.organisation_id, phone)
    same_number = clients_with_outside_number(by.organisation_id, number)
    silent = all_who_said_no(by.organisation_id, ConsentPurpose.HOLD_A_RECORD)
    clients = clients_by_id(by, Permission.OPEN_IDENTITY, (ids | same_number) - silent)
    hits = [Hit(clients[record], ("number",)) for record in same_number if record in clients]
    for record, known in known_people(by.organisation_id, list(clients)).items():
        likeness = likely_duplicate(typed, known)
        if likeness.is_likely:
            hits.append(Hit(clients[record], likeness.reasons, likeness.score))
    likeliest: dict[UUID, Hit] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        likeliest.setdefault(hit.client.pk, hit)
    return list(likeliest.values())[:MOST_SHOWN]


@dataclass(frozen=True)
class Line:
    """One line of who did or looked at what, in words."""

    seq: int
    when: datetime
    who: str
    what: str
    about_code: str
    site: str


@dataclass(frozen=True)
class AroundPerson:
    """What stands around a person: joined records, answers about consent, who looked, and who those staff are."""

    joined: list[Alias]
    consent: dict[ConsentPurpose, Standing]
    looked: list[Line]
    staff: dict[UUID, str]


def around_person(client: Client, *, limit: int) -> AroundPerson:
    """Return what stands around every record of a person. Three queries, four where some are joined."""
    joined = aliases_of(client)
    ids = [client.pk, *(alias.client_id for alias in joined)]
    events = list(events_about(client.organisation_id, *ids)[:limit])
    consent = standing_consent(client, ids)
    asked = [row.asked_by for standing in consent.values() for row in standing.answers]
    named = [*(event.actor_id for event in events), *asked]
    staff = staff_names(client.organisation_id, [staff_id for staff_id in named if staff_id])
    return AroundPerson(joined, consent, _lines(events, staff, codes={}, sites={}), staff)


@dataclass(frozen=True)
class HistoryPage:
    """A page of entries, newest first, and what of them is not as it was written."""

    lines: list[Line]
    faults: list[Fault]


def history_page(by: Actor, *, before: int | None, size: int) -> HistoryPage:
    """Return a page of the organisation's entries, checked against one another. Four queries."""
    events = events_of(by.organisation_id)
    page = list(events.filter(seq__lt=before)[:size] if before else events[:size])
    here = by.sites_where(Permission.READ_AUDIT)
    codes = codes_of(
        by.organisation_id, [event.about for event in page if event.about and event.site_id in here]
    )
    sites = {site.pk: site.name for site in sites_in(by.organisation_id)}
    staff = staff_names(by.organisation_id, [event.actor_id for event in page if event.actor_id])
    lines = _lines(page, staff, codes, sites)
    return HistoryPage(lines, faults_among(by.organisation_id, page))


def _lines(
    rows: Iterable[AuditEvent], names: dict[UUID, str], codes: dict[UUID, str], sites: dict[UUID, str]
) -> list[Line]:
    return [
        Line(
            seq=row.seq,
            when=row.recorded_at,
            who=names.get(row.actor_id, "") if row.actor_id else gettext("The keeper of the passphrase"),
            what=in_words(row),
            about_code=codes.get(row.about, "") if row.about else "",
            site=sites.get(row.site_id, "") if row.site_id else "",
        )
        for row in rows
    ]

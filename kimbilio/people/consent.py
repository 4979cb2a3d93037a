"""Whether a person agreed to a purpose: the only place that reads their answers, and that every feature asks.

A feature that uses a purpose is marked: an action with `@asks_consent(purpose, of=...)`, which refuses before
anything is done; a query or a page with `@uses_consent(purpose)`, which asks `who_agreed` or `who_said_no` itself.
tests/house/test_consent.py holds the list of them, and finds whoever is missing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from kimbilio.core.many import Keys
from kimbilio.core.refusals import Refused
from kimbilio.people.choices import ConsentAnswer, ConsentPurpose, ConsentStands
from kimbilio.people.consent_words import WHY_NOT
from kimbilio.people.models import Alias, Client, Consent
from kimbilio.people.queries import ids_of_one_person
from kimbilio.people.rules import ASK_FIRST, Answered, what_stands

Params = ParamSpec("Params")
Result = TypeVar("Result")


def who_agreed(organisation_id: UUID, purpose: ConsentPurpose, ids: Collection[UUID]) -> set[UUID]:
    """Return those of these people who agree to a purpose today: a yes, and no no. Two queries, however many.

    An id of any record of a person will do; what is said on one of them holds for all of them.
    """
    return _who_stand(organisation_id, purpose, ids, ConsentStands.AGREED)


def who_said_no(organisation_id: UUID, purpose: ConsentPurpose, ids: Collection[UUID]) -> set[UUID]:
    """Return those of these people whose no stands; who was never asked is not among them. Two queries."""
    return _who_stand(organisation_id, purpose, ids, ConsentStands.SAID_NO)


def all_who_said_no(organisation_id: UUID, purpose: ConsentPurpose) -> set[UUID]:
    """Return every record of everybody of an organisation whose no stands. One query where nobody ever said no."""
    noes = Consent.objects.filter(
        organisation=organisation_id, purpose=purpose, answer=ConsentAnswer.WITHDRAWN
    ).values_list("client_id", flat=True)
    asked = set(noes)
    records = _records_of_people(organisation_id, asked) if asked else {}
    return who_said_no(organisation_id, purpose, records)


def has_agreed(client: Client, purpose: ConsentPurpose) -> bool:
    """Tell whether a person agrees to a purpose today. Two queries at most."""
    return standing_consent(client)[purpose].stands == ConsentStands.AGREED


def require_agreement(client: Client, purpose: ConsentPurpose) -> None:
    """Raise Refused, in one plain sentence, unless the person agrees to a purpose today."""
    if not has_agreed(client, purpose):
        raise Refused(str(WHY_NOT[purpose]))


@dataclass(frozen=True)
class Standing:
    """What holds of one purpose for one person, and the answers that say so, newest first.

    `noes` are those that stand: whoever asks anew has them in sight.
    """

    purpose: ConsentPurpose
    stands: ConsentStands
    answers: tuple[Consent, ...] = ()

    @property
    def noes(self) -> tuple[Consent, ...]:
        """Return the noes that stand, newest first; none where the person agreed or was not asked."""
        yeses = {row.pk for row in self.answers if row.answer == ConsentAnswer.GIVEN}
        return tuple(
            row
            for row in self.answers
            if row.answer == ConsentAnswer.WITHDRAWN and row.lifted_by_id not in yeses
        )

    @property
    def newest(self) -> Consent | None:
        """Return the answer that decides: the newest no that stands, else the newest yes."""
        return next(iter(self.noes or self.answers), None)


def standing_consent(client: Client, ids: Collection[UUID] | None = None) -> dict[ConsentPurpose, Standing]:
    """Return what holds of every purpose for one person. One query, two where their records are not known yet."""
    by_purpose: dict[str, list[Consent]] = defaultdict(list)
    for row in answers_of(client, ids):
        by_purpose[row.purpose].append(row)
    return {
        purpose: Standing(
            purpose, what_stands(map(_as_rule, by_purpose[purpose])), tuple(by_purpose[purpose])
        )
        for purpose in ConsentPurpose
    }


def answers_of(client: Client, ids: Collection[UUID] | None = None) -> QuerySet[Consent]:
    """Return all that a person answered, newest first. `ids` are those of all their records, if known."""
    return Consent.objects.filter(
        organisation=client.organisation_id, client__in=ids or ids_of_one_person(client)
    ).order_by("-recorded_at", "-pk")


def what_stands_for(
    organisation_id: UUID, purposes: Collection[ConsentPurpose], ids: Collection[UUID]
) -> dict[tuple[UUID, ConsentPurpose], ConsentStands]:
    """Return what holds for each of these people of each of these purposes, by the ids asked for. Two queries."""
    person_of = _records_of_people(organisation_id, ids)
    found = what_stands_among(organisation_id, purposes, person_of)
    return {(record, purpose): found[person_of[record], purpose] for record in ids for purpose in purposes}


def what_stands_among(
    organisation_id: UUID, purposes: Collection[ConsentPurpose], person_of: Mapping[UUID, UUID]
) -> dict[tuple[UUID, ConsentPurpose], ConsentStands]:
    """Return the same by person, where all records of these people are known already. One query."""
    rows = Consent.objects.filter(
        organisation=organisation_id, client__in=Keys(person_of), purpose__in=purposes
    ).values_list("client_id", "purpose", "pk", "answer", "lifted_by_id")
    told: dict[tuple[UUID, str], list[Answered]] = defaultdict(list)
    for record, purpose, pk, answer, lifted_by in rows:
        told[person_of[record], purpose].append(Answered(pk, answer == ConsentAnswer.GIVEN, lifted_by))
    return {
        (person, purpose): what_stands(told.get((person, purpose), ()))
        for person in set(person_of.values())
        for purpose in purposes
    }


def who_among_agreed(
    organisation_id: UUID, purpose: ConsentPurpose, person_of: Mapping[UUID, UUID]
) -> set[UUID]:
    """Return the same as `who_agreed`, of people all of whose records are known already. One query."""
    found = what_stands_among(organisation_id, (purpose,), person_of)
    return {person for (person, _purpose), one in found.items() if one == ConsentStands.AGREED}


def _records_of_people(organisation_id: UUID, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return every record of the people whom these records are about, with who stands for it.

    One query, two where one of these was set aside.
    """
    joined = Alias.objects.filter(organisation=organisation_id, ended_at__isnull=True)
    asked = Keys(ids)
    rows = joined.filter(Q(client__in=asked) | Q(stands_for__in=asked)).values_list(
        "client_id", "stands_for_id"
    )
    stands = dict(rows)
    person_of = {record: stands.get(record, record) for record in ids}
    people = set(person_of.values())
    if elsewhere := people - person_of.keys():
        more = joined.filter(stands_for__in=Keys(elsewhere))
        stands |= dict(more.values_list("client_id", "stands_for_id"))
    return {person: person for person in people} | stands | person_of


def _who_stand(
    organisation_id: UUID, purpose: ConsentPurpose, ids: Collection[UUID], stands: ConsentStands
) -> set[UUID]:
    if not ids:
        return set()
    found = what_stands_for(organisation_id, (purpose,), ids)
    return {record for (record, _purpose), one in found.items() if one == stands}


def _as_rule(row: Consent) -> Answered:
    return Answered(row.pk, row.answer == ConsentAnswer.GIVEN, row.lifted_by_id)


def uses_consent(
    *purposes: ConsentPurpose,
) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """Mark a query or a page that uses a purpose: it asks `who_agreed` or `who_said_no` itself."""

    def mark(function: Callable[Params, Result]) -> Callable[Params, Result]:
        function.consent = purposes  # type: ignore[attr-defined]  # the mark that the house test reads
        return function

    return mark


def asks_consent(
    *purposes: ConsentPurpose, of: str, each: Callable[[Any], UUID] | None = None
) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """Make an action refuse, before it does anything, for whoever has not agreed to these purposes.

    `of` names the argument that says about whom it is: a person, a record about one, their id, or many of these;
    `each` takes the id out of one of many. It stands below `@action`, so that the permission is asked first.
    """

    def make(function: Callable[Params, Result]) -> Callable[Params, Result]:
        @wraps(function)
        def act(*args: Params.args, **kwargs: Params.kwargs) -> Result:
            by: Any = kwargs["by"]
            require_of_many(by.organisation_id, purposes, set(_people_in(kwargs[of], each)))
            return function(*args, **kwargs)

        act.consent = purposes  # type: ignore[attr-defined]  # the mark that the house test reads
        return act

    return make


def require_of_many(
    organisation_id: UUID, purposes: Collection[ConsentPurpose], ids: Collection[UUID]
) -> None:
    """Raise Refused unless these purposes may be used for every one of these people. Two queries, however many.

    Where one may ask first (ASK_FIRST), it is enough that nobody said no.
    """
    missing: dict[ConsentPurpose, set[UUID]] = defaultdict(set)
    for (person, purpose), stands in what_stands_for(organisation_id, purposes, ids).items():
        if not _may_be_used(purpose, stands):
            missing[purpose].add(person)
    for purpose, people in missing.items():
        # Whoever is not known here at all is for the action to find: this tells nothing of strangers.
        if Client.objects.filter(organisation=organisation_id, pk__in=Keys(people)).exists():
            raise Refused(str(WHY_NOT[purpose]))


def _may_be_used(purpose: ConsentPurpose, stands: ConsentStands) -> bool:
    return stands == ConsentStands.AGREED or (purpose in ASK_FIRST and stands == ConsentStands.NOT_ASKED)


def _people_in(said: Any, each: Callable[[Any], UUID] | None) -> Iterable[UUID]:
    if each is not None:
        return [each(one) for one in said]
    if isinstance(said, UUID):
        return [said]
    if hasattr(said, "client_id"):
        return [said.client_id]
    return [person for one in said for person in _people_in(one, None)]

"""What is known of people already, so that only what is new is added."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from kimbilio.exchange.kinds.new_people import NewFacts
from kimbilio.identity.actions import WhoTheyAre
from kimbilio.identity.models import Locator, OutsideNumber, Phone
from kimbilio.identity.queries import outside_number_index, phone_index
from kimbilio.identity.rules import normalise_outside_number, normalise_phone
from kimbilio.mat.actions import Claim
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.people.models import Client

_STARTED = frozenset({StepKind.INDUCTED, StepKind.ALREADY_ON_MAT, StepKind.RE_INDUCTED})


class KnownFacts:
    """The phones, numbers, locators and steps of some people that stand. Four queries."""

    def __init__(self, organisation_id: UUID, ids: Collection[UUID]) -> None:
        self._organisation_id = organisation_id
        stands = {"organisation": organisation_id, "client__in": ids, "replaced_at__isnull": True}
        self._indexes = {
            (client_id, bytes(index))
            for model in (Phone, OutsideNumber)
            for client_id, index in model._default_manager.filter(**stands).values_list(
                "client_id", "number_index"
            )
        }
        self._kinds: dict[UUID, list[str]] = defaultdict(list)
        steps = JourneyStep.objects.filter(
            organisation=organisation_id, client__in=ids, voided_at__isnull=True
        )
        for client_id, kind in steps.order_by("occurred_on", "pk").values_list("client_id", "kind"):
            self._kinds[client_id].append(kind)
        self._located = set(Locator.objects.filter(**stands).values_list("client_id", flat=True))

    def what_is_new(self, client: Client, facts: NewFacts) -> WhoTheyAre:
        """Return what of these facts is not known of somebody yet; from then on it counts as known."""
        phones = [
            phone
            for phone in facts.phones
            if self._is_new(client, phone_index(self._organisation_id, normalise_phone(phone.number) or ""))
        ]
        numbers = [
            (kind, number)
            for kind, number in facts.numbers
            if self._is_new(
                client, outside_number_index(self._organisation_id, normalise_outside_number(number))
            )
        ]
        where = facts.where if client.pk not in self._located else ""
        if where:
            self._located.add(client.pk)
        return replace(WhoTheyAre(client), phones=phones, numbers=numbers, where=where)

    def new_steps(self, client_id: UUID, facts: NewFacts) -> list[Claim]:
        """Return the steps to record: a status that stands already is not told again with another day."""
        kinds = self._kinds[client_id]
        undated = [
            claim
            for claim in facts.undated
            if kinds[-1:] != [claim.kind]
            and not (claim.kind == StepKind.ALREADY_ON_MAT and _STARTED.intersection(kinds))
        ]
        kinds += [claim.kind for claim in (*facts.claims, *undated) if claim.kind not in kinds]
        return [*facts.claims, *undated]

    def _is_new(self, client: Client, index: bytes) -> bool:
        known = (client.pk, index) in self._indexes
        self._indexes.add((client.pk, index))
        return not known

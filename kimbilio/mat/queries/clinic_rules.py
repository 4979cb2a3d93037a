"""What can be asked about the numbers that a clinic decides."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.mat.models import ClinicRule
from kimbilio.mat.rules import ClinicRules, rules_in_force
from kimbilio.places.models import MatClinic


def rules_of(clinic: MatClinic) -> ClinicRules:
    """Return the numbers used for a clinic: those it confirmed, and suggestions for the rest."""
    return rules_in_force(_standing(clinic.organisation_id).filter(clinic=clinic))


@dataclass(frozen=True)
class RulesByClinic:
    """The numbers of every clinic of an organisation."""

    confirmed: Mapping[UUID, ClinicRules]
    suggested: ClinicRules

    def of(self, clinic_id: UUID | None) -> ClinicRules:
        """Return the numbers used for a clinic; suggestions where none is known."""
        return self.suggested if clinic_id is None else self.confirmed.get(clinic_id, self.suggested)

    @property
    def out_of_touch_days(self) -> list[int]:
        """Return after how many days somebody is out of touch, for each clinic that decided and for the others."""
        return [rules.out_of_touch_after for rules in (self.suggested, *self.confirmed.values())]


def rules_of_clinics(organisation_id: UUID) -> RulesByClinic:
    """Return the numbers of every clinic. One query."""
    rows: dict[UUID, list[ClinicRule]] = defaultdict(list)
    for row in _standing(organisation_id):
        rows[row.clinic_id].append(row)
    confirmed = {clinic_id: rules_in_force(found) for clinic_id, found in rows.items()}
    return RulesByClinic(confirmed, suggested=rules_in_force())


def rule_history(clinic: MatClinic) -> QuerySet[ClinicRule]:
    """Return every number that the clinic ever confirmed, newest first."""
    return ClinicRule.objects.filter(organisation=clinic.organisation_id, clinic=clinic).order_by("-pk")


def _standing(organisation_id: UUID) -> QuerySet[ClinicRule]:
    return ClinicRule.objects.filter(organisation=organisation_id, replaced_at__isnull=True)

"""A clinic's numbers: set when the clinic confirms them, with where that is written."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.mat.choices import RuleName
from kimbilio.mat.models import ClinicRule
from kimbilio.mat.queries.clinic_rules import rules_of
from kimbilio.mat.rules import fault_in
from kimbilio.places.models import MatClinic


@action(Permission.SET_CLINIC_RULES, event="mat.rule_set", at="clinic")
def set_rule(
    *,
    by: Actor,
    clinic: MatClinic,
    rule: RuleName,
    value: int,
    source: str,
    confirmed_by: str,
    confirmed_on: date,
) -> ClinicRule:
    """Set a number as the clinic confirmed it. What stood before is kept, replaced."""
    if not source.strip() or not confirmed_by.strip():
        raise Refused(_("Say where it is written, and who at the clinic confirmed it."))
    if confirmed_on > timezone.localdate():
        raise Refused(_("A rule cannot have been confirmed in the future. Check the date."))
    MatClinic.objects.select_for_update(no_key=True).get(organisation=clinic.organisation_id, pk=clinic.pk)
    fault = fault_in(rules_of(clinic), rule, value)
    if fault is not None:
        raise Refused(str(fault.label))
    standing = ClinicRule.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, rule=rule, replaced_at__isnull=True
    )
    standing.update(replaced_at=timezone.now())
    row = ClinicRule.objects.create(
        organisation_id=clinic.organisation_id,
        clinic=clinic,
        rule=rule,
        value=value,
        source=source.strip(),
        confirmed_by=confirmed_by.strip(),
        confirmed_on=confirmed_on,
        recorded_by=by.staff_id,
    )
    row.audit_detail = {"rule": rule.value, "value": value}
    return row

"""Saying what came of looking into a line that stood out of a week."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.choices import Outcome
from kimbilio.caseload.models import LookedInto
from kimbilio.caseload.rules import StandsOut
from kimbilio.core.refusals import NotHere, Refused


@action(Permission.READ_AUDIT, event="caseload.looked_into", at="site")
def look_into(*, by: Actor, site: Site, week: date, line: StandsOut, outcome: Outcome) -> LookedInto:
    """Keep who looked into a line, and what came of it; nothing said before is lost. Nobody looks into their own."""
    if by.staff_id is None:
        raise NotHere
    if line.staff == by.staff_id:
        raise Refused(_("This is about yourself: somebody else looks into it."))
    kept = LookedInto.objects.create(
        organisation_id=by.organisation_id,
        site=site,
        week=week,
        rule=line.rule,
        staff=line.staff,
        about=line.about,
        outcome=outcome,
        looked_by=by.staff_id,
    )
    kept.audit_detail = _detail(line.staff) | {"rule": str(line.rule), "outcome": str(outcome)}
    return kept


def _detail(staff: UUID | None) -> dict[str, str]:
    return {"staff": str(staff)} if staff else {}

"""Where a file that was asked for stands at this moment, and who may be the second person for it."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import have_one_way_in
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.taking_out.choices import Stands
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.exchange.taking_out.rules import Steps, where_it_stands


def stands_now(export: TakenOut) -> Stands:
    """Return where a file stands at this moment."""
    steps = Steps(export.recorded_at, export.approved_at, export.turned_down_at, export.taken_at)
    return Stands(where_it_stands(steps, timezone.now()))


_LATELY = timedelta(days=30)


def why_no_second_person(by: Actor, export: TakenOut) -> str:
    """Return why the actor is not the one to approve a file, in a sentence; '' where they are.

    Two sign-ins are two people's where neither let the other in lately, and nobody let in both.
    """
    if by.staff_id is None or by.staff_id == export.asked_by:
        return _("Another person must approve what you asked for.")
    if have_one_way_in(export.organisation_id, by.staff_id, export.asked_by, timezone.now() - _LATELY):
        return _(
            "One of you two let the other in lately, or somebody let in both: made their sign-in, or gave them a "
            "code. Another person must approve."
        )
    return why_no_names(by, export.site_id, with_names=export.with_names)


def why_no_names(by: Actor, site_id: UUID, *, with_names: bool) -> str:
    """Return why the actor has no part in a file that has names, in a sentence; '' where they may, or it has none."""
    if not with_names or by.may(Permission.OPEN_IDENTITY, site_id):
        return ""
    return _("Your role does not see names, so it neither asks for nor approves a file that has them.")

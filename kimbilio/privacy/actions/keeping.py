"""Saying for how long a kind of record is kept. Until a manager has said so, nothing of that kind is deleted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Organisation
from kimbilio.accounts.queries import sites_in
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.privacy.choices import Kept
from kimbilio.privacy.models import DateBelieved, RetentionPeriod
from kimbilio.privacy.retention import believe_today, waits_for_the_date


@action(Permission.ANSWER_FOR_RIGHTS, event="retention.period_set")
def confirm_period(*, by: Actor, kind: Kept, months: int, source: str) -> RetentionPeriod:
    """Confirm for how many months a kind is kept, and where that is laid down. What is older goes from tonight on.

    It holds for all sites, so whoever confirms it answers for all of them.
    """
    _answers_for_all_sites(by)
    # Two who confirm the first period of a kind at once find none to wait for: they wait for each other here.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    standing = RetentionPeriod.objects.filter(
        organisation=by.organisation_id, kind=kind, replaced_at__isnull=True
    )
    standing.update(replaced_at=timezone.now())
    made = RetentionPeriod.objects.create(
        organisation_id=by.organisation_id,
        kind=kind,
        months=months,
        source=source.strip(),
        confirmed_by=by.staff_id,
    )
    made.audit_detail = {"kind": made.kind, "months": made.months}
    return made


@action(Permission.ANSWER_FOR_RIGHTS, event="retention.date_right")
def say_date_is_right(*, by: Actor) -> DateBelieved:
    """Say that today's date is right, after which things are deleted by it again."""
    _answers_for_all_sites(by)
    if not waits_for_the_date(by.organisation_id):
        raise Refused(_("Nothing waits for this: the date is believed."))
    return believe_today(by.organisation_id, said_by=by.staff_id)


def _answers_for_all_sites(by: Actor) -> None:
    answers_for = by.sites_where(Permission.ANSWER_FOR_RIGHTS)
    if not {site.pk for site in sites_in(by.organisation_id)} <= answers_for:
        raise Refused(_("This holds for all sites, and you answer for some of them only."))

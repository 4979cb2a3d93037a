"""Closing a month: one person proposes its figures, another confirms exactly these. A revision is another close."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Organisation, Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.reports.choices import WhyAgain
from kimbilio.reports.models import FrozenFigure, MonthClose
from kimbilio.reports.queries.figures import counted
from kimbilio.reports.queries.month import (
    changes_between,
    frozen_figures,
    split_as_text,
    standing_close,
    waiting_close,
)
from kimbilio.reports.scope import Scope, scope_for


@action(Permission.CLOSE_MONTH, event="reports.close_proposed")
def propose_close(
    *, by: Actor, month: date, site: Site | None = None, why: WhyAgain = WhyAgain.FIRST_CLOSE
) -> MonthClose:
    """Propose to close a month with the figures as they stand now, or to close it anew where they are others.

    Refused while the month runs, while another proposal waits, and where nothing is another than it was closed with.
    """
    scope = _held(by, month, site)
    if scope.last >= timezone.localdate():
        raise Refused(_("This month is not over yet."))
    if waiting_close(scope) is not None:
        raise Refused(_("This month waits for a second person already."))
    figures = counted(scope)
    before = standing_close(scope)
    if before is not None:
        if not changes_between(frozen_figures(before), figures):
            raise Refused(_("Every number is still what the month was closed with."))
        if why == WhyAgain.FIRST_CLOSE:
            raise Refused(_("Say why the month is closed anew."))
    close = MonthClose.objects.create(
        organisation_id=by.organisation_id,
        site=scope.site,
        month=scope.month,
        revision=before.revision + 1 if before else 1,
        why=why if before else WhyAgain.FIRST_CLOSE,
        proposed_by=by.staff_id,
    )
    FrozenFigure.objects.bulk_create(
        [
            FrozenFigure(
                organisation_id=by.organisation_id,
                close=close,
                code=one.code,
                split=split_as_text(one.split),
                place=place,
                value=one.value,
                out_of=one.of,
            )
            for place, one in enumerate(figures)
        ],
        batch_size=1000,
    )
    return _told(close)


@action(Permission.CLOSE_MONTH, event="reports.close_confirmed")
def confirm_close(*, by: Actor, close: MonthClose) -> MonthClose:
    """Confirm what another person proposed: the month is closed with these figures, and they never change again.

    Refused to whoever proposed it, and where a figure is another by now: then it is to be proposed anew.
    """
    scope = _waiting(by, close)
    if close.proposed_by == by.staff_id:
        raise Refused(_("Another person must confirm what you proposed."))
    changed = changes_between(frozen_figures(close), counted(scope))
    if changed:
        raise Refused(
            _("Records came or were put right since this was proposed. Take it back and propose it anew.")
        )
    close.confirmed_by, close.confirmed_at = by.staff_id, timezone.now()
    close.save(update_fields=["confirmed_by", "confirmed_at"])
    return _told(close)


@action(Permission.CLOSE_MONTH, event="reports.close_withdrawn")
def withdraw_close(*, by: Actor, close: MonthClose) -> MonthClose:
    """Take back a proposal that nobody confirmed. What is confirmed stays; it is closed anew instead."""
    _waiting(by, close)
    close.withdrawn_by, close.withdrawn_at = by.staff_id, timezone.now()
    close.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return _told(close)


def _waiting(by: Actor, close: MonthClose) -> Scope:
    """Return the scope of a proposal that waits, held until this is over; NotHere for one beyond the actor's reach."""
    if close.organisation_id != by.organisation_id:
        raise NotHere
    scope = _held(by, close.month, close.site)
    close.refresh_from_db()
    if close.confirmed_at or close.withdrawn_at:
        raise Refused(_("This was decided already."))
    return scope


def _held(by: Actor, month: date, site: Site | None) -> Scope:
    """Return the scope, and make whoever else closes a month of this organisation wait until this is over."""
    scope = scope_for(by, Permission.CLOSE_MONTH, month, site)
    if scope.site is None and not scope.is_whole:
        raise Refused(_("Choose a site: only who answers for every site closes a month for all of them."))
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    return scope


def _told(close: MonthClose) -> MonthClose:
    close.audit_detail = {"month": close.month.isoformat()[:7], "revision": close.revision}
    return close

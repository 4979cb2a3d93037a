"""A month is closed by two people with exactly these figures; whatever comes later stands beside them."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.reports.actions import confirm_close, propose_close, withdraw_close
from kimbilio.reports.choices import MonthState, WhyAgain
from kimbilio.reports.models import FrozenFigure, MonthClose
from kimbilio.reports.queries import closed_figure, earlier_closes, figures_now, month_figures, month_state
from kimbilio.reports.scope import Scope
from kimbilio.reports.tests.a_month import JUNE, officer_at, write_small_june
from kimbilio.visits.choices import VisitSource
from kimbilio.visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(programme):
    return write_small_june(programme)


@pytest.fixture
def two(programme, written):
    """Two people who answer for reports at the first site."""
    return officer_at(programme.site), officer_at(programme.site, role=Role.PROGRAMME_MANAGER)


def one_more_visit(written: Any, card: int = 1) -> Visit:
    return Visit.objects.create(
        organisation=written.programme.organisation,
        client=written.clients[card],
        at_site=written.programme.site,
        occurred_on=date(2025, 6, 20),
        source=VisitSource.DESK,
    )


def closed(two: Any, site: Any, why: WhyAgain = WhyAgain.FIRST_CLOSE) -> MonthClose:
    close = propose_close(by=two[0], month=JUNE, site=site, why=why)
    return confirm_close(by=two[1], close=close)


def visits(figures: Any) -> int:
    return next(one.value for one in figures if one.code == "visits.visits" and not one.split)


def test_a_closed_month_keeps_its_figures_whatever_comes_later(programme, written, two):
    before = month_figures(two[0], JUNE, programme.site)
    closed(two, programme.site)
    one_more_visit(written)
    assert month_figures(two[0], JUNE, programme.site) == before
    assert visits(figures_now(two[0], JUNE, programme.site)) == visits(before) + 1


def test_what_came_later_stands_beside_the_figure(programme, written, two):
    close = closed(two, programme.site)
    one_more_visit(written)
    state = month_state(two[0], JUNE, programme.site)
    assert (state.state, state.standing) == (MonthState.CLOSED, close)
    assert state.closed_at == close.confirmed_at
    whole = {one.code: (one.before, one.now) for one in state.changes if not one.split}
    assert whole == {"visits.visits": (4, 5)}
    scope = Scope(programme.organisation.pk, (programme.site,), programme.site, JUNE)
    assert closed_figure(scope, "visits.visits", {}) == (4, close.confirmed_at)
    assert closed_figure(scope, "visits.visits", {"sex": "intersex"}) == (0, close.confirmed_at)


def test_a_revision_is_another_close_by_two_people_and_the_first_one_stays(programme, written, two):
    first = closed(two, programme.site)
    one_more_visit(written)
    with pytest.raises(Refused, match="Say why"):
        propose_close(by=two[0], month=JUNE, site=programme.site)
    second = closed(two, programme.site, WhyAgain.LATE_RECORDS)
    assert [one.pk for one in earlier_closes(two[0], JUNE, programme.site)] == [first.pk, second.pk]
    assert (second.revision, second.why) == (2, WhyAgain.LATE_RECORDS)
    assert visits(month_figures(two[0], JUNE, programme.site)) == 5
    assert FrozenFigure.objects.get(close=first, code="visits.visits", split="{}").value == 4
    assert month_state(two[0], JUNE, programme.site).changes == ()


def test_the_one_who_proposes_cannot_confirm(programme, two):
    close = propose_close(by=two[0], month=JUNE, site=programme.site)
    with pytest.raises(Refused, match="Another person"):
        confirm_close(by=two[0], close=close)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClose.objects.filter(pk=close.pk).update(confirmed_by=close.proposed_by)
    state = month_state(two[1], JUNE, programme.site)
    assert (state.state, state.waiting) == (MonthState.PROPOSED, close)


def test_what_changed_since_the_proposal_is_not_confirmed(programme, written, two):
    close = propose_close(by=two[0], month=JUNE, site=programme.site)
    visit = one_more_visit(written)
    with pytest.raises(Refused, match="since this was proposed"):
        confirm_close(by=two[1], close=close)
    visit.voided_at = timezone.now()
    visit.save()
    assert confirm_close(by=two[1], close=close).confirmed_by == two[1].staff_id


def test_one_proposal_waits_at_a_time_and_may_be_taken_back(programme, two):
    close = propose_close(by=two[0], month=JUNE, site=programme.site)
    with pytest.raises(Refused, match="waits for a second"):
        propose_close(by=two[1], month=JUNE, site=programme.site)
    withdraw_close(by=two[1], close=close)
    for decide in (confirm_close, withdraw_close):
        with pytest.raises(Refused, match="decided already"):
            decide(by=two[1], close=close)
    assert month_state(two[0], JUNE, programme.site).state == MonthState.OPEN
    assert closed(two, programme.site).revision == 1


def test_nothing_new_is_not_closed_anew(programme, two):
    close = closed(two, programme.site)
    with pytest.raises(Refused, match="still what"):
        propose_close(by=two[0], month=JUNE, site=programme.site, why=WhyAgain.PUT_RIGHT)
    with pytest.raises(Refused, match="decided already"):
        withdraw_close(by=two[0], close=close)


def test_a_month_that_runs_is_not_closed_and_one_to_come_is_not_reported(programme, two):
    this_month = timezone.localdate().replace(day=1)
    with pytest.raises(Refused, match="not over"):
        propose_close(by=two[0], month=this_month, site=programme.site)
    with pytest.raises(Refused, match="not begun"):
        month_figures(two[0], date(this_month.year + 1, 1, 1), programme.site)


def test_all_sites_are_closed_by_those_who_answer_for_all(programme, written, two):
    for_all = (
        officer_at(programme.site, programme.other_site),
        officer_at(programme.other_site, programme.site),
    )
    close = propose_close(by=for_all[0], month=JUNE)
    assert close.site is None
    with pytest.raises(NotHere):
        confirm_close(by=officer_at(programme.site_elsewhere), close=close)
    confirm_close(by=for_all[1], close=close)
    assert month_state(for_all[0], JUNE).state == MonthState.CLOSED
    # Of one site nothing is closed by this, and whoever sees one site alone sees that site.
    assert month_state(for_all[0], JUNE, programme.site).state == MonthState.OPEN
    assert month_state(two[0], JUNE).state == MonthState.OPEN


def test_one_who_sees_some_of_the_sites_closes_site_by_site(programme, written):
    from kimbilio.accounts.models import Site

    Site.objects.create(organisation=programme.organisation, name="Ruiru", county="Kiambu")
    some = officer_at(programme.site, programme.other_site)
    with pytest.raises(Refused, match="Choose a site"):
        propose_close(by=some, month=JUNE)
    assert propose_close(by=some, month=JUNE, site=programme.site).site == programme.site


@pytest.mark.parametrize("role", [Role.REPORT_READER, Role.DESK_OFFICER, Role.ADMINISTRATOR])
def test_others_close_nothing(programme, two, role):
    close = propose_close(by=two[0], month=JUNE, site=programme.site)
    other = officer_at(programme.site, role=role)
    for ask in (
        lambda: propose_close(by=other, month=JUNE, site=programme.site),
        lambda: confirm_close(by=other, close=close),
        lambda: withdraw_close(by=other, close=close),
    ):
        with pytest.raises(Refused):
            ask()


def test_each_step_is_written_down(programme, two):
    closed(two, programme.site)
    told = AuditEvent.objects.filter(event__startswith="reports.close").order_by("seq")
    assert [(one.event, one.actor_id) for one in told] == [
        ("reports.close_proposed", two[0].staff_id),
        ("reports.close_confirmed", two[1].staff_id),
    ]
    assert told[0].detail == {"month": "2025-06", "revision": 1}

"""What has been kept for its time goes, once a manager confirmed its period: kind by kind, and no count changes."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.actions import record
from kimbilio.audit.models import AuditEvent
from kimbilio.config import examination
from kimbilio.core.refusals import Refused
from kimbilio.exchange.models import BookLine
from kimbilio.identity.models import IdentityRecord, Locator, PersonalDetails, Phone
from kimbilio.identity.name_search import search_names
from kimbilio.people.models import Client
from kimbilio.people.traces import tables_about_people
from kimbilio.privacy.actions import NewDisclosure, confirm_period, note_told, say_date_is_right
from kimbilio.privacy.choices import Ground, Kept, ToldWhom
from kimbilio.privacy.models import Disclosure, RetentionPeriod
from kimbilio.privacy.queries import date_is_doubtful, kinds_kept
from kimbilio.privacy.retention import forget_what_is_due_everywhere, would_go
from kimbilio.privacy.rules import PROPOSED_MONTHS, is_believed, kept_since
from kimbilio.reports.queries import figures_now
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, register_of, somebody
from tests.programme import Programme, actor_with, staff_with

LONG_AGO = timedelta(days=4000)


@pytest.fixture
def told(programme: Programme) -> Told:
    return somebody(programme, Canaries("somebody who was here long ago"))


@pytest.fixture
def manager(programme: Programme) -> Any:
    """The manager of all sites."""
    from kimbilio.accounts.models import SiteRole
    from kimbilio.accounts.queries import actor_for

    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation,
        staff=staff,
        site=programme.other_site,
        role=Role.PROGRAMME_MANAGER,
    )
    return actor_for(staff)


def long_ago(told: Told) -> None:
    """Have everything about a person be recorded, and replaced, long ago."""
    then = timezone.now() - LONG_AGO
    Client.objects.filter(pk=told.client.pk).update(recorded_at=then)
    for model, columns in tables_about_people():
        rows = model._default_manager.filter(**{columns[0]: told.client.pk})
        rows.update(recorded_at=then)
        if any(field.name == "replaced_at" for field in model._meta.concrete_fields):
            rows.filter(replaced_at__isnull=False).update(replaced_at=then)


def test_nothing_goes_before_a_manager_of_all_sites_has_confirmed(
    told: Told, programme: Programme, manager: Any
) -> None:
    long_ago(told)
    assert {one.kind.value: one.months for one in kinds_kept(manager)} == dict(PROPOSED_MONTHS)
    assert forget_what_is_due_everywhere() == 0
    with pytest.raises(Refused, match="all sites"):
        confirm_period(by=told.by, kind=Kept.NAMES, months=60, source="Our policy")
    with pytest.raises(Refused):
        confirm_period(
            by=actor_with(Role.DESK_OFFICER, programme.site), kind=Kept.NAMES, months=60, source="Our policy"
        )
    assert not RetentionPeriod.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_two_who_confirm_the_first_period_at_once_wait_for_each_other(manager: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        confirm_period(by=manager, kind=Kept.NAMES, months=60, source="Our policy")
    told = [query["sql"] for query in asked]
    held = next(n for n, sql in enumerate(told) if "accounts_organisation" in sql and "FOR NO KEY" in sql)
    written = next(n for n, sql in enumerate(told) if 'UPDATE "privacy_retentionperiod"' in sql)
    assert held < written


def test_names_of_people_not_seen_go_and_counts_stay(told: Told, manager: Any, programme: Programme) -> None:
    seen = somebody(programme, Canaries("somebody who still comes"))
    long_ago(told)
    assert search_names(told.by.organisation_id, " ".join(told.names), limit=5)
    before = figures_now(told.by, timezone.localdate().replace(day=1))
    due = would_go(told.by.organisation_id, Kept.NAMES, 60)
    confirm_period(by=manager, kind=Kept.NAMES, months=60, source="Our policy of 2026")
    assert forget_what_is_due_everywhere() == due > 0
    assert forget_what_is_due_everywhere() == 0
    for model, _columns in tables_about_people():
        if issubclass(model, IdentityRecord):
            assert not model._default_manager.filter(client=told.client).exists()
    assert PersonalDetails.objects.filter(client=seen.client).exists()
    assert search_names(told.by.organisation_id, " ".join(told.names), limit=5) == []
    assert figures_now(told.by, timezone.localdate().replace(day=1)) == before
    assert Client.objects.get(pk=told.client.pk).code == told.client.code


@pytest.mark.parametrize(("kind", "table", "left"), [(Kept.PLACES, Locator, 1), (Kept.CONTACTS, Phone, 1)])
def test_what_was_replaced_goes_and_what_stands_stays(
    told: Told, manager: Any, kind: Kept, table: Any, left: int
) -> None:
    first = table.objects.filter(client=told.client).earliest("pk")
    if table is Phone:
        first.pk, first.number, first.replaced_at = None, told.phone, timezone.now()
        first.save(force_insert=True) if first.pk else None
    table.objects.filter(client=told.client, replaced_at__isnull=False).update(
        replaced_at=timezone.now() - LONG_AGO
    )
    confirm_period(by=manager, kind=kind, months=12, source="Our policy")
    due = would_go(told.by.organisation_id, kind, 12)
    assert forget_what_is_due_everywhere() == due
    assert table.objects.filter(client=told.client).count() == left


def test_lines_that_wait_too_long_are_left_out(told: Told, manager: Any, programme: Programme) -> None:
    new = told.canaries
    register_of(told, programme, [["2/6/2025", new.number(), f"{new.word()} {new.word()}", new.phone(), "2"]])
    BookLine.objects.update(recorded_at=timezone.now() - LONG_AGO)
    confirm_period(by=manager, kind=Kept.WAITING_LINES, months=6, source="Our policy")
    assert forget_what_is_due_everywhere() == 1
    assert not BookLine.objects.filter(contents__isnull=False).exists()


def test_what_was_told_goes_and_that_it_was_told_stays(told: Told, manager: Any) -> None:
    new = NewDisclosure(ToldWhom.POLICE, Ground.COURT_ORDER, "what it was", timezone.localdate(), "a station")
    note_told(by=told.by, client=told.client, told=new)
    Disclosure.objects.update(recorded_at=timezone.now() - LONG_AGO)
    confirm_period(by=manager, kind=Kept.NOTES, months=84, source="Our policy")
    assert forget_what_is_due_everywhere() == 1
    (row,) = Disclosure.objects.all()
    assert (row.what, row.whom, row.told) == (None, None, ToldWhom.POLICE)


def test_it_is_audited_by_kind_and_count_and_a_new_period_replaces_the_one_before(
    told: Told, manager: Any
) -> None:
    Locator.objects.filter(replaced_at__isnull=False).update(replaced_at=timezone.now() - LONG_AGO)
    confirm_period(by=manager, kind=Kept.PLACES, months=600, source="First")
    assert forget_what_is_due_everywhere() == 0
    confirm_period(by=manager, kind=Kept.PLACES, months=6, source="Second")
    assert RetentionPeriod.objects.filter(replaced_at__isnull=True).get().source == "Second"
    assert forget_what_is_due_everywhere() == 1
    entry = AuditEvent.objects.filter(event="retention.carried_out").latest("seq")
    assert entry.detail == {"kind": "places", "rows": 1, "months": 6}


def test_a_period_is_reckoned_by_months() -> None:
    assert kept_since(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert kept_since(date(2026, 1, 15), 13) == date(2024, 12, 15)


@pytest.mark.parametrize(
    ("days", "believed"), [(-1, False), (0, True), (31, True), (32, False), (731, False)]
)
def test_a_date_is_believed_where_it_is_near_the_last_that_was(days: int, believed: bool) -> None:
    last = date(2026, 3, 4)
    assert is_believed(last + timedelta(days=days), last) == believed


def test_a_clock_two_years_ahead_deletes_nothing_until_a_manager_says_the_date_is_right(
    told: Told, manager: Any, programme: Programme
) -> None:
    Locator.objects.filter(replaced_at__isnull=False).update(replaced_at=timezone.now() - timedelta(days=1))
    confirm_period(by=manager, kind=Kept.PLACES, months=6, source="Our policy")
    assert forget_what_is_due_everywhere() == 0
    with time_machine.travel(timezone.now() + timedelta(days=731)) as clock:
        # Work goes on under the wrong clock, and a whole day of it makes the date no truer.
        for _day in range(3):
            assert forget_what_is_due_everywhere() == 0
            with transaction.atomic():
                record(organisation_id=programme.organisation.pk, actor_id=None, event="person.opened")
            clock.shift(timedelta(days=1))
        assert date_is_doubtful(manager)
        assert [one.ok for one in examined()] == [False]
        with pytest.raises(Refused, match="all sites"):
            say_date_is_right(by=told.by)
        say_date_is_right(by=manager)
        assert [one.ok for one in examined()] == [True]
        assert AuditEvent.objects.filter(event="retention.date_right", actor_id=manager.staff_id).count() == 1
        assert forget_what_is_due_everywhere() == 1
    # The clock goes back to the true day: the days to come were believed, so it waits again.
    assert date_is_doubtful(manager)


def test_a_home_that_is_used_goes_on_by_itself(told: Told, manager: Any) -> None:
    Locator.objects.filter(replaced_at__isnull=False).update(replaced_at=timezone.now())
    confirm_period(by=manager, kind=Kept.PLACES, months=2, source="Our policy")
    with time_machine.travel(timezone.now()) as clock:
        gone = []
        for _times in range(4):
            clock.shift(timedelta(days=30))
            gone.append(forget_what_is_due_everywhere())
    assert sum(gone) == 1
    assert gone[0] == 0
    with (
        pytest.raises(Refused, match="Nothing waits"),
        time_machine.travel(timezone.now() + timedelta(days=120)),
    ):
        say_date_is_right(by=manager)


def examined() -> list[examination.Finding]:
    """Return what the doctor says of dates."""
    return [examination._dates()]

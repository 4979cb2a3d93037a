"""Lists and days: recorded, corrected, taken back; what was recorded last stands, and everything is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.actions import correct_day, record_clinic_list, record_days, withdraw_lists
from kimbilio.mat.choices import DayMark, ListKind, Source
from kimbilio.mat.models import ClinicList, DoseLine, StandingMonth
from kimbilio.mat.queries import clinic_lists_of, day_at, day_count
from kimbilio.mat.tests.clinic import days_by_letter, make_place
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
M = DayMark
DAY = date(2025, 6, 10)
MAY_RECORD = {Role.MAT_LIAISON, Role.PROGRAMME_MANAGER}


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site)


def on_day(place, day: date = DAY) -> str:
    """What stands of each person on a day, by the first letter of the mark."""
    at = day_at(place.clinic, day)
    return "".join(str(at.get(client.pk, "."))[0].upper() for client in place.people)


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_RECORD])
def test_only_the_liaison_and_the_manager_record_lists(place, actor: MakeActor, role: Role) -> None:
    by, marks = actor(role), place.marks("PPP")
    for attempt in (
        lambda: record_clinic_list(by=by, clinic=place.clinic, day=DAY, marks=marks),
        lambda: record_days(by=by, clinic=place.clinic, days={place.people[0].pk: {DAY: M.DOSED}}),
        lambda: correct_day(by=by, client=place.people[0], clinic=place.clinic, day=DAY, mark=M.DOSED),
        lambda: withdraw_lists(by=by, site=place.site, lists=[]),
    ):
        with pytest.raises(Refused):
            attempt()
    assert not ClinicList.objects.exists()


def test_a_list_is_kept_with_everybody_on_it_and_is_in_the_audit_by_its_digest(place) -> None:
    made = place.list_of(DAY, "PAP")
    assert (made.people, made.kind, made.source) == (3, ListKind.DAY, Source.CLINIC_LIST)
    assert DoseLine.objects.filter(clinic_list=made).count() == 3
    assert on_day(place) == "DMD"
    entry = AuditEvent.objects.get(event="mat.list_recorded")
    assert (entry.about, entry.record_id, entry.site_id) == (None, made.pk, place.site.pk)
    assert entry.detail == {"rows": 3, "digest": bytes(made.digest).hex()}


def test_the_check_of_the_days_list_adds_up(place) -> None:
    place.list_of(DAY, "PAP")
    count = day_count(place.clinic, DAY)
    assert (count.people, count.by_mark[M.DOSED], count.by_mark[M.MISSED]) == (3, 2, 1)
    assert day_count(place.clinic, DAY + timedelta(days=1)).people == 0


def test_the_digest_tells_who_was_on_the_list_and_with_which_mark(place) -> None:
    lists = [place.list_of(DAY, letters) for letters in ("PAP", "PAP", "PPA", "PP.")]
    digests = [bytes(one.digest) for one in lists]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_a_later_list_of_the_same_day_replaces_the_earlier_one_and_nothing_is_lost(place) -> None:
    first = place.list_of(DAY, "PAP")
    second = place.list_of(DAY, "AP.")
    assert on_day(place) == "MD."
    first.refresh_from_db()
    assert (first.replaced_at is not None, second.replaced_at) == (True, None)
    assert DoseLine.objects.count() == 5
    assert list(clinic_lists_of(place.clinic, DAY, DAY)) == [second, first]


def test_a_late_list_of_an_earlier_day_leaves_the_other_days_alone(place) -> None:
    place.list_of(DAY, "PAP")
    place.list_of(DAY - timedelta(days=1), "AAA")
    assert (on_day(place), on_day(place, DAY - timedelta(days=1))) == ("DMD", "MMM")


def test_twice_the_same_list_changes_nothing_that_stands(place) -> None:
    place.list_of(DAY, "PAJ")
    before = list(StandingMonth.objects.values_list("client", "month", "signs").order_by("client"))
    place.list_of(DAY, "PAJ")
    assert list(StandingMonth.objects.values_list("client", "month", "signs").order_by("client")) == before


def test_a_book_says_nothing_of_its_blanks(place) -> None:
    place.list_of(DAY, "PAP")
    rows = {place.people[0].pk: "A.A", place.people[1].pk: "..P"}
    (made,) = record_days(
        by=place.by, clinic=place.clinic, days=days_by_letter(DAY - timedelta(days=1), rows)
    )
    assert (made.kind, made.people, made.source) == (ListKind.BOOK, 2, Source.BOOK)
    days = [DAY + timedelta(days=n) for n in (-1, 0, 1)]
    assert [on_day(place, day) for day in days] == ["M..", "DMD", "MD."]


def test_a_book_over_two_months_is_one_list_a_month(place) -> None:
    days = {place.people[0].pk: {date(2025, 5, 31): M.DOSED, date(2025, 6, 1): M.MISSED}}
    made = record_days(by=place.by, clinic=place.clinic, days=days)
    assert [one.month for one in made] == [date(2025, 5, 1), date(2025, 6, 1)]
    entry = AuditEvent.objects.get(event="mat.days_recorded")
    assert (entry.detail["rows"], len(entry.detail["digest"])) == (2, 64)


def test_one_day_is_put_right_for_one_person(place) -> None:
    place.list_of(DAY, "PAP")
    line = correct_day(by=place.by, client=place.people[1], clinic=place.clinic, day=DAY, mark=M.DOSED)
    assert on_day(place) == "DDD"
    entry = AuditEvent.objects.get(event="mat.day_corrected")
    assert (entry.about, entry.record_id) == (place.people[1].pk, line.pk)
    correct_day(
        by=place.by,
        client=place.people[1],
        clinic=place.clinic,
        day=DAY,
        mark=M.UNKNOWN,
        source=Source.PERSON,
    )
    assert on_day(place) == "DUD"


def test_whatever_was_recorded_last_stands(place) -> None:
    correct_day(by=place.by, client=place.people[0], clinic=place.clinic, day=DAY, mark=M.ADMITTED)
    place.list_of(DAY, "PA.")
    assert on_day(place) == "DM."


def test_a_list_that_is_taken_back_uncovers_what_stood_before(place) -> None:
    first = place.list_of(DAY, "PAP")
    (book,) = record_days(by=place.by, clinic=place.clinic, days={place.people[0].pk: {DAY: M.MISSED}})
    last = place.list_of(DAY, "..A")
    assert on_day(place) == "..M"
    withdraw_lists(by=place.by, site=place.site, lists=[last.pk])
    assert on_day(place) == "MMD"
    first.refresh_from_db()
    assert first.replaced_at is None
    withdraw_lists(by=place.by, site=place.site, lists=[book.pk, first.pk])
    assert on_day(place) == "..."
    assert not StandingMonth.objects.exists()
    assert (ClinicList.objects.count(), DoseLine.objects.count()) == (3, 5)
    assert {row.pk for row in clinic_lists_of(place.clinic, DAY, DAY) if row.withdrawn_at} == {
        first.pk,
        book.pk,
        last.pk,
    }


def test_taking_back_an_earlier_list_does_not_disturb_the_later_one(place) -> None:
    first, second = place.list_of(DAY, "PPP"), place.list_of(DAY, "AAA")
    withdraw_lists(by=place.by, site=place.site, lists=[first.pk])
    second.refresh_from_db()
    assert (on_day(place), second.replaced_at) == ("MMM", None)


def test_what_is_taken_back_twice_is_taken_back_once(place) -> None:
    made = place.list_of(DAY, "PPP")
    assert withdraw_lists(by=place.by, site=place.site, lists=[made.pk]) == [made]
    assert withdraw_lists(by=place.by, site=place.site, lists=[made.pk]) == []


def test_a_list_without_anybody_and_a_day_to_come_are_refused(place) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for letters, day in (("", DAY), ("???", DAY), ("PPP", tomorrow)):
        with pytest.raises(Refused):
            place.list_of(day, letters)
    with pytest.raises(Refused):
        record_days(
            by=place.by, clinic=place.clinic, days={place.people[0].pk: {DAY: M.DOSED, tomorrow: M.DOSED}}
        )
    with pytest.raises(Refused):
        correct_day(by=place.by, client=place.people[0], clinic=place.clinic, day=tomorrow, mark=M.DOSED)
    assert not ClinicList.objects.exists()


def test_a_book_that_says_nothing_makes_no_list(place) -> None:
    assert record_days(by=place.by, clinic=place.clinic, days={}) == []
    assert record_days(by=place.by, clinic=place.clinic, days={place.people[0].pk: {}}) == []


def test_people_clinics_and_lists_of_others_are_not_there(programme: Programme, place) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        theirs = make_place(actor_with(Role.MAT_LIAISON, site), site, count=1)
        made = theirs.list_of(DAY, "P")
        stranger = theirs.people[0].pk
        with pytest.raises(NotHere):
            record_clinic_list(by=place.by, clinic=theirs.clinic, day=DAY, marks=place.marks("PPP"))
        with pytest.raises(NotHere):
            record_clinic_list(by=place.by, clinic=place.clinic, day=DAY, marks={stranger: M.DOSED})
        with pytest.raises(NotHere):
            record_days(by=place.by, clinic=place.clinic, days={stranger: {DAY: M.DOSED}})
        with pytest.raises(NotHere):
            correct_day(by=place.by, client=theirs.people[0], clinic=place.clinic, day=DAY, mark=M.DOSED)
        assert withdraw_lists(by=place.by, site=place.site, lists=[made.pk]) == []
    with pytest.raises(NotHere):
        correct_day(by=place.by, client=place.people[0], clinic=theirs.clinic, day=DAY, mark=M.DOSED)


def test_when_the_audit_cannot_be_written_nothing_is_recorded(place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(**_: Any) -> None:
        raise OSError("no space left")

    made = place.list_of(DAY, "PAP")
    before = (ClinicList.objects.count(), DoseLine.objects.count())
    monkeypatch.setattr("kimbilio.accounts.action.record", full_disk)
    for attempt in (
        lambda: place.list_of(DAY, "AAA"),
        lambda: record_days(by=place.by, clinic=place.clinic, days={place.people[0].pk: {DAY: M.MISSED}}),
        lambda: withdraw_lists(by=place.by, site=place.site, lists=[made.pk]),
    ):
        with pytest.raises(OSError, match="no space"):
            attempt()
    assert (ClinicList.objects.count(), DoseLine.objects.count()) == before
    assert on_day(place) == "DMD"
    assert ClinicList.objects.get().withdrawn_at is None

"""A month of attendance is taken in: its lines find their people, and a day of nobody is a day without a list."""

from datetime import date

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import lines_of, preview_book
from kimbilio.exchange.tests.door import JUMA, PEOPLE, ZAWADI, Door, attendance, fates, line_list
from kimbilio.exchange.tests.making import as_csv
from kimbilio.mat.choices import DayMark
from kimbilio.mat.models import ClinicList, DoseLine, StandingMonth
from kimbilio.mat.queries import days_without_a_list, runs_as_at
from kimbilio.places.models import MatClinic


@pytest.fixture
def door(programme) -> Door:
    door = Door(programme)
    door.takes_in(line_list(*PEOPLE))
    return door


def signs() -> list[str]:
    return sorted(row.rstrip() for row in StandingMonth.objects.values_list("signs", flat=True))


def test_the_days_of_each_person_stand_as_the_book_says(door):
    made = door.takes_in(
        attendance([("KRR 00001", "P", "P", "A", "", "TH"), ("KRR00002", "P", "A", "A", "", "J")])
    )
    assert fates(made) == {"rows": 2, "accepted": 2}
    assert signs() == sorted(["++- h", "+-- j"])
    assert made.month == "2025-06"
    assert made.clinic == door.clinic


def test_a_day_on_which_nobody_has_an_entry_is_a_day_without_a_list(door):
    door.takes_in(attendance([("KRR00001", "P", "", "P"), ("KRR00002", "P", "", "A")]))
    missing = days_without_a_list(door.clinic, date(2025, 6, 1), date(2025, 6, 3))
    assert missing == [date(2025, 6, 2)]


def test_a_day_that_has_not_come_is_not_told_as_one_without_an_entry(door, monkeypatch):
    monkeypatch.setattr("kimbilio.exchange.queries.previewing.timezone.localdate", lambda: date(2025, 6, 4))
    preview = preview_book(door.by, door.site, attendance([("KRR00001", "P", "", "P"), ("KRR00002", "P")]))
    assert preview.days_without_a_list == [date(2025, 6, 2), date(2025, 6, 4)]


def test_runs_of_absences_follow_from_the_book(door):
    door.takes_in(attendance([("KRR00001", *["P"] * 25, *["A"] * 5)]))
    (run,) = runs_as_at(door.by, door.site, date(2025, 6, 30))
    assert (run.days, run.step) == (5, "5+")


def test_the_same_lines_again_add_nothing_and_a_longer_line_adds_its_new_days(door):
    book = attendance([("KRR00001", "P", "A")])
    door.takes_in(book)
    assert fates(door.takes_in(book)) == {"rows": 1, "copies": 1}
    assert ClinicList.objects.count() == 1
    made = door.takes_in(attendance([("KRR00001", "P", "A", "P")]))
    assert fates(made) == {"rows": 1, "accepted": 1}
    assert signs() == ["+-+"]


def test_a_number_that_nobody_has_waits_and_is_taken_once_the_person_is_known(door):
    stranger = ("KRR00077", "P", "P")
    book = attendance([stranger, ("KRR00001", "P", "P")])
    assert fates(door.takes_in(book)) == {"rows": 2, "accepted": 1, "unknown": 1}
    assert fates(door.takes_in(book)) == {"rows": 2, "copies": 1, "unknown": 1}
    assert BookLine.objects.filter(contents__isnull=False).count() == 1
    newcomer = ["KSS-0077", "Amina", "Said", "Nyale", "F", "", "", "", "", "KRR00077", "1/5/2025", "Active"]
    door.takes_in(line_list(newcomer))
    made = door.takes_in(book)
    assert fates(made) == {"rows": 2, "copies": 1, "accepted": 1}
    assert not [row for row in BookLine.objects.all() if row.waits]
    assert len(signs()) == 2


def test_a_number_that_two_people_have_waits(door):
    second = ZAWADI.copy()
    second[0], second[1:4] = "KSS-0044", ["Amina", "Said", "Nyale"]
    door.takes_in(line_list(second))
    made = door.takes_in(attendance([("KRR00001", "P")]))
    assert fates(made) == {"rows": 1, "ambiguous": 1}
    assert lines_of(door.by, made)[0].reason == "Several people have the number KRR00001."
    assert not DoseLine.objects.exists()


def named(*lines: list[str]) -> GivenBook:
    rows = [["DOSING JUNE 2025"], ["MAT No.", "Name", *range(1, 31)], *lines]
    return GivenBook(Kind.ATTENDANCE, "named.csv", as_csv(rows))


def test_without_a_number_three_names_that_match_exactly_are_enough(door):
    made = door.takes_in(named(["", "Juma Omar Baya", "P", "", "P"]))
    assert fates(made) == {"rows": 1, "accepted": 1}
    assert lines_of(door.by, made)[0].code == JUMA[0]


def test_a_part_of_a_name_waits_and_a_name_that_nobody_has_is_unknown(door):
    made = door.takes_in(named(["", "Juma Baya", "P", "", ""], ["", "Nobody Like This", "P", "", ""]))
    assert fates(made) == {"rows": 2, "ambiguous": 1, "unknown": 1}


def test_a_number_beside_clearly_another_name_waits(door):
    made = door.takes_in(
        named(["KRR00001", "Juma Omar Baya", "P", "", ""], ["KRR00002", "Juma B.", "P", "", ""])
    )
    assert fates(made) == {"rows": 2, "ambiguous": 1, "accepted": 1}
    assert lines_of(door.by, made)[0].reason == "The number is one person's, and the name exactly another's."


def test_a_line_for_each_day_is_taken_like_a_month(door):
    rows = [["Date", "MAT No.", "Attendance"], ["2/6/2025", "KRR00001", "P"], ['"', "KRR00002", "A"]]
    rows += [["3/6/2025", "KRR00001", "A"]]
    made = door.takes_in(GivenBook(Kind.ATTENDANCE, "daily.csv", as_csv(rows)))
    assert fates(made) == {"rows": 3, "accepted": 3}
    assert signs() == [" +-", " -"]


def test_lines_that_contradict_each_other_wait(door):
    made = door.takes_in(attendance([("KRR00001", "P", "P"), ("KRR00001", "P", "A")]))
    assert fates(made) == {"rows": 2, "accepted": 1, "ambiguous": 1}


def test_what_is_written_and_not_known_says_nothing(door):
    door.takes_in(attendance([("KRR00001", "P", "zz", "P")], marks={"zz": "unknown"}))
    assert signs() == ["+ +"]
    assert DayMark.UNKNOWN not in signs()[0]


def test_a_month_that_nothing_says_is_asked_for_and_a_wrong_one_refused(door):
    rows = [["MAT No.", 1, 2, 3], ["KRR00001", "P", "P", "A"]]
    with pytest.raises(Refused, match="month"):
        door.takes_in(GivenBook(Kind.ATTENDANCE, "book.csv", as_csv(rows)))
    assert not ClinicList.objects.exists()


def test_a_site_without_a_clinic_or_with_two_is_told_so(door):
    MatClinic.objects.create(organisation=door.site.organisation, site=door.site, name="Another")
    book = attendance([("KRR00001", "P")])
    with pytest.raises(Refused, match="several"):
        door.takes_in(book)
    from dataclasses import replace

    assert fates(door.takes_in(replace(book, clinic=door.clinic))) == {"rows": 1, "accepted": 1}


def test_days_are_recorded_only_by_who_may_record_days(programme):
    desk = Door(programme, Role.DESK_OFFICER)
    with pytest.raises(Refused, match="steps on MAT"):
        desk.takes_in(attendance([("KRR00001", "P")]))

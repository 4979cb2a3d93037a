"""A line list is taken in: people are registered with all that it says of them, and nothing is lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import lines_of
from kimbilio.exchange.tests.door import HEADINGS, JUMA, PEOPLE, PETER, UNREAD, ZAWADI, Door, fates, line_list
from kimbilio.exchange.tests.making import as_csv
from kimbilio.identity.queries import clients_with_outside_number, identity_of
from kimbilio.mat.models import JourneyStep
from kimbilio.people.choices import BirthPrecision, ConsentManner, HowTheyCame
from kimbilio.people.models import Client, Consent
from tests.programme import Programme


@pytest.fixture
def door(programme: Programme) -> Door:
    return Door(programme)


def known_as(door: Door, number: str) -> Client:
    (found,) = clients_with_outside_number(door.site.organisation_id, number)
    return Client.objects.get(pk=found)


def steps_of(client: Client) -> set[tuple[str, date]]:
    return set(JourneyStep.objects.filter(client=client).values_list("kind", "occurred_on"))


def test_each_line_is_a_person_with_names_numbers_and_steps(door):
    made = door.takes_in(line_list(*PEOPLE))
    assert fates(made) == {"rows": 3, "accepted": 3}
    zawadi = known_as(door, "kss 0001")
    identity = identity_of(zawadi)
    assert (identity.details.first, identity.details.middle, identity.details.last) == (
        "Zawadi",
        "Chege",
        "Mkamburi",
    )
    assert identity.details.birth_date == "1990-03-12"
    assert [phone.number for phone in identity.phones] == ["+254712345678"]
    assert {(number.kind, number.number) for number in identity.numbers} == {
        ("old_code", "KSS-0001"),
        ("mat_number", "KRR00001"),
    }
    assert (zawadi.sex, zawadi.birth_year, zawadi.birth_precision) == ("female", 1990, BirthPrecision.DATE)
    assert (zawadi.ward.name, zawadi.first_contact_on) == ("Karuri", date(2023, 2, 1))
    assert zawadi.how_they_came == HowTheyCame.OLD_BOOKS
    assert steps_of(zawadi) == {("inducted", date(2023, 5, 4))}


def test_consent_is_taken_over_from_the_book_and_still_to_be_asked(door):
    door.takes_in(line_list(*PEOPLE))
    assert set(Consent.objects.values_list("manner", flat=True)) == {ConsentManner.EARLIER_BOOKS}


def test_an_undated_status_is_as_at_the_last_day_that_the_book_tells_of(door):
    door.takes_in(line_list(*PEOPLE))
    assert steps_of(known_as(door, "KRR00002")) == {
        ("inducted", date(2022, 9, 1)),
        ("completed", date(2024, 9, 9)),
    }


def test_an_estate_that_is_no_ward_is_kept_in_words(door):
    made = door.takes_in(line_list(*PEOPLE))
    juma = known_as(door, "KSS-0002")
    assert juma.ward is None
    assert identity_of(juma).locator.where == "Banana"
    assert lines_of(door.by, made)[1].notes == ("'Banana' is no ward here, and is kept in words.",)


def test_a_remark_is_kept_among_the_words_on_where_to_find_them(door):
    book = as_csv([[*HEADINGS, "Remarks"], [*JUMA, "call evening"], [*ZAWADI, "new card"]])
    door.takes_in(GivenBook(Kind.LINE_LIST, "line-list.csv", book))
    assert identity_of(known_as(door, "KSS-0002")).locator.where == "Banana; call evening"
    assert identity_of(known_as(door, "KSS-0001")).locator.where == "new card"


def test_a_line_that_cannot_be_read_waits_sealed_and_registers_nobody(door):
    made = door.takes_in(line_list(*PEOPLE, UNREAD))
    assert fates(made) == {"rows": 4, "accepted": 3, "unreadable": 1}
    assert Client.objects.count() == 3
    (waiting,) = BookLine.objects.filter(contents__isnull=False)
    assert b"Code" not in bytes(waiting.__dict__["contents"])
    assert "written" in waiting.contents


def test_the_same_lines_again_are_copies_in_whatever_book_and_style(door):
    door.takes_in(line_list(*PEOPLE))
    other_style = [line.copy() for line in PEOPLE]
    other_style[0][0], other_style[0][5], other_style[0][6] = "kss/0001", "12-Mar-1990", "+254 712 345 678"
    made = door.takes_in(line_list(*other_style[::-1], name="other.csv"))
    assert fates(made) == {"rows": 3, "copies": 3}
    assert Client.objects.count() == 3
    assert lines_of(door.by, made)[2].reason == "The same as line 2 of import 1."


def test_what_is_new_of_a_known_person_is_added_and_what_stands_is_kept(door):
    door.takes_in(line_list(*PEOPLE))
    later = ZAWADI.copy()
    later[1], later[6], later[11] = "Zawadhi", "0799000222", "LTFU"
    made = door.takes_in(line_list(later))
    assert fates(made) == {"rows": 1, "accepted": 1}
    identity = identity_of(known_as(door, "KSS-0001"))
    assert identity.details.first == "Zawadi"
    assert [phone.number for phone in identity.phones] == ["+254712345678", "+254799000222"]
    assert len(identity.numbers) == 2
    assert ("out_of_touch", date(2023, 5, 4)) in steps_of(known_as(door, "KSS-0001"))


def test_a_status_that_stands_already_is_not_told_again_with_another_day(door):
    door.takes_in(line_list(*PEOPLE))
    before = steps_of(known_as(door, "KSS-0002"))
    later = [*JUMA[:6], "0733999888", *JUMA[7:]]
    assert fates(door.takes_in(line_list(later, month=Month(2025, 6)))) == {"rows": 1, "accepted": 1}
    assert steps_of(known_as(door, "KSS-0002")) == before
    later[11] = "Re-inducted"
    door.takes_in(line_list(later, month=Month(2025, 6)))
    assert steps_of(known_as(door, "KSS-0002")) - before == {("re_inducted", date(2025, 6, 30))}


def test_a_known_code_beside_clearly_other_names_waits_with_whom_it_could_be(door):
    door.takes_in(line_list(*PEOPLE))
    other = PETER.copy()
    other[0] = "KSS-0001"
    made = door.takes_in(line_list(other))
    assert fates(made) == {"rows": 1, "ambiguous": 1}
    assert Client.objects.count() == 3


def test_a_person_entered_under_two_codes_enters_twice_and_the_pair_is_offered(door):
    again = ZAWADI.copy()
    again[0], again[1], again[9:] = "KSS-0099", "Zawadhi", ["", "", ""]
    made = door.takes_in(line_list(*PEOPLE, again))
    assert fates(made) == {"rows": 4, "accepted": 4, "duplicates": 1}


def test_a_code_that_stands_twice_in_a_book_is_one_person(door):
    second = ZAWADI.copy()
    second[6] = "0733111222"
    made = door.takes_in(line_list(ZAWADI, second))
    assert fates(made) == {"rows": 2, "accepted": 2}
    assert len(identity_of(known_as(door, "KSS-0001")).phones) == 2


def test_the_same_codes_at_another_site_are_other_people(door, programme):
    from kimbilio.accounts.roles import Role
    from tests.programme import actor_with

    door.takes_in(line_list(*PEOPLE))
    door.site, door.by = programme.other_site, actor_with(Role.PROGRAMME_MANAGER, programme.other_site)
    assert fates(door.takes_in(line_list(*PEOPLE))) == {"rows": 3, "accepted": 3}


@pytest.mark.parametrize("bad", [b"", b"%PDF-1.4", b"a,b\n1,2\n", b"Code,Age\nKSS-1,3\n"])
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_half_done(door, bad):
    from kimbilio.exchange.books.fields import Kind
    from kimbilio.exchange.kinds import GivenBook

    with pytest.raises(Refused) as refused:
        door.takes_in(GivenBook(Kind.LINE_LIST, "bad.csv", bad))
    assert str(refused.value).endswith(".")
    assert not BookLine.objects.exists()


def test_a_day_that_has_not_come_is_left_out_and_noted(door):
    line = ZAWADI.copy()
    line[10] = f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}"
    made = door.takes_in(line_list(line))
    assert fates(made) == {"rows": 1, "corrected": 1}
    assert steps_of(known_as(door, "KSS-0001")) <= {("already_on_mat", date(2023, 2, 1))}


def test_nobody_takes_books_in_at_a_site_out_of_their_reach(door, programme):
    for site in (programme.other_site, programme.site_elsewhere):
        door.site = site
        with pytest.raises(NotHere):
            door.takes_in(line_list(*PEOPLE))


def test_the_sum_of_the_fates_is_the_rows(door):
    made = door.takes_in(line_list(ZAWADI, JUMA, ZAWADI, UNREAD, UNREAD, PETER))
    told = fates(made)
    assert told == {"rows": 6, "accepted": 3, "copies": 1, "unreadable": 2}
    assert made.lines.count() == made.rows

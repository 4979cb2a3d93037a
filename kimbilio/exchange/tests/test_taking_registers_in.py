"""Visit registers are taken in: lines find their people, become visits, and the same lines again add nothing."""

from datetime import date

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import preview_book, remarks_on
from kimbilio.exchange.tests.door import PEOPLE, Door, contents_of_tables, fates, line_list
from kimbilio.exchange.tests.fiction import some_people
from kimbilio.exchange.tests.making import as_csv, as_xlsx
from kimbilio.exchange.tests.test_visit_registers import month_of
from kimbilio.exchange.tests.visit_books import Style, a_register
from kimbilio.exchange.tests.visit_fiction import sums_of
from kimbilio.exchange.tests.visits_at_door import HEADINGS, Kind, a_line, figures, register, standing_visits
from kimbilio.people.models import Client
from kimbilio.stock.models import Movement
from kimbilio.visits.choices import VisitSource
from kimbilio.visits.models import SiteService, Visit

ZAWADI, JUMA, PETER = "KSS-0001", "KSS-0002", "KSS-0003"


@pytest.fixture
def door(programme) -> Door:
    """The door of a site that knows three people."""
    found = Door(programme)
    found.takes_in(line_list(*PEOPLE))
    return found


def test_a_line_becomes_a_visit_with_what_was_given_and_done(door):
    made = door.takes_in(register(a_line(1, "2/6/2025", ZAWADI, "Zawadi M.", "4pcs", 2, "-", "✓")))
    assert fates(made) == {"rows": 1, "accepted": 1}
    (visit,) = standing_visits()
    assert (visit.occurred_on, visit.source, visit.at_site) == (date(2025, 6, 2), VisitSource.BOOK, door.site)
    assert figures() == {"visits": 1, "needles": 4, "needles_returned": 2, "hiv_referral": 1}
    assert made.month == "2025-06"
    assert Movement.objects.get().quantity == 4


@pytest.mark.parametrize("code", ["kss-0001", "KSS 0001", "KSS/0001", "KSSOOO1", " KSS-OO01 "])
def test_a_code_is_read_however_it_is_typed(door, code):
    lines = [a_line(n, "2/6/2025", each) for n, each in enumerate([code, JUMA, PETER, JUMA, PETER], 1)]
    assert fates(door.takes_in(register(*lines))) == {"rows": 5, "accepted": 5}
    assert Visit.objects.filter(client__in=Client.objects.filter(sex="female")).count() == 1


def test_a_card_code_of_ours_is_known_too(door):
    card = Client.objects.filter(sex="female").get().code
    made = door.takes_in(
        register(a_line(1, "2/6/2025", f"{card[:3]}-{card[3:]}"), a_line(2, "2/6/2025", JUMA))
    )
    assert fates(made)["accepted"] == 2


def test_without_a_code_a_line_is_of_the_one_person_with_exactly_these_three_names(door):
    lines = [("Peter Kamau Waweru", "accepted"), ("Peter Kamau", "ambiguous"), ("Peter K.", "ambiguous")]
    lines += [("PETER KAMAU WAWERU", "accepted"), ("Brian Kiprotich Otieno", "unknown"), ("B. O.", "unknown")]
    made = door.takes_in(
        register(*[a_line(n, "2/6/2025", "", name) for n, (name, _fate) in enumerate(lines)])
    )
    found = BookLine.objects.filter(book_import=made).order_by("position")
    assert [line.fate for line in found] == [fate for _name, fate in lines]


def test_a_name_that_two_people_share_waits(door):
    door.takes_in(line_list(["KSS-0004", "Peter", "Kamau", "Waweru", "M", *[""] * 7]))
    made = door.takes_in(
        register(a_line(1, "2/6/2025", "", "Peter Kamau Waweru"), a_line(2, "2/6/2025", PETER))
    )
    assert fates(made) == {"rows": 2, "accepted": 1, "ambiguous": 1}


@pytest.mark.parametrize(
    ("name", "fate"),
    [
        ("Peter K.", LineFate.ACCEPTED),
        ("PETER WAWERU", LineFate.ACCEPTED),
        ("Peter Kamaw Waweru", LineFate.ACCEPTED),
        ("?", LineFate.ACCEPTED),
        ("", LineFate.ACCEPTED),
        ("Peter Kimani Waweru", LineFate.CORRECTED),  # two of three are his
        ("S. Ngala", LineFate.CORRECTED),  # too little to speak against a code, and said
        ("Said Katana Mwaringa", LineFate.AMBIGUOUS),  # clearly another name
        ("Juma Omar Baya", LineFate.AMBIGUOUS),  # exactly another's
    ],
)
def test_a_name_speaks_against_a_code_only_where_it_is_clearly_anothers(door, name, fate):
    made = door.takes_in(register(a_line(1, "2/6/2025", PETER, name), a_line(2, "2/6/2025", JUMA)))
    assert BookLine.objects.get(book_import=made, position=1).fate == fate


def test_nobodys_code_and_no_day_wait_each_with_its_reason(door):
    lines = [
        a_line(1, "2/6/2025", "KSS-0999"),
        a_line(2, "??", JUMA),
        a_line(3, ",,", JUMA),
        a_line(4, "", JUMA),
    ]
    lines += [a_line(5, "2/6/2035", JUMA), a_line(6, "2/6/2025", "????", "?", 4), a_line(7, "2/6/2025", JUMA)]
    made = door.takes_in(register(*lines))
    assert fates(made) == {"rows": 7, "accepted": 1, "unknown": 1, "unreadable": 5}
    assert figures() == {"visits": 1}


def test_the_same_number_person_and_day_on_a_sheet_is_a_copy_whatever_else_it_says(door):
    lines = [
        a_line(1, "2/6/2025", PETER, "", 4),
        a_line(2, '"', JUMA, "", 2),
        a_line(1, "02.06.2025", PETER, "", 4),
    ]
    lines += [
        a_line(1, "2/6/2025", "", "Peter Kamau Waweru", 6),
        a_line(1, "2/6/2025", JUMA),
        a_line(3, '"', PETER, "", 4),
    ]
    lines += [a_line("", "2/6/2025", PETER, "", 4), a_line("", "2/6/2025", PETER, "", 4)]
    made = door.takes_in(register(*lines))
    assert fates(made) == {"rows": 8, "accepted": 6, "copies": 2}
    found = BookLine.objects.filter(book_import=made, fate=LineFate.COPIES)
    assert {line.copy_of.position for line in found} == {1}
    again = door.takes_in(register(*lines, name="again.csv"))
    assert fates(again) == {"rows": 8, "copies": 8}


def test_the_same_number_on_another_sheet_is_another_visit_unless_all_is_the_same(door):
    first = [HEADINGS, a_line(1, "2/6/2025", PETER, "", 4)]
    sheets = {"Wk 1": first, "Wk 2": [HEADINGS, a_line(1, "2/6/2025", PETER, "", 6)], "Copy of Wk 1": first}
    made = door.takes_in(GivenBook(Kind.REGISTER, "register.xlsx", as_xlsx(sheets)))
    assert fates(made) == {"rows": 3, "accepted": 2, "copies": 1}


def test_a_line_that_came_before_adds_nothing_in_any_file_order_or_style(door):
    lines = [a_line(n, f"{n}/6/2025", code, "", n) for n, code in enumerate([ZAWADI, JUMA, PETER] * 3, 1)]
    door.takes_in(register(*lines[:6]))
    turned = [line[::-1] for line in reversed(lines)]
    turned = [[*line[:8], f"0{line[8].replace('/', '.')}", line[9]] for line in turned]
    later = register(*turned, headings=HEADINGS[::-1], name="later.csv")
    assert fates(door.takes_in(later)) == {"rows": 9, "accepted": 3, "copies": 6}
    assert figures()["visits"] == 9


@pytest.mark.parametrize("seed", [0, 3, 5, 11, 21, 30])
def test_a_register_of_another_programme_adds_up_and_goes_back_whole(programme, seed):
    style, visits, door = Style(seed), month_of(seed), Door(programme)
    people = [
        [style.code_of(who), who.first, who.middle, who.last, who.sex, *[""] * 7]
        for who in some_people(40, seed)
    ]
    door.takes_in(line_list(*people))
    before = contents_of_tables()
    data, name = a_register(visits, style)
    made = door.takes_in(GivenBook(Kind.REGISTER, name, data))
    told = fates(made)
    assert (told["rows"], told.get("accepted", 0) + told.get("corrected", 0)) == (len(visits), len(visits))
    assert figures() == sums_of(visits)
    assert fates(door.takes_in(GivenBook(Kind.REGISTER, f"again {name}", data)))["copies"] == len(visits)
    undo_import(by=door.by, book_import=made)
    assert not figures()
    assert contents_of_tables() == before
    moved = list(Movement.objects.values_list("kind", flat=True))
    assert moved.count("distribution") == moved.count("reversal")


def test_what_has_no_place_here_is_left_out_and_said(door):
    headings = [*HEADINGS, "Alcohol swabs", "Served by", "Haircut", "Laundry", "Remarks"]
    SiteService.objects.create(organisation=door.site.organisation, site=door.site, name="Laundry")
    plain = [*a_line(1, "2/6/2025", JUMA), "-", "Asha", "No", "", ""]
    full = [*a_line(2, "2/6/2025", PETER), 5, "Asha", "✓", "x", "new card"]
    book = register(plain, full, headings=headings)
    seen = preview_book(door.by, door.site, book)
    first, second = seen.lines()
    assert first.fate == LineFate.ACCEPTED
    assert second.fate == LineFate.CORRECTED
    told = " ".join(second.notes)
    for written in ("'Alcohol swabs' says '5'", "'Haircut' says '✓'", "'new card' stands under remarks"):
        assert written in told
    assert "Asha" not in told
    assert "Laundry" not in told  # a service that the site has
    remarks = " ".join(remarks_on(seen.read))
    assert "'Served by' (lines that fill it: 2)" in remarks
    door.takes_in(book)
    assert Visit.objects.filter(services__site_service__name="Laundry").count() == 1


def test_a_quantity_that_cannot_be_read_is_left_out_and_said(door):
    lines = [a_line(1, "2/6/2025", JUMA, "", "4?"), a_line(2, "2/6/2025", PETER, "", "1O", "2+3", "2 pkts")]
    made = door.takes_in(register(*lines))
    assert fates(made) == {"rows": 2, "corrected": 2}
    assert figures() == {"visits": 2, "needles": 10, "needles_returned": 5, "condoms": 2}


def test_referrals_in_words_are_told_apart(door):
    headings = ["NA.", "TAREHE", "NAMBA", "JINA", "RUFAA", "MAONI"]
    words = ["HIV/TB", "VVU", "TB na HIV", "-", "Hapana", "kifua kikuu", "daktari wa meno"]
    lines = [[n, "2/6/2025", (JUMA, PETER)[n % 2], "", text, ""] for n, text in enumerate(words)]
    made = door.takes_in(register(*lines, headings=headings))
    assert fates(made) == {"rows": 7, "accepted": 6, "corrected": 1}
    assert figures() == {"visits": 7, "hiv_referral": 3, "tb_referral": 3}


def test_sums_in_the_book_are_compared_with_its_lines(door):
    lines = [
        a_line(1, "2/6/2025", JUMA, "", 4),
        a_line(2, "??", PETER, "", 2),
        a_line(1, "2/6/2025", JUMA, "", 4),
    ]
    right = preview_book(
        door.by, door.site, register(*lines, ["TOTAL", *[""] * 5, 6], ["JUMLA KUU", *[""] * 5, 6])
    )
    assert remarks_on(right.read) == []
    wrong = preview_book(door.by, door.site, register(*lines, ["TOTAL", *[""] * 5, 10]))
    (told,) = remarks_on(wrong.read)
    assert told.startswith("1 of 1 sums in the book do not agree")
    assert told.endswith("line 5 of 'register' says 10 under 'N&S given', and the lines add up to 6.")


def test_it_takes_whoever_may_record_visits_and_nothing_is_done_for_others(door):
    book = register(a_line(1, "2/6/2025", JUMA))
    from tests.programme import actor_with

    for role in (Role.ME_OFFICER, Role.PEER_EDUCATOR, Role.COUNSELLOR):
        door.by = actor_with(role, door.site)
        with pytest.raises(Refused):
            door.takes_in(book)
    assert not Visit.objects.exists()


def test_many_days_without_a_column_of_days_are_those_above_their_lines(door):
    rows = [
        ["NO.", "Code", "Condoms"],
        ["Monday 2 June 2025"],
        [1, JUMA, 3],
        [2, PETER, 3],
        ["Tuesday 3 June 2025"],
    ]
    made = door.takes_in(GivenBook(Kind.REGISTER, "days.csv", as_csv([*rows, [1, JUMA, 6]])))
    assert fates(made)["accepted"] == 3
    assert [visit.occurred_on.day for visit in standing_visits()] == [2, 2, 3]

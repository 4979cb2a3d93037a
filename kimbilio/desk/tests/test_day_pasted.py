"""Those who came, pasted in more than one go: whom no line names, what is left out, and a list of ten thousand."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.desk.tests.a_clinic import Clinic, followed, make_clinic, today, words_of
from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import day_at
from kimbilio.people.rules import card_code_from
from tests.programme import PASSWORD, Programme

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
M = DayMark
SLIP = "KRMAT-1\nKRMAT-2\nKRMAT-3\nKRMAT-44"
AS_BROWSERS_SEND = "application/x-www-form-urlencoded"
MAY_BE_SOMEBODY = "One of these lines may be somebody who came."


@pytest.fixture
def at(programme: Programme, actor: Callable[..., Actor]) -> Clinic:
    """A clinic with four people on its list."""
    return make_clinic(actor(Role.MAT_LIAISON), programme.site)


@pytest.fixture
def liaison(sign_in: SignIn) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def marks(at: Clinic) -> list[DayMark | None]:
    """What stands of today, in the order of the people."""
    told = day_at(at.clinic, today())
    return [told.get(one.pk) for one in at.people]


def as_it_stands(page: str, do: str, **typed: str) -> dict[str, object]:
    """Return the form of a page as a browser sends it back: what was chosen, ticked and hidden, and what is typed."""
    form = page.partition('id="day"')[2].partition("</form>")[0]
    sent: dict[str, object] = {"do": do}
    for control in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'(\w+)="([^"]*)"', control))
        if told.get("type") == "hidden" or " checked" in control:
            before = sent.get(told["name"], [])
            sent[told["name"]] = [*(before if isinstance(before, list) else []), told.get("value", "on")]
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    sent["lines"] = form.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    return sent | typed


def read(liaison: Browser, at: Clinic, lines: str, mean: str = "came") -> str:
    """Return the page once these lines were read into an untouched form."""
    return words_of(liaison.post(at.day(after="/list"), at.sent(do="read", lines=lines, lines_mean=mean)))


def sum_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-sum="(?:came|absent)">(\d+)<', page)]


@pytest.mark.parametrize("then", ["read", "record"])
def test_a_slip_put_right_marks_only_the_one_it_names(liaison: Browser, at: Clinic, then: str) -> None:
    page = read(liaison, at, SLIP)
    assert sum_on(page) == [3, 1]
    answer = liaison.post(at.day(after="/list"), as_it_stands(page, then, lines="KRMAT-4"))
    if then == "read":
        page = words_of(answer)
        assert sum_on(page) == [4, 0]
        answer = liaison.post(at.day(after="/list"), as_it_stands(page, "record"))
    assert "4 came + 0 absent = 4" in followed(liaison, answer)
    assert marks(at) == [M.DOSED] * 4


def test_after_a_refusal_more_lines_mark_only_whom_they_name(liaison: Browser, at: Clinic) -> None:
    first = at.sent(lines="KRMAT-1\nKRMAT-2", lines_mean="came", said="3")
    page = words_of(liaison.post(at.day(after="/list"), first))
    assert "the paper says that 3 came; 2 are marked so" in page
    answer = liaison.post(at.day(after="/list"), as_it_stands(page, "record", lines="KRMAT-4", said="3"))
    assert "3 came + 1 absent = 4" in followed(liaison, answer)
    assert marks(at) == [M.DOSED, M.DOSED, M.MISSED, M.DOSED]


def test_the_page_shows_what_more_lines_mean_and_the_lock_keeps_it(liaison: Browser, at: Clinic) -> None:
    page = read(liaison, at, SLIP)
    assert re.search(r'value="came_too"[^>]* checked', page)
    form = as_it_stands(page, "", **{"keep-for-later": "1", "lines": "KRMAT-4"})
    locked = words_of(liaison.post(at.day(after="/list"), form))
    kept = locked.partition('name="kept-form" value="')[2].partition('"')[0]
    page = words_of(liaison.post(at.day(after="/list"), {"unlock-password": PASSWORD, "kept-form": kept}))
    page = words_of(liaison.post(at.day(after="/list"), as_it_stands(page, "read")))
    assert sum_on(page) == [4, 0]


def test_a_whole_list_may_be_meant_again(liaison: Browser, at: Clinic) -> None:
    page = read(liaison, at, "KRMAT-1\nKRMAT-2")
    form = as_it_stands(page, "record", lines="KRMAT-3", lines_mean="came")
    assert liaison.post(at.day(after="/list"), form).status_code == 302
    assert marks(at) == [M.MISSED, M.MISSED, M.DOSED, M.MISSED]


def test_some_who_came_too_leave_everybody_else_as_marked(liaison: Browser, at: Clinic) -> None:
    form = at.sent(0, 1, lines="KRMAT-2", lines_mean="came_too")
    assert liaison.post(at.day(after="/list"), form).status_code == 302
    assert marks(at) == [M.MISSED, M.DOSED, M.DOSED, M.DOSED]


@pytest.mark.parametrize("is_read_first", [True, False])
def test_with_lines_left_out_whom_no_line_names_is_not_on_the_paper(
    liaison: Browser, at: Clinic, is_read_first: bool
) -> None:
    form = at.sent(lines=SLIP, lines_mean="came", leave_out="on")
    if is_read_first:
        page = read(liaison, at, SLIP)
        assert MAY_BE_SOMEBODY in page
        assert "recorded as not on the paper, not as absent" in page
        form = as_it_stands(page, "record", leave_out="on")
    page = followed(liaison, liaison.post(at.day(after="/list"), form))
    assert "3 came + 0 absent = 3" in page
    assert "Lines were left out: whoever no line names is recorded as not on the paper." in page
    assert marks(at) == [M.DOSED, M.DOSED, M.DOSED, None]


def test_who_is_absent_for_certain_stays_so_when_lines_are_left_out(liaison: Browser, at: Clinic) -> None:
    ticked = at.sent(3, do="read", lines="KRMAT-1\nKRMAT-2 A\nKRMAT-77", lines_mean="came")
    page = words_of(liaison.post(at.day(after="/list"), ticked))
    answer = liaison.post(at.day(after="/list"), as_it_stands(page, "record", leave_out="on"))
    assert "1 came + 2 absent = 3" in followed(liaison, answer)
    assert marks(at) == [M.DOSED, M.MISSED, None, M.MISSED]


def test_a_line_taken_out_of_the_box_was_nobody(liaison: Browser, at: Clinic) -> None:
    page = read(liaison, at, SLIP)
    answer = liaison.post(at.day(after="/list"), as_it_stands(page, "record", lines=""))
    assert answer.status_code == 302
    assert marks(at) == [M.DOSED, M.DOSED, M.DOSED, M.MISSED]


def test_lines_of_those_absent_that_are_left_out_change_nobody_else(liaison: Browser, at: Clinic) -> None:
    page = read(liaison, at, "KRMAT-1\nKRMAT-44", "absent")
    assert MAY_BE_SOMEBODY not in page
    answer = liaison.post(at.day(after="/list"), as_it_stands(page, "record", leave_out="on"))
    assert answer.status_code == 302
    assert marks(at) == [M.MISSED, M.DOSED, M.DOSED, M.DOSED]


def test_where_no_line_of_those_who_came_names_anybody_nothing_is_recorded(
    liaison: Browser, at: Clinic
) -> None:
    form = at.sent(lines="KRMAT-44\nKRMAT-55", lines_mean="came", leave_out="on")
    page = words_of(liaison.post(at.day(after="/list"), form))
    assert "None of the lines names anybody, so nobody is known to have come." in page
    assert re.search(r'value="came"[^>]* checked', page)
    assert marks(at) == [None] * 4


def test_a_list_of_ten_thousand_is_read_whole(liaison: Browser, at: Clinic) -> None:
    codes = [card_code_from([n // 13**p % 13 for p in range(6)]) for n in range(1, 10_001)]
    codes = list(dict.fromkeys([*codes, *(one.code for one in at.people)]))
    rows = {f"other-{code}": "dosed" for code in codes}
    form = at.sent(said="4", absent=codes, **rows) | {"shown": ",".join(codes), "not_named": ",".join(codes)}
    answer = liaison.post(at.day(after="/list"), urlencode(form, doseq=True), content_type=AS_BROWSERS_SEND)
    assert answer.status_code == 200
    assert "the paper says that 4 came; 0 are marked so, of 4" in words_of(answer)

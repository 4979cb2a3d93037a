"""The clinic's day: a list in, only those absent marked, the sum, lines pasted from the paper, a list taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.desk.tests.a_clinic import Clinic, followed, make_clinic, today, words_of, yesterday
from kimbilio.identity.actions import add_outside_number
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.actions import Claim, record_step
from kimbilio.mat.choices import DayMark, StepKind
from kimbilio.mat.models import ClinicList
from kimbilio.mat.queries import day_at
from tests.programme import PASSWORD, Programme, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]
M = DayMark


@pytest.fixture
def at(programme: Programme, actor: MakeActor) -> Clinic:
    """A clinic with four people on its list."""
    return make_clinic(actor(Role.MAT_LIAISON), programme.site)


@pytest.fixture
def liaison(sign_in: SignIn) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def marks(at: Clinic) -> list[DayMark | None]:
    """What stands of today, in the order of the people."""
    told = day_at(at.clinic, today())
    return [told.get(one.pk) for one in at.people]


def test_the_menu_leads_to_today_at_the_clinic_of_the_site(liaison: Browser, at: Clinic) -> None:
    answer = liaison.get("/day")
    assert answer.headers["Location"] == at.day()
    assert "/day" in words_of(liaison.get("/"))
    chosen = liaison.get("/day", {"clinic": at.day().split("/")[2], "on": yesterday().isoformat()})
    assert chosen.headers["Location"] == at.day(yesterday())


def test_a_day_without_a_list_says_that_nobody_counts_as_absent(liaison: Browser, at: Clinic) -> None:
    page = words_of(liaison.get(at.day()))
    assert "No list of this day yet" in page
    assert "nobody counts as absent" in page
    assert "No list" in page
    assert "0 absent of 4" in page


def test_only_those_absent_are_marked_and_the_sum_is_told(liaison: Browser, at: Clinic) -> None:
    page = words_of(liaison.get(at.day(after="/list")))
    assert "4 people are expected" in page
    assert "KRMAT-3" in page
    assert "Zawadi" not in page
    page = followed(liaison, liaison.post(at.day(after="/list"), at.sent(1, said="3")))
    assert "Recorded: 3 came + 1 absent = 4 on the list." in page
    assert marks(at) == [M.DOSED, M.MISSED, M.DOSED, M.DOSED]
    assert at.people[1].code[:3] in page


def test_the_sum_is_reckoned_without_a_script_and_nothing_is_recorded(liaison: Browser, at: Clinic) -> None:
    page = words_of(liaison.post(at.day(after="/list"), at.sent(0, 1, do="sum")))
    assert '<span class="number" data-sum="absent">2</span>' in page
    assert '<strong class="number" data-sum="total">4</strong>' in page
    assert page.count("checked") >= 2
    assert marks(at) == [None] * 4


def test_a_sum_that_does_not_add_up_is_asked_about(liaison: Browser, at: Clinic) -> None:
    page = words_of(liaison.post(at.day(after="/list"), at.sent(0, said="2")))
    assert "the paper says that 2 came; 3 are marked so, of 4 on the list" in page
    assert 'name="all_the_same"' in page
    assert marks(at) == [None] * 4
    page = followed(liaison, liaison.post(at.day(after="/list"), at.sent(0, said="2", all_the_same="on")))
    assert "3 came + 1 absent = 4 on the list" in page


def test_the_same_form_twice_is_one_list(liaison: Browser, at: Clinic) -> None:
    form = at.sent(0)
    for _time in range(2):
        assert liaison.post(at.day(after="/list"), form).status_code == 302
    assert ClinicList.objects.filter(days__contains="x").count() == 2  # yesterday's and today's


def test_others_are_elsewhere_or_not_on_the_paper(liaison: Browser, at: Clinic) -> None:
    others = {f"other-{at.people[2].code}": "take_home", f"other-{at.people[3].code}": ""}
    page = followed(liaison, liaison.post(at.day(after="/list"), at.sent(0, **others)))
    assert "1 came + 1 absent + 1 elsewhere = 3 on the list" in page
    assert marks(at) == [M.MISSED, M.DOSED, M.TAKE_HOME, None]


def test_somebody_in_prison_is_not_taken_for_dosed(liaison: Browser, at: Clinic) -> None:
    record_step(by=at.by, client=at.people[0], claim=Claim(StepKind.IMPRISONED, today()))
    page = words_of(liaison.get(at.day(after="/list")))
    assert page.count('value="imprisoned" selected') == 1
    assert '<span class="number" data-sum="came">3</span>' in page


def test_whoever_was_absent_last_time_stands_first(liaison: Browser, at: Clinic) -> None:
    at.list_came(yesterday(), 2)
    page = words_of(liaison.get(at.day(after="/list")))
    assert page.index("KRMAT-3<") < page.index("KRMAT-1<") < page.index("KRMAT-2<")
    assert "absent on" in page


def test_somebody_expected_since_the_form_was_shown_is_not_marked_unseen(
    liaison: Browser, at: Clinic, programme: Programme
) -> None:
    form = at.sent(0)
    new = person(at.by, programme.site)
    record_step(by=at.by, client=new, claim=Claim(StepKind.INDUCTED, yesterday(), clinic=at.clinic))
    assert liaison.post(at.day(after="/list"), form).status_code == 302
    assert new.pk not in day_at(at.clinic, today())


def test_pasted_lines_mark_those_absent_and_what_names_nobody_stays(liaison: Browser, at: Clinic) -> None:
    lines = f"krmat 2\n{at.people[2].code}\nKRMAT-4 TH\nKRMAT-99\nPeter K."
    page = words_of(liaison.post(at.day(after="/list"), at.sent(do="read", lines=lines)))
    assert '<span class="number" data-sum="absent">2</span>' in page
    assert 'value="take_home" selected' in page
    assert "KRMAT-99: nobody here has this code or number" in page
    assert "KRMAT-99 Peter K.</textarea>" in page
    assert marks(at) == [None] * 4


def test_lines_that_name_nobody_keep_a_list_from_being_recorded_until_left_out(
    liaison: Browser, at: Clinic
) -> None:
    page = words_of(liaison.post(at.day(after="/list"), at.sent(0, lines="KRMAT-99")))
    assert "Some lines name nobody for certain" in page
    assert marks(at) == [None] * 4
    answer = liaison.post(at.day(after="/list"), at.sent(0, lines="KRMAT-99", leave_out="on"))
    assert answer.status_code == 302
    assert marks(at) == [M.MISSED, M.DOSED, M.DOSED, M.DOSED]


def test_pasted_lines_of_those_who_came_make_the_others_absent(liaison: Browser, at: Clinic) -> None:
    form = at.sent(lines="KRMAT-1\nKRMAT-3", lines_mean="came")
    assert liaison.post(at.day(after="/list"), form).status_code == 302
    assert marks(at) == [M.DOSED, M.MISSED, M.DOSED, M.MISSED]


def test_a_line_adds_somebody_who_is_not_on_the_list_and_they_are_looked_at_first(
    liaison: Browser, at: Clinic, programme: Programme
) -> None:
    new = person(at.by, programme.site)
    page = words_of(liaison.post(at.day(after="/list"), at.sent(lines=new.code, lines_mean="absent")))
    assert "5 people are expected" in page
    assert "new on this list" in page
    assert marks(at) == [None] * 4


def test_a_number_that_two_people_have_names_nobody_for_certain(
    liaison: Browser, at: Clinic, programme: Programme
) -> None:
    add_outside_number(
        by=at.by, client=person(at.by, programme.site), kind=NumberKind.OTHER, number="KRMAT-2"
    )
    page = words_of(liaison.post(at.day(after="/list"), at.sent(do="read", lines="KRMAT-2")))
    assert "KRMAT-2: more than one person has this number" in page


def test_a_list_is_corrected_from_what_stands_and_the_earlier_one_is_kept(
    liaison: Browser, at: Clinic
) -> None:
    at.list_came(today(), 0, 1)
    page = words_of(liaison.get(at.day(after="/list")))
    assert "A list of this day came already" in page
    assert page.count(" checked>") >= 2
    page = followed(liaison, liaison.post(at.day(after="/list"), at.sent(0)))
    assert marks(at) == [M.MISSED, M.DOSED, M.DOSED, M.DOSED]
    assert "replaced by a later list" in page


def test_a_list_taken_back_uncovers_the_one_before_and_is_kept(liaison: Browser, at: Clinic) -> None:
    at.list_came(today(), 0)
    at.list_came(today(), 0, 1)
    newest = words_of(liaison.get(at.day())).partition('name="list" value="')[2].partition('"')[0]
    page = followed(liaison, liaison.post(at.day(after="/undo"), {"list": newest}))
    assert "Taken back. What stood before it stands again." in page
    assert marks(at) == [M.MISSED, M.DOSED, M.DOSED, M.DOSED]
    assert "taken back" in page
    assert ClinicList.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_names_are_shown_on_asking_and_the_askings_are_in_the_audit(liaison: Browser, at: Clinic) -> None:
    def asked(event: str) -> list[dict[str, object]]:
        rows = AuditEvent.objects.filter(event=event, actor_id=liaison.staff.pk)
        return list(rows.values_list("detail", flat=True))

    liaison.get(at.day(after="/list"))
    assert [detail["rows"] for detail in asked("identity.numbers_listed")] == [4]
    assert asked("identity.names_listed") == []
    page = words_of(liaison.post(at.day(after="/list"), at.sent(3, do="names")))
    assert "Zawadi Mkamburi2" in page
    assert page.count(" checked>") >= 1
    assert [detail["rows"] for detail in asked("identity.names_listed")] == [4]
    assert "Mkamburi" not in str(asked("identity.names_listed"))


def test_marks_that_were_put_away_by_the_lock_come_back(liaison: Browser, at: Clinic) -> None:
    locked = liaison.post(at.day(after="/list"), at.sent(1, do="", said="2") | {"keep-for-later": "1"})
    kept = words_of(locked).partition('name="kept-form" value="')[2].partition('"')[0]
    page = words_of(liaison.post(at.day(after="/list"), {"unlock-password": PASSWORD, "kept-form": kept}))
    assert f'value="{at.people[1].code}" checked>' in page
    assert 'data-sum="absent">1</span>' in page
    assert 'value="2"' in page
    assert marks(at) == [None] * 4


def test_a_list_of_nobody_is_refused_in_words(liaison: Browser, at: Clinic) -> None:
    form = at.sent() | {"shown": "", "absent": []}
    assert "There is nobody on this list." in words_of(liaison.post(at.day(after="/list"), form))


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.DESK_OFFICER, Role.ME_OFFICER, Role.ADMINISTRATOR])
def test_who_does_not_record_sees_no_day_of_the_clinic(sign_in: SignIn, at: Clinic, role: Role) -> None:
    browser = sign_in(role)
    for page in ("/day", at.day(), at.day(after="/list")):
        assert browser.get(page).status_code == 403
    assert "/day" not in words_of(browser.get("/"))


def test_a_clinic_of_others_and_a_day_to_come_are_not_there(
    sign_in: SignIn, liaison: Browser, at: Clinic, programme: Programme
) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        assert sign_in(Role.MAT_LIAISON, site).get(at.day()).status_code == 404
        assert sign_in(Role.MAT_LIAISON, site).post(at.day(after="/list"), at.sent(0)).status_code == 404
    assert liaison.get(at.day(today() + timedelta(days=1))).status_code == 404
    assert liaison.get(at.day().replace(today().isoformat(), "someday")).status_code == 404
    assert marks(at) == [None] * 4


def test_where_there_is_no_clinic_the_page_says_what_to_do(liaison: Browser) -> None:
    assert "No clinic yet" in words_of(liaison.get("/day"))

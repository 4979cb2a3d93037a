"""Two sign-ins of one person are not two people: whoever let the other in lately neither approves nor asks for them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kimbilio.accounts.actions import add_staff, give_one_time_code
from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange.tests.a_file_out import asked, fresh_browser, ready
from tests.programme import staff_with


@pytest.fixture
def boss(programme):
    """A manager who is the administrator too."""
    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site, "achieng")
    given = {"organisation": programme.organisation, "site": programme.site}
    SiteRole.objects.create(staff=staff, role=Role.ADMINISTRATOR, **given)
    return staff


@pytest.mark.parametrize("made_asks", [False, True])
def test_whoever_made_the_others_sign_in_lately_is_no_second_person(programme, boss, made_asks):
    made = add_staff(
        by=actor_for(boss),
        site=programme.site,
        username="second.me",
        display_name="Second",
        role=Role.ME_OFFICER,
    )
    asker, approver = (made, boss) if made_asks else (boss, made)
    with pytest.raises(Refused, match="One of you two let the other in lately"):
        ready(programme, asker, approver)
    third = staff_with(Role.ME_OFFICER, programme.site, "barasa")
    assert ready(programme, asker, third).approved_by == third.pk
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert ready(programme, asker, approver).approved_by == approver.pk


def test_two_whom_one_person_let_in_lately_are_no_two_persons_themselves_or_through_another(programme, boss):
    def lets_in(by, name, role):
        shown = {"username": name, "display_name": name, "role": role}
        return add_staff(by=actor_for(by), site=programme.site, **shown)

    one = lets_in(boss, "puppet.one", Role.ME_OFFICER)
    other = lets_in(boss, "puppet.two", Role.ADMINISTRATOR)
    third = lets_in(other, "puppet.three", Role.ME_OFFICER)
    for asker, approver in ((one, third), (third, one), (boss, third)):
        with pytest.raises(Refused, match="or somebody let in both"):
            ready(programme, asker, approver)
    beside = staff_with(Role.ME_OFFICER, programme.site, "barasa")
    assert ready(programme, one, beside).approved_by == beside.pk
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert ready(programme, one, third).approved_by == third.pk


def test_whoever_gave_the_other_a_code_lately_is_no_second_person_and_the_page_says_so(programme, boss):
    officer = staff_with(Role.ME_OFFICER, programme.site, "barasa")
    assert ready(programme, boss, officer)
    give_one_time_code(by=actor_for(boss), staff=officer)
    with pytest.raises(Refused, match="gave them a code"):
        ready(programme, boss, officer)
    page = fresh_browser(officer).get(f"/files/{asked(boss, programme.site).serial}").content.decode()
    assert "One of you two let the other in lately" in page
    assert "Look at it and approve" not in page

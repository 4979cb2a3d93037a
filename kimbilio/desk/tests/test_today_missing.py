"""Today says who is missing only together with how old the clinic's last list is."""

import html
import re
from datetime import timedelta

from kimbilio.accounts.roles import Role
from kimbilio.mat.tests.clinic import make_place
from kimbilio.visits.tests.a_site import today
from tests.programme import actor_with


def test_the_missing_are_told_with_how_old_the_last_list_is(sign_in, programme):
    officer = sign_in(Role.DESK_OFFICER)
    place = make_place(actor_with(Role.MAT_LIAISON, programme.site), programme.site)
    last = today() - timedelta(days=40)
    place.list_of(last, "AA")
    page = html.unescape(officer.get("/today").content.decode())
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "2 people have missed doses, as far as the clinic's lists tell." in words
    assert f"is of {last.day} {last:%B %Y}" in words
    assert "Of the days since then nothing is known" in words


def test_with_a_list_of_today_nothing_more_is_said(sign_in, programme):
    officer = sign_in(Role.DESK_OFFICER)
    place = make_place(actor_with(Role.MAT_LIAISON, programme.site), programme.site)
    place.list_of(today(), "AA")
    page = html.unescape(officer.get("/today").content.decode())
    assert "people have missed doses" in page
    assert "The last list from" not in page

"""The pages of lines that wait: given to a person, put right, left out with a reason, and waiting again."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.tests.door import PEOPLE, PETER, UNREAD, Door, attendance, line_list
from kimbilio.exchange.tests.reading_pages import body, waiting_address
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
OTHER = ["KSS-0001", *PETER[1:]]


@pytest.fixture
def door(programme) -> Door:
    """The door of the first site."""
    return Door(programme)


def test_a_line_that_waits_is_given_to_a_person_and_can_wait_again(sign_in: SignIn, door: Door):
    door.takes_in(line_list(*PEOPLE))
    door.takes_in(line_list(OTHER))
    browser = sign_in(Role.DESK_OFFICER)
    address = waiting_address()
    assert "1 line waits" in body(browser, "/books/waiting")
    page = body(browser, address)
    assert "Peter" in page  # as it is written in the line
    assert "Zawadi" not in page  # and nobody's name from our own records
    assert AuditEvent.objects.filter(event="book.line_opened").count() == 1
    named = browser.post(f"{address}/names").content.decode()
    assert "Zawadi Chege Mkamburi" in named
    # Looking at who somebody is: it counts in the week, and each of them may ask who looked.
    looked = AuditEvent.objects.filter(event="identity.opened", actor_id=browser.staff.pk)
    assert set(looked.values_list("about", flat=True)) == {
        one.pk for one in Client.objects.all() if display_card_code(one.code) in named
    }
    assert looked.exists()
    form = browser.get(address).context["form"]
    code = form.fields["answer"].choices[0][0]
    typed = {"token": str(uuid4()), "answer": code}
    assert browser.post(address, typed).headers["Location"] == "/books/waiting"
    row = BookLine.objects.get(settlement=Settlement.THIS_PERSON)
    assert row.client is not None
    assert "Settled last" in body(browser, "/books/waiting")
    assert "It is a person we know" in body(browser, address)
    book = body(browser, f"/books/{row.book_import.number}")
    assert "It is a person we know" in book
    assert "1 of them is settled" in book
    assert "Could be several people" in book
    assert browser.post(f"{address}/undo").headers["Location"] == address
    assert "Whose line is this?" in body(browser, address)


def test_a_line_is_left_out_only_with_a_reason_and_somebody_else_is_named_by_code(
    sign_in: SignIn, door: Door
):
    door.takes_in(line_list(*PEOPLE))
    door.takes_in(line_list(OTHER))
    browser = sign_in(Role.DESK_OFFICER)
    address = waiting_address()
    page = browser.post(address, {"token": str(uuid4()), "answer": "out"}).content.decode()
    assert "Say why the line is left out." in page
    page = browser.post(
        address, {"token": str(uuid4()), "answer": "other", "code": "K7M49RW"}
    ).content.decode()
    assert "Nobody here has this code." in page or "not a card code" in page
    browser.post(address, {"token": str(uuid4()), "answer": "out", "why": "A line of the next page"})
    assert BookLine.objects.get(settlement=Settlement.LEFT_OUT).settled_why == "A line of the next page"


def test_what_was_typed_wrong_is_put_right_and_the_next_line_follows(sign_in: SignIn, door: Door):
    door.takes_in(line_list(*PEOPLE, UNREAD, ["KSS-0009", "?", *UNREAD[2:]]))
    browser = sign_in(Role.DESK_OFFICER)
    rows = BookLine.objects.select_related("book_import").filter(fate="unreadable").order_by("position")
    first, second = (reverse("waiting_line", args=[row.book_import.number, row.position]) for row in rows)
    shown = browser.get(first)
    assert (shown.context["next_url"], browser.get(second).context["next_url"]) == (second, first)
    form = shown.context["typed_form"]
    typed = {name: form.fields[name].initial or "" for name in form.fields if name != "token"}
    page = browser.post(f"{first}/typed", {"token": str(uuid4()), **typed}).content.decode()
    assert "can be read" in page
    typed |= {"code": "KSS-0077", "first_name": "Said", "last_name": "Ngala"}
    response = browser.post(f"{first}/typed", {"token": str(uuid4()), **typed})
    assert response.headers["Location"] == second
    assert Client.objects.count() == 4


def test_an_attendance_line_of_nobody_known_offers_no_new_person(sign_in: SignIn, door: Door):
    door.takes_in(line_list(*PEOPLE))
    door.takes_in(attendance([("KRR00001", "P"), ("KRR99999", "P", "A")]))
    page = body(sign_in(Role.MAT_LIAISON), waiting_address())
    assert "A new person" not in page
    assert "KRR99999" in page


def test_a_new_person_is_offered_only_where_the_line_can_be_read(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)

    def offered(address: str) -> list[str]:
        return [answer for answer, _words in browser.get(address).context["form"].fields["answer"].choices]

    door.takes_in(line_list(*PEOPLE))
    door.takes_in(line_list(OTHER))
    assert "new" in offered(waiting_address())
    BookLine.objects.filter(settlement="").update(settlement=Settlement.LEFT_OUT)
    door.takes_in(line_list(UNREAD))
    made = BookLine.objects.get(fate="unreadable")
    assert "new" not in offered(f"/books/waiting/{made.book_import.number}/{made.position}")

"""The pages of books: a file is chosen, its columns put right, looked at, taken in, settled, taken back."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.exchange.actions import take_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.models import BookImport, Upload
from kimbilio.exchange.tests.door import HEADINGS, PEOPLE, PETER, UNREAD, Door, line_list
from kimbilio.exchange.tests.making import as_csv
from kimbilio.exchange.tests.reading_pages import body, waiting_address
from kimbilio.people.models import Client

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MAY = [Role.DESK_OFFICER, Role.MAT_LIAISON, Role.PROGRAMME_MANAGER]


@pytest.fixture
def door(programme) -> Door:
    """The door of the first site."""
    return Door(programme)


def file(data: bytes, name: str = "line-list.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def chosen(browser: Browser, door: Door, data: bytes, kind: Kind = Kind.LINE_LIST) -> str:
    """Choose a file on the page; returns the address that this leads to."""
    typed = {"kind": kind.value, "file": file(data), "site": door.site.name, "month": ""}
    response = browser.post("/books/new", typed)
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def taken_in(browser: Browser, address: str, token: str = "") -> str:
    """Press the one button of the preview; returns the address that this leads to."""
    response = browser.post(f"{address}/take", {"token": token or str(uuid4())})
    assert response.status_code == 302
    return response.headers["Location"]


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY])
def test_who_may_not_take_books_in_sees_no_page_and_no_menu_entry(sign_in: SignIn, role: Role):
    browser = sign_in(role)
    for address in ("/books", "/books/new", "/books/waiting", "/books/1", "/books/waiting/1/1"):
        assert browser.get(address).status_code == 403
    assert 'href="/books"' not in browser.get("/").content.decode()


def test_another_sites_books_are_not_here(programme, sign_in: SignIn, door: Door):
    made = door.takes_in(line_list(*PEOPLE, UNREAD))
    up = take_file(
        by=door.by, site=door.site, kind=Kind.LINE_LIST, name="a.csv", data=as_csv([HEADINGS, PETER])
    )
    for site in (programme.other_site, programme.site_elsewhere):
        browser = sign_in(Role.MAT_LIAISON, site)
        for address in (f"/books/{made.number}", waiting_address(), f"/books/new/{up.reference}"):
            assert browser.get(address).status_code == 404
        for after in ("/take", "/leave"):
            assert browser.post(f"/books/new/{up.reference}{after}").status_code == 404
        assert browser.post(f"/books/{made.number}/undo").status_code == 404
        assert browser.get(f"/books/new/{up.reference}/going").status_code == 404
    assert Upload.objects.count() == 1
    assert BookImport.objects.get().undone_at is None


def test_a_book_is_chosen_looked_at_and_taken_in_once(sign_in: SignIn, door: Door):
    browser = sign_in(Role.MAT_LIAISON)
    address = chosen(browser, door, as_csv([HEADINGS, *PEOPLE, UNREAD]))
    columns = body(browser, address)
    assert "Client code" not in columns
    assert "KSS-0001 · KSS-0002 · KSS-0003" in columns
    assert browser.post(address, _as_shown(browser, address)).headers["Location"] == f"{address}/lines"
    shown = body(browser, f"{address}/lines")
    assert "Nothing is taken in yet" in shown
    assert "Neither a code nor a name can be read." in shown
    assert not Client.objects.exists()
    only = body(browser, f"{address}/lines?fate=unreadable")
    assert "Neither a code nor a name can be read." in only
    assert "KSS-0001" not in only
    token = str(uuid4())
    led = taken_in(browser, address, token)
    assert taken_in(browser, address, token) == f"{address}/going"
    assert browser.get(f"{address}/going").headers["Location"] == led
    assert Client.objects.count() == 3
    result = body(browser, led)
    assert all(words in result for words in ("What came of it", "Settle 1 line that waits", "Cannot be read"))
    assert "line-list.csv" in body(browser, "/books")


def _as_shown(browser: Browser, address: str) -> dict[str, str]:
    """The columns page's answers as they stand."""
    form = browser.get(address).context["form"]
    return {name: form.fields[name].initial or "" for name in form.fields}


def test_a_column_that_is_put_right_is_remembered(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    strange = ["Qwerty", *HEADINGS[1:]]
    rows = [strange, *([f"{n}", *PETER[1:]] for n in range(1, 5))]
    address = chosen(browser, door, as_csv(rows))
    assert "No column holds the person" in body(browser, address)
    assert browser.get(f"{address}/lines").headers["Location"] == address
    typed = _as_shown(browser, address) | {"column-0": "code"}
    assert browser.post(address, typed).headers["Location"] == f"{address}/lines"
    assert "Nothing is taken in yet" in body(browser, f"{address}/lines")
    again = chosen(browser, door, as_csv(rows))
    assert "As you said it the last time" in body(browser, again)


def test_one_field_in_two_columns_is_said_beside_both(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    address = chosen(browser, door, as_csv([HEADINGS, *PEOPLE]))
    page = browser.post(address, _as_shown(browser, address) | {"column-1": "last_name"}).content.decode()
    assert page.count("Two columns are said to be this: Last name.") >= 2


def test_what_is_no_book_is_said_beside_the_file(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    typed = {"kind": "line-list", "file": file(b"%PDF-1.4", "list.pdf"), "site": door.site.name}
    page = browser.post("/books/new", typed).content.decode()
    assert "This is a PDF, made for printing." in page
    page = browser.post("/books/new", {"kind": "line-list", "site": door.site.name}).content.decode()
    assert "Fill this in." in page
    assert not Upload.objects.exists()


def test_a_file_without_a_table_is_refused_beside_the_file(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    typed = {"kind": "line-list", "file": file(b"hello\n", "note.txt"), "site": door.site.name}
    assert (
        "No table with headings and lines could be found"
        in browser.post("/books/new", typed).content.decode()
    )
    assert not Upload.objects.exists()


def test_a_book_of_another_kind_is_told_before_anything_is_taken_in(sign_in: SignIn, door: Door):
    browser = sign_in(Role.MAT_LIAISON)
    address = chosen(browser, door, as_csv([HEADINGS, *PEOPLE]), Kind.REGISTER)
    said = "By its headings this is a line list"
    assert said in body(browser, address)
    assert said in body(browser, f"{address}/lines")
    address = chosen(browser, door, as_csv([HEADINGS, *PEOPLE]))
    assert "By its headings" not in body(browser, address)


def test_what_is_noted_on_many_lines_is_said_once_above_them(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    people = [
        [f"KSS-1{n:03}", f"Asha{n}", "", "Baya", "F", "1990", "", "Nowhere", *PETER[8:]] for n in range(25)
    ]
    shown = body(browser, f"{chosen(browser, door, as_csv([HEADINGS, *people]))}/lines")
    assert "Noted on 25 lines, such as: &#x27;Nowhere&#x27; is no ward here" in " ".join(shown.split())
    shown = body(browser, f"{chosen(browser, door, as_csv([HEADINGS, *people[:3]]))}/lines")
    assert "Noted on" not in shown


def test_a_file_that_is_too_large_is_refused_with_the_size(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    typed = {"kind": "line-list", "file": file(bytes(22_000_000)), "site": door.site.name}
    page = browser.post("/books/new", typed).content.decode()
    assert "The file is larger than 20 MB." in page


def test_a_chosen_file_can_be_left(sign_in: SignIn, door: Door):
    browser = sign_in(Role.DESK_OFFICER)
    address = chosen(browser, door, as_csv([HEADINGS, *PEOPLE]))
    assert "line-list.csv" in body(browser, "/books")
    browser.post(f"{address}/leave")
    assert not Upload.objects.exists()
    assert browser.get(address).status_code == 404


def test_a_month_that_the_book_does_not_say_is_asked_for(sign_in: SignIn, door: Door):
    browser = sign_in(Role.MAT_LIAISON)
    door.takes_in(line_list(*PEOPLE))
    rows = [["MAT No.", *range(1, 31)], ["KRR00001", *["P"] * 29, "Q"], ["KRR00002", *["A"] * 30]]
    address = chosen(browser, door, as_csv(rows), Kind.ATTENDANCE)
    page = body(browser, address)
    assert "30 columns are days." in page
    response = browser.post(address, _as_shown(browser, address), follow=True)
    assert "Give the month, as 2025-06." in response.content.decode()
    typed = _as_shown(browser, address) | {"month": "June 2025"}
    mark = next(
        one["field"].html_name for one in browser.get(address).context["form"].marks if one["mark"] == "q"
    )
    assert browser.post(address, typed | {mark: "transit"}).headers["Location"] == f"{address}/lines"
    assert "2025-06" in body(browser, f"{address}/lines")


def test_a_book_on_which_another_rests_says_so_and_stays(sign_in: SignIn, door: Door):
    made = door.takes_in(line_list(*PEOPLE[:2]))
    later = door.takes_in(line_list(*PEOPLE))
    browser = sign_in(Role.PROGRAMME_MANAGER)
    browser.post(f"/books/{made.number}/undo")
    page = body(browser, f"/books/{made.number}")
    assert f"Import {later.number} holds or adds to 2 of these lines: take it back first." in page
    assert "Take the whole book back" in page


def test_a_book_is_taken_back_whole(sign_in: SignIn, door: Door):
    made = door.takes_in(line_list(*PEOPLE))
    browser = sign_in(Role.PROGRAMME_MANAGER)
    assert "Take the whole book back" in body(browser, f"/books/{made.number}")
    browser.post(f"/books/{made.number}/undo")
    page = body(browser, f"/books/{made.number}")
    assert "Taken back on" in page
    assert "Take the whole book back" not in page
    assert browser.post(f"/books/{made.number}/undo").status_code == 302

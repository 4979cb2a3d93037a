"""The page that tells how far a book is: while it is taken in, once it was, and once it was refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange import progress
from kimbilio.exchange.actions import take_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.models import BookImport, Upload
from kimbilio.exchange.tests.door import HEADINGS, PEOPLE, Door
from kimbilio.exchange.tests.making import as_csv
from kimbilio.exchange.tests.reading_pages import body

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
BY_HTMX = {"HX-Request": "true"}


@pytest.fixture
def door(programme) -> Door:
    """The door of the first site."""
    return Door(programme)


@pytest.fixture
def upload(door: Door, liaison: Browser) -> Upload:
    """A line list that the liaison chose."""
    data = as_csv([HEADINGS, *PEOPLE])
    file = take_file(by=door.by, site=door.site, kind=Kind.LINE_LIST, name="line-list.csv", data=data)
    Upload.objects.filter(pk=file.pk).update(uploaded_by=liaison.staff.pk)  # type: ignore[attr-defined]
    return file


@pytest.fixture
def liaison(sign_in: SignIn) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def address_of(upload: Upload) -> str:
    return f"/books/new/{upload.reference}"


def led_by_htmx(browser: Browser, address: str) -> str:
    """Where the part of the page that asks by itself has the whole page go."""
    response = browser.get(address, headers=BY_HTMX)
    assert response.status_code == 204
    return response.headers["HX-Redirect"]


@contextmanager
def ends_without_the_database(upload: Upload, ending: Callable[[], BookImport]) -> Iterator[Event]:
    """Have a file taken in beside the test, which ends this way once the test says so."""
    may_end, has_begun = Event(), Event()

    def take_in() -> BookImport:
        has_begun.set()
        may_end.wait(10)
        return ending()

    progress.in_background(upload, take_in)
    assert has_begun.wait(10)
    yield may_end
    may_end.set()


def refuses() -> BookImport:
    raise Refused("This book was refused.")


def is_over(upload: Upload) -> bool:
    now = progress.progress_of(upload.pk)
    return now is not None and now.is_over


def wait_until_over(upload: Upload) -> None:
    pause = Event()
    for _time in range(200):
        if is_over(upload):
            return
        pause.wait(0.02)
    raise AssertionError("it never ends")


def test_while_a_book_is_taken_in_the_page_tells_how_far_it_is_and_asks_again(
    liaison: Browser, upload: Upload
):
    with progress.watched(upload) as tell:
        tell(0.4)
        page = body(liaison, f"{address_of(upload)}/going")
        assert "The book is being taken in" in page
        assert "40 % is done" in page
        assert '<progress id="part" max="100" value="40">' in page
        assert f'hx-get="{address_of(upload)}/going"' in page
        assert '<meta http-equiv="refresh"' in page  # where there is no script
        assert "line-list.csv" not in page


def test_the_part_that_asks_by_itself_is_answered_alone(liaison: Browser, upload: Upload):
    with progress.watched(upload) as tell:
        tell(0.735)
        part = liaison.get(f"{address_of(upload)}/going", headers=BY_HTMX)
    assert "74 % is done" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_long_book_is_taken_in_beside_the_page(liaison: Browser, upload: Upload, monkeypatch):
    begun: list[str] = []
    monkeypatch.setattr("kimbilio.exchange.views.taking.is_long", lambda _upload: True)
    monkeypatch.setattr(
        "kimbilio.exchange.views.taking.begin_import",
        lambda *, by, upload: begun.append(upload.reference),
    )
    sent = {"token": str(uuid4())}
    response = liaison.post(f"{address_of(upload)}/take", sent)
    assert response.headers["Location"] == f"{address_of(upload)}/going"
    assert begun == [upload.reference]


def test_what_was_refused_meanwhile_leads_back_to_the_columns_and_says_why(liaison: Browser, upload: Upload):
    going = f"{address_of(upload)}/going"
    with ends_without_the_database(upload, refuses) as may_end:
        assert "0 % is done" in body(liaison, going)
        may_end.set()
        wait_until_over(upload)
    assert led_by_htmx(liaison, going) == address_of(upload)
    assert "This book was refused." in body(liaison, address_of(upload))
    response = liaison.get(going, follow=True)
    assert response.redirect_chain == [(address_of(upload), 302)]
    assert "This book was refused." in response.content.decode()
    assert Upload.objects.count() == 1


def test_a_fault_is_told_without_what_stood_in_the_book(liaison: Browser, upload: Upload, caplog):
    def fails() -> BookImport:
        raise ValueError("Zawadi")

    with ends_without_the_database(upload, fails) as may_end:
        may_end.set()
        wait_until_over(upload)
    page = liaison.get(f"{address_of(upload)}/going", follow=True).content.decode()
    assert "Something went wrong. Nothing was taken in." in page
    assert "Zawadi" not in caplog.text


def test_once_it_is_taken_in_the_page_leads_to_what_came_of_it(liaison: Browser, upload: Upload):
    liaison.post(f"{address_of(upload)}/take", {"token": str(uuid4())})
    made = BookImport.objects.get()
    assert led_by_htmx(liaison, f"{address_of(upload)}/going") == f"/books/{made.number}"


def test_a_file_that_only_lies_there_leads_to_its_columns(liaison: Browser, upload: Upload):
    response = liaison.get(f"{address_of(upload)}/going")
    assert response.headers["Location"] == address_of(upload)


def test_how_far_a_book_of_another_site_is_nobody_learns(programme, sign_in: SignIn, upload: Upload):
    with progress.watched(upload) as tell:
        tell(0.4)
        for site in (programme.other_site, programme.site_elsewhere):
            browser = sign_in(Role.MAT_LIAISON, site)
            assert browser.get(f"{address_of(upload)}/going").status_code == 404

"""Texts of books that the version before sealed under one key: read on, sealed anew, and gone with whom they name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.core import vault
from kimbilio.core.encryption import key_id_of, seal
from kimbilio.core.sealed import pad
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.models import BookLine
from kimbilio.privacy.actions import erase_person
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.erasing import erase_again
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, put_back, readable, register_of, rows_of_tables, somebody
from tests.programme import Programme

DAY = "2/6/2025"


@pytest.fixture
def told(programme: Programme) -> Told:
    return somebody(programme, Canaries("somebody whom an old book tells of"))


def line_that_waits(told: Told, programme: Programme, of: Canaries, name: str) -> BookLine:
    """Take in a register of one line that waits, and seal it under the organisation's one key, as it once was."""
    book = register_of(told, programme, [[DAY, of.number(), name, of.phone(), "4"]])
    line = BookLine.objects.get(book_import=book)
    field = BookLine._meta.get_field("contents")
    aad = field._label + field.place_of(line).bytes
    old = seal(vault.keyring().books_key(line.organisation_id), pad(line.contents or ""), aad=aad, key_id=0)
    BookLine.objects.filter(pk=line.pk).update(contents=old)
    line.refresh_from_db()
    return line


def test_texts_of_an_earlier_version_open_and_are_sealed_anew(told: Told, programme: Programme) -> None:
    line = line_that_waits(told, programme, told.canaries, " ".join(told.names))
    text = line.contents
    assert text
    erase_again(line.organisation_id)
    stored = bytes(BookLine.objects.filter(pk=line.pk).values_list("contents", flat=True).get() or b"")
    assert key_id_of(stored) != 0
    line.refresh_from_db()
    assert line.contents == text


def test_what_goes_after_an_upgrade_is_gone_from_a_copy_of_before_it_too(
    told: Told, programme: Programme, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    stranger = Canaries("somebody who is not forgotten")
    line_that_waits(told, programme, told.canaries, " ".join(told.names))
    other = line_that_waits(told, programme, stranger, f"{stranger.word()} {stranger.word()}")
    text, copied = other.contents, rows_of_tables()
    erase_again(told.by.organisation_id)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    put_back(copied)
    erase_again(told.by.organisation_id)
    names = told.names
    for line in BookLine.objects.filter(contents__isnull=False):
        assert not any(name in (line.contents or "") for name in names)
    other.refresh_from_db()
    assert other.contents == text
    assert readable(stranger)


def test_a_line_emptied_before_the_upgrade_does_not_open_again_for_somebody_forgotten_since(
    told: Told, programme: Programme, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """The version before kept no key for a line, so that one it had emptied left none to be destroyed."""
    line = line_that_waits(told, programme, told.canaries, " ".join(told.names))
    BookLine.objects.filter(pk=line.pk).update(
        client=told.client, settlement=Settlement.THIS_PERSON, settled_at=timezone.now()
    )
    stays = line_that_waits(told, programme, Canaries("somebody who stays"), "Somebody Else")
    copied, text = rows_of_tables(), stays.contents
    BookLine.objects.filter(pk=line.pk).update(contents=None, words=None)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    put_back(copied)
    assert BookLine.objects.get(pk=line.pk).contents
    with django_capture_on_commit_callbacks(execute=True):
        erase_again(told.by.organisation_id)
    line.refresh_from_db()
    assert (line.contents, line.words) == (None, None)
    assert line.client_id == told.client.pk
    stays.refresh_from_db()
    assert stays.contents == text
    assert erase_again(told.by.organisation_id) == 0

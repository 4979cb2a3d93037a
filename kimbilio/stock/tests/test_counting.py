"""Counting, what is written late, and taking papers back."""

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.stock.actions import reverse_document
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.models import CountLine, Document, Movement
from kimbilio.stock.tests.keeping import Keeping, back


@pytest.fixture
def keeping(programme, actor):
    return Keeping(actor(Role.DESK_OFFICER), programme.site)


def last_entry():
    return AuditEvent.objects.latest("seq")


def test_the_first_count_is_from_before_the_ledger_and_the_next_shows_its_difference(keeping):
    keeping.gives(30, on=back(9))
    first = keeping.counts(200, on=back(7))
    keeping.gives(20, on=back(5))
    second = keeping.counts(175)
    kinds = {
        paper.pk: (paper.from_account.kind, one.from_account.kind, one.to_account.kind, one.quantity)
        for paper in (first, second)
        for one in Movement.objects.filter(document=paper.pk)
    }
    assert kinds == {
        first.pk: ("counted", "before", "store", 200),
        second.pk: ("counted", "store", "counted", 5),
    }
    line = CountLine.objects.get(document=second)
    assert (line.counted, line.expected) == (175, 180)
    assert keeping.there().in_store == 175
    assert keeping.there(on=back(5)).in_store == 180


def test_a_count_that_finds_what_is_there_moves_nothing_and_is_kept(keeping):
    keeping.receives(50)
    paper = keeping.counts(50)
    assert not Movement.objects.filter(document=paper.pk).exists()
    assert CountLine.objects.get(document=paper).expected == 50
    assert last_entry().detail == {"kind": "count", "lines": 0, "pieces": 0, "counted": 1}


def test_what_is_written_late_was_seen_by_the_count_of_a_later_day(keeping):
    keeping.receives(100, on=back(9))
    keeping.counts(90, on=back(3))
    visit = keeping.gives(10, on=back(5))
    keeping.receives(40, on=back(4))
    assert keeping.there().in_store == 90
    sources = {one.kind: one.from_account.kind for one in Movement.objects.filter(occurred_on=back(5))}
    assert sources == {"distribution": "counted"}, "the visit explains the difference of the count"
    assert Movement.objects.filter(document=visit).count() == 1


def test_a_count_of_an_earlier_day_leaves_what_came_after_it(keeping):
    keeping.receives(100, on=back(9))
    keeping.gives(30, on=back(2))
    keeping.counts(95, on=back(4))
    assert keeping.there().in_store == 65
    assert keeping.there(on=back(4)).in_store == 95


def test_a_paper_is_taken_back_once_and_kept(keeping):
    paper = keeping.receives(100)
    keeping.gives(10)
    reverse_document(by=keeping.by, document=paper)
    assert last_entry().event == "stock.reversed"
    assert keeping.there().in_store == -10
    moved = Movement.objects.count()
    again = reverse_document(by=keeping.by, document=paper)
    assert again.reversed_at is not None
    assert (Movement.objects.count(), keeping.there().in_store) == (moved, -10)
    assert Document.objects.filter(pk=paper.pk).exists()


def test_a_count_that_is_taken_back_puts_the_ledger_back(keeping):
    keeping.receives(100, on=back(9))
    paper = keeping.counts(80)
    reverse_document(by=keeping.by, document=paper)
    assert keeping.there().in_store == 100
    keeping.gives(5, on=back(1))
    assert keeping.there().in_store == 95, "a count that was taken back explains nothing"


def test_a_miscount_that_is_taken_back_after_counting_again_leaves_what_was_found_then(keeping):
    keeping.receives(100, on=back(3))
    for day in (back(1), back(0)):
        wrong = keeping.counts(60, on=day)
        keeping.counts(95, on=day)
        reverse_document(by=keeping.by, document=wrong)
        assert keeping.there(on=day).in_store == 95
    last = Document.objects.latest("pk")
    reverse_document(by=keeping.by, document=last)
    assert keeping.there().in_store == 95, "neither of the two counts of today stands any more"


def test_the_first_counts_of_an_item_leave_nothing_when_all_of_them_are_taken_back(keeping):
    keeping.receives(100, SupplyKind.NEEDLES, on=back(9))
    papers = [keeping.counts(60, on=back(2)), keeping.counts(95), keeping.counts(90)]
    for paper, left in zip(papers, (90, 90, 0), strict=True):
        reverse_document(by=keeping.by, document=paper)
        assert keeping.there().in_store == left

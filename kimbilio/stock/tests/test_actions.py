"""Receiving, moving, counting, losing and taking back: allowed and refused, whole, written down."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.actions import (
    Count,
    Found,
    Line,
    Move,
    NewItem,
    Place,
    Receipt,
    Received,
    add_item,
    count,
    give_back,
    lose,
    receive,
    reverse_document,
    transfer,
)
from kimbilio.stock.choices import AccountKind, MovementKind, SupplyKind
from kimbilio.stock.distributing import Handed, hand_out
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Batch, Document, Movement
from kimbilio.stock.tests.keeping import Keeping, back, today
from tests.programme import staff_with


@pytest.fixture
def keeping(programme, actor):
    return Keeping(actor(Role.DESK_OFFICER), programme.site)


@pytest.fixture
def worker(programme):
    return staff_with(Role.PEER_EDUCATOR, programme.site).pk


def last_entry():
    return AuditEvent.objects.latest("seq")


def test_a_receipt_of_several_lines_comes_to_the_store(keeping):
    lines = [
        Received(keeping.item(SupplyKind.CONDOMS), 100, "A", today() + timedelta(days=300)),
        Received(keeping.item(SupplyKind.CONDOMS), 40, "", today() + timedelta(days=30)),
        Received(keeping.item(SupplyKind.NEEDLES), 500),
    ]
    paper = receive(by=keeping.by, site=keeping.site, receipt=Receipt(lines, back(2), "DN 7"))
    condoms = keeping.there()
    assert condoms.in_store == 140
    assert [lot.quantity for lot in condoms.lying] == [40, 100]
    assert keeping.there(SupplyKind.NEEDLES).in_store == 500
    assert keeping.there(on=back(3)).in_store == 0
    entry = last_entry()
    assert (entry.event, entry.record_id) == ("stock.received", paper.pk)
    assert entry.detail == {"kind": "receipt", "lines": 3, "pieces": 640}


def test_a_batch_with_two_expiries_was_misread(keeping):
    keeping.receives(10, batch="A", good=300)
    with pytest.raises(Refused, match="A"):
        keeping.receives(10, batch="A", good=200)
    keeping.receives(10, batch="B")
    keeping.receives(5, batch=" B ", good=90)
    assert Batch.objects.get(number="B").expires_on == today() + timedelta(days=90)
    assert keeping.there().in_store == 25
    assert Document.objects.count() == 3, "what was refused left nothing"


@pytest.mark.parametrize("lines", [[], [0]])
def test_a_paper_of_nothing_is_refused(keeping, lines):
    made = [Received(keeping.item(SupplyKind.CONDOMS), pieces) for pieces in lines]
    with pytest.raises(Refused):
        receive(by=keeping.by, site=keeping.site, receipt=Receipt(made))
    with pytest.raises(Refused):
        count(by=keeping.by, site=keeping.site, counted=Count(Place(keeping.site.pk), []))


@pytest.mark.parametrize("day", [None, date(1999, 12, 31), date(26, 3, 9)], ids=str)
def test_a_day_that_has_not_come_and_a_slip_of_the_pen_in_the_year_are_refused(keeping, day):
    day = day or today() + timedelta(days=1)
    with pytest.raises(Refused):
        keeping.receives(10, on=day)
    with pytest.raises(Refused):
        keeping.counts(10, on=day)


def test_what_people_are_given_leaves_the_batch_that_expires_first(keeping):
    keeping.receives(100, batch="late", good=300)
    keeping.receives(10, batch="soon", good=30)
    keeping.gives(12)
    assert {lot.batch.number: lot.quantity for lot in keeping.there().lying} == {"late": 98}


def test_below_zero_is_written_and_never_refused(keeping):
    keeping.receives(10, batch="A", good=30)
    keeping.gives(13)
    supply = keeping.there()
    assert supply.in_store == -3
    assert [(lot.batch, lot.quantity) for lot in supply.lying] == [(None, -3)]
    keeping.counts(7)
    assert keeping.there().in_store == 7


def test_to_a_bag_and_back_and_given_from_it(keeping, worker):
    keeping.receives(100)
    condoms = {SupplyKind.CONDOMS: 30}
    transfer(by=keeping.by, site=keeping.site, move=keeping.move(condoms), to=Place(keeping.site.pk, worker))
    assert (keeping.there().in_store, keeping.there().in_bags) == (70, {worker: 30})
    handed = [Handed(uuid4(), keeping.item(SupplyKind.CONDOMS), 12)]
    hand_out(keeping.by, keeping.site, today(), handed, from_bag_of=worker)
    assert keeping.there().in_bags == {worker: 18}
    give_back(by=keeping.by, site=keeping.site, move=keeping.move({SupplyKind.CONDOMS: 10}, worker=worker))
    assert (keeping.there().in_store, keeping.there().in_bags) == (80, {worker: 8})
    found = [Found(keeping.item(SupplyKind.CONDOMS), 5)]
    count(by=keeping.by, site=keeping.site, counted=Count(Place(keeping.site.pk, worker), found))
    assert keeping.there().in_bags == {worker: 5}


def test_to_another_site_of_the_programme(keeping, programme, actor):
    keeping.receives(100)
    to = Place(programme.other_site.pk)
    transfer(by=keeping.by, site=keeping.site, move=keeping.move({SupplyKind.CONDOMS: 40}), to=to)
    there = Keeping(actor(Role.DESK_OFFICER, programme.other_site), programme.other_site)
    assert (keeping.there().in_store, there.there().in_store) == (60, 40)
    there.gives(5)
    assert there.there().in_store == 35, "what came from another site begins a ledger too"


def test_only_to_a_place_of_the_programme(keeping, programme, worker):
    keeping.receives(100)
    move = keeping.move({SupplyKind.CONDOMS: 1})
    stranger = staff_with(Role.REPORT_READER, programme.site).pk
    for to in (
        Place(programme.site_elsewhere.pk),
        Place(keeping.site.pk, stranger),
        Place(keeping.site.pk, uuid4()),
    ):
        with pytest.raises(NotHere):
            transfer(by=keeping.by, site=keeping.site, move=move, to=to)
    for to in (Place(keeping.site.pk),):
        with pytest.raises(Refused):
            transfer(by=keeping.by, site=keeping.site, move=move, to=to)
    with pytest.raises(Refused):
        give_back(by=keeping.by, site=keeping.site, move=move)
    elsewhere = Move(Place(programme.other_site.pk), move.lines)
    with pytest.raises(NotHere):
        lose(by=keeping.by, site=keeping.site, loss=elsewhere)


def test_somebody_elses_item_or_batch_is_not_here(keeping, programme):
    keeping.receives(100, batch="A")
    theirs = standard_items(programme.other_organisation.pk)[SupplyKind.CONDOMS]
    batch = Batch.objects.get(number="A")
    for line in (Line(theirs.pk, 1), Line(keeping.item(SupplyKind.NEEDLES), 1, batch.pk)):
        with pytest.raises(NotHere):
            lose(by=keeping.by, site=keeping.site, loss=Move(Place(keeping.site.pk), [line]))
        found = [Found(line.item_id, 1, line.batch_id)]
        with pytest.raises(NotHere):
            count(by=keeping.by, site=keeping.site, counted=Count(Place(keeping.site.pk), found))
    assert Document.objects.count() == 1


def test_what_is_lost_is_out(keeping):
    keeping.receives(100)
    lose(by=keeping.by, site=keeping.site, loss=keeping.move({SupplyKind.CONDOMS: 4}))
    assert keeping.there().in_store == 96
    assert Movement.objects.get(kind=MovementKind.LOSS).to_account.kind == AccountKind.LOST


def test_nothing_moves_before_somebody_counted_or_received(keeping):
    with pytest.raises(Refused, match="Count to begin"):
        lose(by=keeping.by, site=keeping.site, loss=keeping.move({SupplyKind.CONDOMS: 4}))
    keeping.receives(10, on=back(2))
    with pytest.raises(Refused, match="Count to begin"):
        lose(by=keeping.by, site=keeping.site, loss=keeping.move({SupplyKind.CONDOMS: 4}, on=back(3)))


@pytest.mark.parametrize(
    "role", [Role.PEER_EDUCATOR, Role.ME_OFFICER, Role.REPORT_READER, Role.ADMINISTRATOR]
)
def test_who_does_not_keep_supplies_is_refused(keeping, programme, actor, role):
    paper = keeping.receives(10)
    other = Keeping(actor(role), programme.site)
    before = Document.objects.count()
    for act in (
        lambda: other.receives(10),
        lambda: other.counts(10),
        lambda: lose(by=other.by, site=other.site, loss=keeping.move({SupplyKind.CONDOMS: 1})),
        lambda: reverse_document(by=other.by, document=paper),
        lambda: add_item(by=other.by, item=NewItem(SupplyKind.OTHER, "Soap", "bar")),
    ):
        with pytest.raises(Refused):
            act()
    assert Document.objects.count() == before


def test_a_colleague_of_another_site_finds_nothing_here(keeping, programme, actor):
    paper = keeping.receives(10)
    colleague = actor(Role.PROGRAMME_MANAGER, programme.other_site)
    stranger = actor(Role.PROGRAMME_MANAGER, programme.site_elsewhere)
    for by in (colleague, stranger):
        with pytest.raises(NotHere):
            Keeping(by, programme.site).there()
        with pytest.raises(NotHere):
            reverse_document(by=by, document=paper)
        with pytest.raises(NotHere):
            receive(
                by=by, site=keeping.site, receipt=Receipt([Received(keeping.item(SupplyKind.CONDOMS), 1)])
            )

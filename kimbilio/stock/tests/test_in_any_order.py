"""Receipts, moves, hand-outs, counts, losses and their undoing, in any order and on any day: the ledger balances.

Hypothesis tells a story to the real actions and, beside it, to a slow ledger. After each step both must say the same
of every place as at every day, the kept sums must be those of all movements, and no movement may be lost or doubled.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.stock.actions import (
    Count,
    Found,
    Line,
    Move,
    Place,
    Receipt,
    Received,
    count,
    give_back,
    lose,
    receive,
    reverse_document,
    transfer,
)
from kimbilio.stock.choices import AccountKind, MovementKind, SupplyKind
from kimbilio.stock.distributing import Handed, hand_out, take_back_handed
from kimbilio.stock.holdings import holdings_from_movements
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Account, Batch, Document, Holding, Movement
from kimbilio.stock.queries import supplies_at
from kimbilio.stock.tests.slow import SlowLedger
from tests.programme import Programme, actor_with, staff_with

pytestmark = pytest.mark.django_db

DAYS = 6
days_back = st.integers(0, DAYS - 1)
kinds = st.sampled_from([SupplyKind.CONDOMS, SupplyKind.NEEDLES])
pieces = st.integers(1, 30)
batches = st.sampled_from([("", None), ("A", 3), ("B", 40), ("C", -2)])


class _ToldTwice(RuleBasedStateMachine):
    """The story, told to the real ledger and to the slow one."""

    def __init__(self, programme: Programme, by: Actor, worker: object) -> None:
        super().__init__()
        self.site, self.other, self.by, self.worker = programme.site, programme.other_site, by, worker
        self.items = standard_items(programme.organisation.pk)
        self.slow = SlowLedger()
        self.papers: list[Document] = []
        self.visits: list[object] = []
        self.moved = 0
        self.today = timezone.localdate()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        """Leave nothing behind for the next story."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def day(self, back: int) -> object:
        return self.today - timedelta(days=back)

    def batch(self, kind: SupplyKind, named: tuple[str, int | None]) -> object:
        """Return the id of a batch that is known, None where it is not."""
        found = Batch.objects.filter(item=self.items[kind], number=named[0]).first()
        return found.pk if found else None

    @rule(kind=kinds, number=pieces, batch=batches, back=days_back)
    def receives(self, kind, number, batch, back):
        day = self.day(back)
        expires = self.today + timedelta(days=batch[1]) if batch[1] is not None else None
        line = Received(self.items[kind].pk, number, batch[0], expires)
        paper = receive(by=self.by, site=self.site, receipt=Receipt([line], day))
        self.papers.append(paper)
        self.slow.begun[paper.pk] = ("store", day)
        self.slow.come(paper.pk, ("store", kind), day, number)

    @rule(
        kind=kinds, number=pieces, batch=batches, back=days_back, to=st.sampled_from(["bag", "other", "lost"])
    )
    def leaves_the_store(self, kind, number, batch, back, to):
        day = self.day(back)
        move = Move(Place(self.site.pk), [Line(self.items[kind].pk, number, self.batch(kind, batch))], day)
        if not self.slow.has_begun("store", day):
            with pytest.raises(Refused):
                lose(by=self.by, site=self.site, loss=move)
            return
        if to == "lost":
            paper = lose(by=self.by, site=self.site, loss=move)
        else:
            target = Place(self.site.pk, self.worker) if to == "bag" else Place(self.other.pk)
            paper = transfer(by=self.by, site=self.site, move=move, to=target)
        self.papers.append(paper)
        if to == "other":
            self.slow.begun[paper.pk] = ("other", day)
        self.slow.come(paper.pk, ("store", kind), day, -number)
        if to != "lost":
            self.slow.come(paper.pk, (to, kind), day, number)

    @rule(kind=kinds, number=pieces, back=days_back)
    def gives_back(self, kind, number, back):
        day = self.day(back)
        if not self.slow.has_begun("store", day):
            return
        move = Move(Place(self.site.pk, self.worker), [Line(self.items[kind].pk, number)], day)
        paper = give_back(by=self.by, site=self.site, move=move)
        self.papers.append(paper)
        self.slow.come(paper.pk, ("bag", kind), day, -number)
        self.slow.come(paper.pk, ("store", kind), day, number)

    @rule(
        found=st.dictionaries(
            kinds, st.lists(st.tuples(batches, st.integers(0, 40)), max_size=2), min_size=1
        ),
        back=days_back,
        where=st.sampled_from(["store", "bag"]),
    )
    def counts(self, found, back, where):
        day = self.day(back)
        lines = [
            Found(self.items[kind].pk, number, self.batch(kind, batch))
            for kind, each in found.items()
            for batch, number in each or [(("", None), 0)]
        ]
        place = Place(self.site.pk, self.worker if where == "bag" else None)
        if where == "bag" and not self.slow.has_begun("store", day):
            return
        paper = count(by=self.by, site=self.site, counted=Count(place, lines, day))
        self.papers.append(paper)
        for kind, each in found.items():
            there = sum(number for _batch, number in each)
            self.slow.come(paper.pk, (where, kind), day, there - self.slow.held((where, kind), day))
        self.slow.counts[paper.pk] = (where, set(found), day)
        if where == "store":
            self.slow.begun[paper.pk] = ("store", day)

    @rule(given=st.dictionaries(kinds, pieces, min_size=1), back=days_back, bag=st.booleans())
    def hands_out(self, given, back, bag):
        day, visit = self.day(back), uuid4()
        handed = [Handed(visit, self.items[kind].pk, number) for kind, number in given.items()]
        hand_out(self.by, self.site, day, handed, from_bag_of=self.worker if bag else None)
        self.visits.append(visit)
        self.slow.handed[visit] = list(given.items())
        for kind, number in given.items():
            self.slow.given[kind] += number
            if self.slow.has_begun("store", day):
                self.slow.come(visit, ("bag" if bag else "store", kind), day, -number)

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def takes_a_visit_back(self, data):
        visit = data.draw(st.sampled_from(self.visits))
        take_back_handed(self.by, self.site, [visit])
        assert take_back_handed(self.by, self.site, [visit]) == []
        self.slow.take_back(visit)

    @precondition(lambda self: self.papers)
    @rule(data=st.data())
    def takes_a_paper_back(self, data):
        paper = data.draw(st.sampled_from(self.papers))
        reverse_document(by=self.by, document=paper)
        self.slow.take_back(paper.pk)

    @invariant()
    def both_say_the_same(self):
        for back in (0, 2, DAYS):
            for where, site in (("store", self.site), ("bag", self.site), ("other", self.other)):
                told = {one.item.pk: one for one in supplies_at(self.by, site, self.day(back)).items}
                for kind in (SupplyKind.CONDOMS, SupplyKind.NEEDLES):
                    one = told[self.items[kind].pk]
                    quick = one.in_bags.get(self.worker, 0) if where == "bag" else one.in_store
                    assert quick == self.slow.held((where, kind), self.day(back)), (where, kind, back)
        for kind in (SupplyKind.CONDOMS, SupplyKind.NEEDLES):
            assert self._given(kind) == self.slow.given[kind]

    def _given(self, kind: SupplyKind) -> int:
        rows = Movement.objects.filter(item=self.items[kind])
        came, went = (
            rows.filter(**{f"{side}__kind": AccountKind.GIVEN}).aggregate(n=Sum("quantity"))["n"] or 0
            for side in ("to_account", "from_account")
        )
        return came - went

    @invariant()
    def the_kept_sums_are_those_of_all_movements(self):
        rows = Holding.objects.values_list("account", "item", "batch", "quantity")
        kept = {(account, item, batch): quantity for account, item, batch, quantity in rows}
        assert kept == holdings_from_movements(self.site.organisation_id)

    @invariant()
    def nothing_is_lost_or_doubled(self):
        assert Movement.objects.count() >= self.moved, "a movement was deleted"
        self.moved = Movement.objects.count()
        answers = Movement.objects.filter(kind=MovementKind.REVERSAL)
        assert answers.values("reverses").distinct().count() == answers.count()
        for one in answers.select_related("reverses"):
            mistake = one.reverses
            assert (one.item_id, one.batch_id, one.quantity, one.document) == (
                mistake.item_id,
                mistake.batch_id,
                mistake.quantity,
                mistake.document,
            )
        assert Account.objects.filter(kind=AccountKind.STORE).count() <= 2


@pytest.fixture
def keeper(programme: Programme) -> Actor:
    by = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    roles = by.roles | {programme.other_site.pk: by.roles[programme.site.pk]}
    return Actor(by.organisation_id, by.staff_id, by.username, by.display_name, roles)


@pytest.mark.parametrize("stories", [10, pytest.param(300, marks=pytest.mark.soak)])
def test_the_ledger_balances_whatever_happens(programme, keeper, stories):
    worker = staff_with(Role.PEER_EDUCATOR, programme.site).pk
    standard_items(programme.organisation.pk)
    run_state_machine_as_test(
        lambda: _ToldTwice(programme, keeper, worker),
        settings=settings(
            max_examples=stories,
            stateful_step_count=14,
            # A story takes long to tell: it is shown as it was found, and not made shorter.
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

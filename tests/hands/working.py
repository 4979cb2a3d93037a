"""What a hand does: visits and supplies at two sites, by the actions that the pages call, each form with its token.

Every hand works on the same visits and papers. Of which one a step tells is looked up when it is done, so that several
hands often mean the same one at the same moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Receipt as Sent
from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.once import once
from kimbilio.accounts.queries import actor_named
from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.people.models import Client
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
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Document
from kimbilio.visits.actions import (
    Given,
    NewVisit,
    correct_visit,
    move_visit,
    record_anonymous,
    record_visit,
    undo_anonymous,
    undo_visit,
)
from kimbilio.visits.models import AnonymousSupply, Visit
from kimbilio.visits.tests.a_site import make_people
from tests.hands.paper import BEGAN, FIRST, PEOPLE
from tests.running import ADMINISTRATOR

Told = dict[str, Any]


def begin() -> Told:
    """Make two sites with people and a first receipt each, so many days ago, and say which they are."""
    staff = actor_named(ADMINISTRATOR)
    sites = [
        Site.objects.create(organisation_id=staff.organisation_id, name=str(uuid4()), county="Kiambu")
        for _ in range(2)
    ]
    for site in sites:
        SiteRole.objects.create(
            organisation_id=staff.organisation_id,
            staff_id=staff.staff_id,
            site=site,
            role=Role.PROGRAMME_MANAGER,
        )
    by, today = actor_named(ADMINISTRATOR), timezone.localdate()
    people = make_people(by, sites[0], PEOPLE)
    items = standard_items(by.organisation_id)
    lines = [Received(items[kind].pk, FIRST) for kind in (SupplyKind.NEEDLES, SupplyKind.CONDOMS)]
    receipt = Receipt(lines, today - timedelta(days=BEGAN))
    papers = [receive(by=by, site=site, receipt=receipt) for site in sites]
    return {
        "papers": [str(paper.pk) for paper in papers],
        "site": str(sites[0].pk),
        "other": str(sites[1].pk),
        "today": today.isoformat(),
        "people": [str(person.pk) for person in people],
    }


def work(name: str, began: Told, forms: Sequence[Any], step: Sequence[Any]) -> Told:
    """Do one step, and return which entry of the audit tells of it, or why it was refused, or nothing."""
    at_work = AtWork.where(began, forms)
    what, *told = step
    try:
        return getattr(at_work, what)(name, *told) or {}
    except Refused as why:
        return {"refused": str(why)}


@dataclass
class AtWork:
    """A hand at the two sites. `forms` are visits that any hand may send, and send again."""

    by: Actor
    site: Site
    other: Site
    today: date
    people: list[Client]
    forms: Sequence[Any]

    @classmethod
    def where(cls, began: Told, forms: Sequence[Any]) -> "AtWork":
        """Return one at the sites that `begin` told of."""
        by = actor_named(ADMINISTRATOR)
        site, other = (Site.objects.get(pk=began[name]) for name in ("site", "other"))
        known = Client.objects.in_bulk([UUID(person) for person in began["people"]])
        people = [known[UUID(person)] for person in began["people"]]
        return cls(by, site, other, date.fromisoformat(began["today"]), people, forms)

    def visit(self, _step: str, form: int) -> Told:
        """Send the form of a visit, as whoever taps twice or sends again does."""
        person, back, given, bag = self.forms[form]
        new = NewVisit(self.people[person].pk, self._day(back), self._given(given))
        made = self._once(
            ["form", form],
            lambda: record_visit(
                by=self.by,
                client=self.people[person],
                at_site=self.site,
                visit=new,
                from_bag_of=self.by.staff_id if bag else None,
            ),
        )
        return {"event": "visits.recorded", "record": str(made.pk), "form": form}

    def correct(self, step: str, form: int, back: int, given: dict[str, int], times: int) -> Told | None:
        """Put right what stands of a form's visit, some times the same."""
        if (visit := self._stands_for(form)) is None:
            return None
        new = NewVisit(visit.client_id, self._day(back), self._given(given))
        right = self._again(step, times, lambda: correct_visit(by=self.by, visit=visit, new=new))
        return {"event": "visits.corrected", "record": right, "old": str(visit.pk), "to": [back, given]}

    def move(self, step: str, form: int, person: int, times: int) -> Told | None:
        """Move what stands of a form's visit to another person."""
        if (visit := self._stands_for(form)) is None:
            return None
        other = self.people[person]
        moved = self._again(step, times, lambda: move_visit(by=self.by, visit=visit, client=other))
        return {"event": "visits.moved", "record": moved, "old": str(visit.pk), "to": person}

    def undo(self, step: str, form: int, times: int) -> Told | None:
        """Take back what stands of a form's visit."""
        if (visit := self._stands_for(form)) is None:
            return None
        gone = self._again(step, times, lambda: undo_visit(by=self.by, visit=visit))
        return {"event": "visits.undone", "record": gone}

    def nameless(self, _step: str, back: int, item: str, pieces: int) -> Told:
        """Give without a name."""
        row = record_anonymous(
            by=self.by, site=self.site, occurred_on=self._day(back), item=self._item(item), quantity=pieces
        )
        return {"event": "visits.anonymous_recorded", "record": str(row.pk), "gave": [back, item, pieces]}

    def nameless_back(self, _step: str, which: int) -> Told | None:
        """Take back what was given without a name."""
        rows = AnonymousSupply.objects.filter(site=self.site).order_by("pk")
        if not rows:
            return None
        row = undo_anonymous(by=self.by, supply=rows[which % len(rows)])
        return {"event": "visits.anonymous_undone", "record": str(row.pk)}

    def receive(self, _step: str, back: int, item: str, pieces: int, batch: str) -> Told:
        """Receive pieces of a batch."""
        receipt = Receipt([Received(self._item(item).pk, pieces, batch)], self._day(back))
        paper = receive(by=self.by, site=self.site, receipt=receipt)
        return {"event": "stock.received", "record": str(paper.pk), "moved": [back, item, pieces]}

    def leave(self, _step: str, to: str, back: int, item: str, pieces: int) -> Told:
        """Take pieces out of the store: to a bag, to the other site, or as lost; or out of the bag into the store."""
        bag = Place(self.site.pk, self.by.staff_id)
        source = bag if to == "store" else Place(self.site.pk)
        move = Move(source, [Line(self._item(item).pk, pieces)], self._day(back))
        where: dict[str, Any] = {"by": self.by, "site": self.site}
        if to == "lost":
            event, paper = "stock.lost", lose(loss=move, **where)
        elif to == "store":
            event, paper = "stock.given_back", give_back(move=move, **where)
        else:
            target = bag if to == "bag" else Place(self.other.pk)
            event, paper = "stock.moved", transfer(move=move, to=target, **where)
        return {"event": event, "record": str(paper.pk), "moved": [back, item, pieces], "to": to}

    def count(self, _step: str, where: str, back: int, item: str, found: int) -> Told:
        """Count an item in the store or the bag."""
        place = Place(self.site.pk, self.by.staff_id if where == "bag" else None)
        counted = Count(place, [Found(self._item(item).pk, found)], self._day(back))
        paper = count(by=self.by, site=self.site, counted=counted)
        return {"event": "stock.counted", "record": str(paper.pk), "found": [where, back, item, found]}

    def reverse(self, _step: str, which: int) -> Told | None:
        """Take a paper back, but for the first: anybody's, and perhaps one that is taken back already."""
        papers = Document.objects.filter(site=self.site).order_by("pk")[1:]
        if not papers:
            return None
        paper = reverse_document(by=self.by, document=papers[which % len(papers)])
        return {"event": "stock.reversed", "record": str(paper.pk)}

    def _stands_for(self, form: int) -> Visit | None:
        """Return what a form's visit is by now, also where it was undone; None where nobody has sent it yet."""
        sent = Sent.objects.filter(token=self._token(["form", form])).first()
        visit = Visit.objects.get(pk=sent.record_id) if sent else None
        while visit and (later := Visit.objects.filter(replaces=visit).first()):
            visit = later
        return visit

    def _again(self, step: str, times: int, do: Callable[[], Visit]) -> str:
        (made,) = {self._once([step], do).pk for _ in range(times)}
        return str(made)

    def _once(self, what: list[object], do: Callable[[], Visit]) -> Visit:
        return once(self.by, self._token(what), do)

    def _token(self, what: list[object]) -> UUID:
        return uuid5(self.site.pk, repr(what))

    def _day(self, back: int) -> date:
        return self.today - timedelta(days=back)

    def _item(self, kind: str) -> Any:
        return standard_items(self.by.organisation_id)[SupplyKind(kind)]

    def _given(self, given: dict[str, int]) -> Given:
        return Given({self._item(kind).pk: pieces for kind, pieces in given.items()})

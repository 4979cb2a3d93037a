"""A day at a site as Today and the end-of-day sheet show it: who came, by code, what went, and who is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.community.queries import events_between
from kimbilio.core.paging import Pages, on_page, pages_of
from kimbilio.desk.visits_shown import given_titles, time_of
from kimbilio.mat.queries import Silence, missing_by_step, runs_as_at, silences
from kimbilio.people.queries import codes_of
from kimbilio.people.rules import display_card_code
from kimbilio.stock.models import Item
from kimbilio.stock.queries import all_items, handed_out
from kimbilio.support.queries import sessions_between
from kimbilio.visits.models import Visit
from kimbilio.visits.queries import Anonymous, DayOfVisits, anonymous_on, day_at, first_day_at, people_by_day

Shown = dict[str, Any]
ROWS = 40
DAYS_BEFORE = 7


@dataclass(frozen=True)
class DeskDay:
    """What was recorded of one day at one site, for one who may see it."""

    by: Actor
    site: Site
    on: date

    @cached_property
    def visits(self) -> DayOfVisits:
        """Return who came and what they were given."""
        return day_at(self.by, self.site, self.on)

    @cached_property
    def anonymous(self) -> Anonymous:
        """Return what was taken without a name."""
        return anonymous_on(self.by, self.site, self.on, may=Permission.SEE_TODAY)

    @cached_property
    def items(self) -> list[Item]:
        """Return the items that are in use, and those out of use of which something went."""
        went = self.visits.given.keys() | self.anonymous.given.keys()
        return [item for item in all_items(self.by) if item.ended_at is None or item.pk in went]

    def sums(self) -> Shown:
        """Return the sums of the day, as the figures of Today and of the sheet."""
        visits = self.visits
        return {
            "people": len(visits.people),
            "new": len(visits.new),
            "returning": len(visits.people) - len(visits.new),
            "visits": len(visits.visits),
            "for_others": visits.for_others,
            "services": visits.services,
            "needles_returned": visits.needles_returned,
            "anonymous_returned": self.anonymous.needles_returned,
            "all_returned": visits.needles_returned + self.anonymous.needles_returned,
        }

    def supplies(self) -> list[Shown]:
        """Return, for each item, how many pieces went to people who are known, and without a name."""
        named, unnamed = self.visits.given, self.anonymous.given
        return [
            {
                "item": item.pk,
                "title": item.title,
                "named": named[item.pk],
                "unnamed": unnamed[item.pk],
                "all": named[item.pk] + unnamed[item.pk],
            }
            for item in self.items
        ]

    def balance(self) -> list[Shown]:
        """Return the same beside what left the stock that day, as the ledger has it: the two must be one number."""
        left = handed_out(self.by, self.site, self.on, self.on)
        return [
            line | {"ledger": left.get(line["item"], 0), "differs": left.get(line["item"], 0) - line["all"]}
            for line in self.supplies()
        ]

    def rows(self, page: int) -> list[Shown]:
        """Return a page of who came, the last first: by code and time, and what they were given."""
        some = self.visits.visits[on_page(page, ROWS)]
        titles = {item.pk: item.title for item in self.items}
        codes = self._codes(some)
        return [self._row(visit, titles, codes) for visit in some]

    def _row(self, visit: Visit, titles: dict[UUID, str], codes: dict[UUID, str]) -> Shown:
        person = self.visits.person_of[visit.client_id]
        return {
            "display_code": display_card_code(codes[person]),
            "url": reverse("person", args=[codes[person]]),
            "time": time_of(visit.recorded_at, visit.occurred_on),
            "given": given_titles(visit, titles),
            "needles_returned": visit.needles_returned,
            "for_others": visit.for_others,
            "done": visit.done,  # type: ignore[attr-defined]  # reckoned by the query
            "is_new": person in self.visits.new,
        }

    def _codes(self, visits: list[Visit]) -> dict[UUID, str]:
        """Return the code of each person: of the record that stands, which is another where two were joined."""
        codes = {visit.client_id: visit.client.code for visit in visits}
        people = {self.visits.person_of[visit.client_id] for visit in visits}
        elsewhere = people - codes.keys()
        return codes | (codes_of(self.site.organisation_id, elsewhere) if elsewhere else {})

    def pages(self, page: int) -> Pages:
        """Return the way through a long day."""
        return pages_of(address_of(self.on), page, rows=len(self.visits.visits), size=ROWS)

    def missing(self) -> int | None:
        """Return how many people have missed doses as at this day; None for those who may not see that."""
        if not self.by.may(Permission.SEE_JOURNEY, self.site.pk):
            return None
        return sum(missing_by_step(runs_as_at(self.by, self.site, self.on)).values())

    def silences(self) -> list[Silence]:
        """Return the clinics without a list for so long that who is missing is not known."""
        return [one for one in silences(self.by, self.site, self.on) if one.asks]

    def sessions(self) -> list[Shown]:
        """Return the sessions of the day: of which kind, how many people came, how many guests."""
        held = sessions_between(self.by, self.site, self.on, self.on, may=Permission.SEE_TODAY)
        return [
            {
                "kind": one.session.get_kind_display(),
                "people": len(one.people),
                "guests": one.session.guests_male + one.session.guests_female,
            }
            for one in held
        ]

    def events(self) -> list[Shown]:
        """Return the events of the day in the community, with how many came."""
        held = events_between(self.by, self.site, self.on, self.on, may=Permission.SEE_TODAY)
        return [
            {
                "activity": one.get_activity_display(),
                "named": one.named,
                "came": one.male + one.female + one.unsorted,
            }
            for one in held
        ]

    def days(self) -> Shown:
        """Return how many came on the days before, each with its address, and the days beside this one."""
        today, first = timezone.localdate(), self.on - timedelta(days=DAYS_BEFORE)
        came = people_by_day(self.by, self.site, first, self.on - timedelta(days=1))
        begins = first_day_at(self.by, self.site)
        return {
            "before": [
                {"on": day, "people": number, "url": address_of(day)}
                for day, number in sorted(came.items(), reverse=True)
            ],
            "earlier_url": address_of(self.on - timedelta(days=1)) if begins and begins < self.on else None,
            "later_url": address_of(self.on + timedelta(days=1)) if self.on < today else None,
            "is_today": self.on == today,
        }


def address_of(on: date) -> str:
    """Return the address of a day; today's has no date in it."""
    return reverse("today") if on == timezone.localdate() else reverse("today_on", args=[on.isoformat()])

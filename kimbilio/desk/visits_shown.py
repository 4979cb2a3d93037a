"""Visits as pages show them: by code and by what was given. What was done is named on the visit's own page alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import on_page, pages_of
from kimbilio.core.references import reference_to, referred_to
from kimbilio.desk.visit_form import Offered, asks_beside, items_meant
from kimbilio.people.models import Client
from kimbilio.stock.queries import all_items, items_in_use
from kimbilio.visits.choices import Service
from kimbilio.visits.models import GivenService, Visit
from kimbilio.visits.queries import (
    Before,
    can_take_back,
    carries_a_bag,
    number_of_visits,
    services_offered,
    stood_before,
    story_of,
    visit_whole,
    visits_to_refer_to,
)

Shown = dict[str, Any]
VISITS_IN_STORY, VISITS_ON_PAGE = 5, 50


def visit_url(by: Actor, client: Client) -> str | None:
    """Return where a visit of this person is recorded, for those who may."""
    may = by.may(Permission.RECORD_VISIT, client.site_id)
    return reverse("visit", args=[client.code]) if may else None


def offered_at(by: Actor, site: Site, sent: Mapping[str, Any]) -> Offered:
    """Return what a site has to give and to do; a field worker may give out of their bag. Three questions at most.

    With it, for one more question, comes what was `sent` of an item that was taken out of use meanwhile.
    """
    items, may_carry = items_in_use(by), not by.may(Permission.SEE_TODAY, site.pk)
    if beside := asks_beside(sent, items):
        items += items_meant(beside, all_items(by))
    return Offered(items, services_offered(by, site), may_carry and carries_a_bag(by, site))


def offered_with(by: Actor, visit: Visit, sent: Mapping[str, Any]) -> Offered:
    """Return the same where a visit was, with what it had though it is not offered any more."""
    offered = offered_at(by, visit.at_site, sent)
    items = {item.pk: item for item in offered.items} | {
        line.item_id: line.item for line in visit.supplies.all()
    }
    services = {one.pk: one for one in offered.services}
    services |= {one.site_service.pk: one.site_service for one in visit.services.all() if one.site_service}
    return Offered(list(items.values()), list(services.values()))


def visit_meant(by: Actor, client: Client, reference: str) -> Visit:
    """Return the visit of a person that a page refers to, whole; NotHere when there is none within reach."""
    return visit_whole(by, referred_to(visits_to_refer_to(by, client), reference))


def before_shown(before: Before, today: date) -> Shown:
    """Return whether somebody is new, when they came last, or since when they are known; and when they came today."""
    return {
        "is_new": before.is_new,
        "last_on": before.last_on,
        "met_on": before.met_on,
        "days": (today - before.last_on).days if before.last_on else None,
        "today": [timezone.localtime(moment) for moment in before.today],
    }


def given_titles(visit: Visit, titles: Mapping[UUID, str]) -> list[Shown]:
    """Return what was given at a visit, in the order of `titles`: each item as people call it, and how many pieces."""
    pieces = {line.item_id: line.quantity for line in visit.supplies.all()}
    return [{"title": title, "pieces": pieces[item]} for item, title in titles.items() if item in pieces]


def given_shown(visit: Visit) -> list[Shown]:
    """Return what was given at a visit that was read with its items."""
    return given_titles(visit, {line.item_id: line.item.title for line in visit.supplies.all()})


def story_shown(by: Actor, client: Client) -> Shown:
    """Return a person's last visits for their page, and where the others are, if there are more."""
    visits = story_of(by, client, slice(VISITS_IN_STORY + 1))
    more = len(visits) > VISITS_IN_STORY
    return {
        "visits": _in_lines(by, client, visits[:VISITS_IN_STORY]),
        "more_url": reverse("every_visit", args=[client.code]) if more else None,
    }


def every_visit_shown(by: Actor, client: Client, page: int) -> Shown:
    """Return a page of all visits of a person."""
    return {
        "visits": _in_lines(by, client, story_of(by, client, on_page(page, VISITS_ON_PAGE))),
        "pages": pages_of(
            reverse("every_visit", args=[client.code]),
            page,
            rows=number_of_visits(by, client),
            size=VISITS_ON_PAGE,
        ),
    }


def _in_lines(by: Actor, client: Client, visits: Iterable[Visit]) -> list[Shown]:
    may_open = by.may(Permission.RECORD_VISIT, client.site_id)
    return [
        _in_a_line(visit)
        | {
            "done": visit.done,  # type: ignore[attr-defined]  # reckoned by the query
            "site": visit.at_site.name if visit.at_site_id != client.site_id else "",
            "url": reverse("visit_one", args=[client.code, reference_to(visit)]) if may_open else None,
        }
        for visit in visits
    ]


def visit_shown(by: Actor, visit: Visit, code: str) -> Shown:
    """Return one visit whole: what was given and done, who recorded it, what stood before, what one may do."""
    earlier = stood_before(visit)
    who = staff_names(
        visit.organisation_id, {one.recorded_by for one in (visit, *earlier) if one.recorded_by}
    )
    address = [code, reference_to(visit)]
    may_change = by.may(Permission.RECORD_VISIT, visit.at_site_id)
    return _whole(visit, who) | {
        "why_voided": visit.get_why_voided_display() if visit.voided_at else "",
        "voided_at": visit.voided_at,
        "site": visit.at_site.name,
        "source": visit.get_source_display(),
        "earlier": [_whole(one, who) for one in earlier],
        "correct_url": reverse("correct_visit", args=address) if may_change else None,
        "move_url": reverse("move_visit", args=address) if may_change else None,
        "undo_url": reverse("undo_visit", args=address) if may_change and can_take_back(by, visit) else None,
    }


def _in_a_line(visit: Visit) -> Shown:
    return {
        "on": visit.occurred_on,
        "time": time_of(visit.recorded_at, visit.occurred_on),
        "given": given_shown(visit),
        "needles_returned": visit.needles_returned,
        "for_others": visit.for_others,
    }


def _whole(visit: Visit, who: dict[UUID, str]) -> Shown:
    return _in_a_line(visit) | {
        "services": services_in_words(visit.services.all()),
        "recorded_at": visit.recorded_at,
        "recorded_by": who.get(visit.recorded_by, "") if visit.recorded_by else "",
    }


def services_in_words(services: Iterable[GivenService]) -> list[str]:
    """Return what was done, each once: a topic stands with its service, a site's own service under its own name."""
    return [_service_in_words(one) for one in services]


def _service_in_words(one: GivenService) -> str:
    if one.site_service is not None:
        return one.site_service.name
    service = str(Service(one.service).label)
    return f"{service}: {one.get_topic_display()}" if one.topic else service


def time_of(recorded_at: datetime, on: date) -> datetime | None:
    """Return at what time a visit was recorded; None where that was on another day than the visit."""
    local = timezone.localtime(recorded_at)
    return local if local.date() == on else None

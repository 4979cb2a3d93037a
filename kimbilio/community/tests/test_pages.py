"""The pages of community events: a month, the form of one, and what they never show."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.community.actions import NewEvent, record_event, record_events
from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.core.references import reference_to
from tests.programme import Programme

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 8


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def typed(**more: object) -> dict[str, object]:
    told = {"token": uuid4(), "activity": "clean_up", "occurred_on": timezone.localdate(), "male": "31"}
    return told | more


@pytest.fixture
def desk(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.DESK_OFFICER)


def recorded(programme: Programme, actor: Callable[..., Actor], **more: object) -> CommunityEvent:
    told = {"activity": Activity.FAMILY_DAY, "occurred_on": timezone.localdate(), "male": 7, "female": 12}
    new = NewEvent(**(told | more))  # type: ignore[arg-type]
    return record_event(by=actor(Role.DESK_OFFICER), site=programme.site, event=new)


def address_of(event: CommunityEvent) -> str:
    return f"/events/{event.occurred_on.isoformat()}/{reference_to(event)}"


def test_an_empty_month_says_what_belongs_there(desk: Browser) -> None:
    page = text_of(desk.get("/events"))
    assert "No event is recorded in this month." in page
    assert "Record an event" in page


def test_an_event_is_recorded_and_stands_in_its_month(programme: Programme, desk: Browser) -> None:
    day = date(2025, 6, 7)
    answer = desk.post("/events/new", typed(occurred_on=day, female="19", venue="Karuri market"))
    assert answer.headers["Location"] == "/events?month=2025-06"
    event = CommunityEvent.objects.get()
    assert (event.male, event.female, event.unsorted, event.site) == (31, 19, 0, programme.site)
    june = text_of(desk.get("/events?month=2025-06"))
    assert "Clean-up" in june
    assert "Men 31, women 19" in june
    assert "Karuri market" in june
    assert "Karuri market" not in text_of(desk.get("/events?month=2025-07"))


def test_the_same_form_twice_is_one_event(desk: Browser) -> None:
    form = typed()
    assert [desk.post("/events/new", form).status_code for _time in range(2)] == [302, 302]
    assert CommunityEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"activity": ""}, "Choose one."),
        ({"activity": "other"}, "Say what event it was."),
        ({"occurred_on": date(2999, 1, 1)}, "This day has not come yet."),
        ({"occurred_on": date(1925, 1, 1)}, "This was too long ago."),
        ({"male": "many"}, "Type a number, such as 48."),
        ({"male": "-1"}, "Type a number, such as 48."),
        ({"male": ""}, "Say how many came; 0 if nobody did."),
        ({"male": "999999"}, "This is more people than can be."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_what_was_typed_stays(
    desk: Browser, wrong: dict[str, object], said: str
) -> None:
    answer = desk.post("/events/new", typed(venue="Chief's camp", **wrong))
    assert answer.status_code == 200
    page = text_of(answer)
    assert said in page
    assert 'value="Chief&#x27;s camp"' in page
    assert not CommunityEvent.objects.exists()


def test_an_event_of_another_name_is_kept_by_it(desk: Browser) -> None:
    desk.post("/events/new", typed(activity="other", named="Blood donation"))
    assert "Blood donation" in text_of(desk.get("/events"))


def test_an_event_is_corrected_on_the_form_as_it_stands(
    programme: Programme, actor: Callable[..., Actor], desk: Browser
) -> None:
    event = recorded(programme, actor, venue="Ndenderu")
    form = desk.get(address_of(event))
    assert 'value="Ndenderu"' in text_of(form)
    answer = desk.post(address_of(event), typed(activity="family_day", male="8", female="12"))
    assert answer.status_code == 302
    standing = CommunityEvent.objects.get(voided_at__isnull=True)
    assert (standing.male, standing.replaces_id) == (8, event.pk)
    assert desk.get(address_of(event)).status_code == 404


def test_an_event_is_taken_back_on_its_day_and_not_offered_later(
    programme: Programme, actor: Callable[..., Actor], desk: Browser, sign_in: Callable[..., Browser]
) -> None:
    event = recorded(programme, actor)
    CommunityEvent.objects.filter(pk=event.pk).update(recorded_at=timezone.now() - timedelta(days=3))
    assert "take it back" not in text_of(desk.get(address_of(event)))
    assert desk.post(f"{address_of(event)}/undo").status_code == 403
    manager = sign_in(Role.PROGRAMME_MANAGER)
    assert "take it back" in text_of(manager.get(address_of(event)))
    assert manager.post(f"{address_of(event)}/undo").status_code == 302
    assert "No event is recorded" in text_of(desk.get("/events"))


@pytest.mark.parametrize("path", ["/events/never/0123456789ab", "/events/2025-06-30/0123456789ab"])
def test_what_is_no_event_is_not_here(desk: Browser, path: str) -> None:
    assert desk.get(path).status_code == 404
    assert desk.post(f"{path}/undo").status_code == 404


@pytest.mark.parametrize("month", ["2999-01", "nonsense", "2025-13", ""])
def test_a_month_that_is_none_or_has_not_come_is_this_one(desk: Browser, month: str) -> None:
    assert desk.get("/events", {"month": month}).context["month"] == timezone.localdate().replace(day=1)


def test_no_month_before_the_first_event_is_offered(
    programme: Programme, actor: Callable[..., Actor], desk: Browser
) -> None:
    assert desk.get("/events").context["before"] is None
    recorded(programme, actor, occurred_on=date(2025, 6, 7))
    assert desk.get("/events?month=2025-08").context["before"] == date(2025, 7, 1)
    assert desk.get("/events?month=2025-06").context["before"] is None


def test_heads_are_summed_by_activity_and_in_all(
    programme: Programme, actor: Callable[..., Actor], desk: Browser
) -> None:
    events = [
        NewEvent(Activity.CLEAN_UP, timezone.localdate(), male=30, female=20),
        NewEvent(Activity.CLEAN_UP, timezone.localdate(), male=1, unsorted=4),
        NewEvent(Activity.SPORTS_DAY, timezone.localdate(), female=5),
    ]
    record_events(by=actor(Role.DESK_OFFICER), site=programme.site, events=events)
    found = desk.get("/events").context
    assert [(one["words"], one["events"], one["all"]) for one in found["sums"]] == [
        ("Clean-up", 2, 55),
        ("Sports day", 1, 5),
    ]
    assert found["whole"] == {"male": 31, "female": 25, "unsorted": 4, "all": 60}


def test_a_month_costs_the_same_with_few_and_many(
    programme: Programme, actor: Callable[..., Actor], desk: Browser
) -> None:
    def statements() -> int:
        desk.get("/events")
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/events").status_code == 200
        return len(captured)

    recorded(programme, actor)
    few = statements()
    event = NewEvent(Activity.CLEAN_UP, timezone.localdate(), male=3)
    record_events(by=actor(Role.DESK_OFFICER), site=programme.site, events=[event] * 60)
    assert statements() == few <= MOST_STATEMENTS

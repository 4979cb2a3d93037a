"""The pages behind a number, of checks, and of closing a month."""

from datetime import timedelta

from django.utils import timezone

from tests.stories.homes import MANAGER, ME_OFFICER
from tests.stories.pages import send, shown_to
from tests.stories.visitor import Visitor


def month(before: int) -> str:
    """The month so many months before this one, as addresses name it."""
    day = timezone.localdate().replace(day=1)
    for _month in range(before):
        day = (day - timedelta(days=1)).replace(day=1)
    return f"{day:%Y-%m}"


@shown_to(to=ME_OFFICER)
def opened_number(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/visits.people")


@shown_to(to=MANAGER)
def opened_number_that_adds_up(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/supplies.needles?by-sex=male")


@shown_to(to=ME_OFFICER)
def opened_number_of_events(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/community.participants")


@shown_to(to=ME_OFFICER)
def opened_number_that_is_nothing(v: Visitor) -> None:
    v.opens("/reports/2020-01/visits.people")


@shown_to(to=MANAGER)
def checks_of_the_month(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/check")


@shown_to(to=MANAGER)
def checks_that_find_nothing(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/check/too_much")


@shown_to(to=MANAGER)
def what_a_check_found(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/check/not_stated")


@shown_to(to=ME_OFFICER)
def month_to_be_closed(v: Visitor) -> None:
    v.opens(f"/reports/{month(1)}/close")


@shown_to(to=ME_OFFICER)
def month_that_is_not_over(v: Visitor) -> None:
    v.opens(f"/reports/{month(0)}/close")
    send(v, "form[action*='/propose'] button")


def proposed(v: Visitor) -> str:
    """Have the M&E officer propose an earlier month, unless that was done; return its page."""
    path, officer = f"/reports/{month(2)}/close", v.home.session(ME_OFFICER)
    page = officer.get(path)
    if "/withdraw" not in page.text:
        officer.send(page.form("/propose"), path)
    return path


@shown_to(to=ME_OFFICER)
def own_proposal(v: Visitor) -> None:
    v.opens(proposed(v))


@shown_to(to=MANAGER)
def proposal_of_another(v: Visitor) -> None:
    v.opens(proposed(v))

"""Today at a site, any other day of it, and the sheet to print when the day ends."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.days import day_asked_for, day_meant
from kimbilio.core.paging import page_asked
from kimbilio.desk.day_of_visits import DeskDay, address_of
from kimbilio.desk.stock_shown import warnings_shown


@entry(Permission.SEE_TODAY)
def today(request: Request) -> HttpResponse:
    """Show today; or lead to the day that was chosen."""
    chosen = day_asked_for(request.GET.get("on", ""), timezone.localdate())
    if chosen is not None:
        return redirect(address_of(chosen))
    return _day(request, timezone.localdate())


@entry(Permission.SEE_TODAY)
def today_on(request: Request, on: str) -> HttpResponse:
    """Show another day; NotHere where it is none, or has not come yet."""
    return _day(request, day_meant(on, timezone.localdate()))


@entry(Permission.SEE_TODAY)
def day_end(request: Request, on: str = "") -> HttpResponse:
    """Show the sheet of a day for the printer: people and supplies, against what left the stock."""
    site = site_where(request, Permission.SEE_TODAY)
    on_day = day_meant(on, timezone.localdate()) if on else timezone.localdate()
    day = DeskDay(request.actor, site, on_day)
    balance = day.balance()
    shown = {
        "site": site,
        "on": day.on,
        "sums": day.sums(),
        "balance": balance,
        "balances": not any(line["differs"] for line in balance),
        "sessions": day.sessions(),
        "events": day.events(),
        "missing": day.missing(),
        "warnings": warnings_shown(request.actor, site, day.on),
        "day_url": address_of(day.on),
    }
    return render(request, "desk/day_end.html", shown)


def _day(request: Request, on: date) -> HttpResponse:
    site = site_where(request, Permission.SEE_TODAY)
    day = DeskDay(request.actor, site, on)
    page = page_asked(request.GET)
    days, missing = day.days(), day.missing()
    shown = {
        "site": site,
        "on": on,
        "sums": day.sums(),
        "supplies": day.supplies(),
        "rows": day.rows(page),
        "pages": day.pages(page),
        "days": days,
        "missing": missing,
        "silences": day.silences() if missing else [],
        "follow_url": reverse("follow") if request.actor.may_somewhere(Permission.SEE_FOLLOW_UP) else None,
        "warnings": warnings_shown(request.actor, site, on) if days["is_today"] else [],
        "sessions": day.sessions(),
        "events": day.events(),
        "tally_url": reverse("tally")
        if days["is_today"] and request.actor.may(Permission.RECORD_VISIT, site.pk)
        else None,
        "end_url": reverse("day_end") if days["is_today"] else reverse("day_end_on", args=[on.isoformat()]),
    }
    return render(request, "desk/today.html", shown)

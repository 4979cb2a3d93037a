"""The page of backups: when the last was proved, what is overdue, a recovery sheet shown once."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.password_again import password_again
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.safekeeping import actions
from kimbilio.safekeeping.asides import put_aside
from kimbilio.safekeeping.daily import keeper
from kimbilio.safekeeping.diary import Diary, Entry, time_of
from kimbilio.safekeeping.keeping import care_for, fault_of_folder, kept_of
from kimbilio.safekeeping.recovery import recipients
from kimbilio.safekeeping.rules import is_all_done

_SHOWN = 5


@entry(Permission.KEEP_SAFE, methods="GET POST")
def keeping(request: Request) -> HttpResponse:
    """Show how the keeping stands; note what was done, or have a backup made."""
    home = Path(settings.HOME)
    if request.method == "POST":
        _do(request, home)
        return redirect("keeping")
    return render(request, "safekeeping/keeping.html", _page(home))


def _do(request: Request, home: Path) -> None:
    what = request.POST.get("do", "")
    if what == "backup" and settings.BACKUP_FOLDER is not None:
        keeper.ask()
        messages.success(request, _("A backup is being made. Look here again in a minute."))
    elif what == "copied":
        actions.say_copied(by=request.actor, home=home)
        messages.success(request, _("Noted: a copy is in a second place."))
    elif what == "drill":
        actions.say_drilled(by=request.actor, home=home)
        messages.success(request, _("Noted: a restore was tried out."))


def _page(home: Path) -> dict[str, Any]:
    diary, folder = Diary.of(home), settings.BACKUP_FOLDER
    return {
        "care": [one.label for one in care_for(home, timezone.now())],
        "in_order": settings.BACKUP_FOLDER is not None and is_all_done(kept_of(home)),
        "failure": diary.failure,
        "is_at_work": keeper.is_at_work,
        "folder": folder,
        "folder_fault": fault_of_folder(folder, home) if folder else "",
        "last": _shown(diary.last_proved) if diary.last_proved else None,
        "backups": [_shown(one) for one in reversed(diary.backups[-_SHOWN:])],
        "asides": put_aside(home),
        "copied_at": time_of(diary.second_place_at),
        "drilled_at": time_of(diary.drill_at),
        "sheets": [
            {"number": one.number, "made_on": datetime.fromisoformat(one.made_on)} for one in recipients(home)
        ],
        "sheet_url": reverse("recovery_sheet"),
    }


def _shown(one: Entry) -> dict[str, Any]:
    return {
        "at": time_of(one.at),
        "proved": one.proved,
        "people": one.people,
        "megabytes": max(1, one.bytes // 1_000_000),
        "where": str(Path(one.data).parent),
        "why": one.why,
    }


@entry(Permission.KEEP_SAFE, methods="GET POST")
@password_again
def recovery_sheet(request: Request) -> HttpResponse:
    """Say what a recovery sheet is; made, it is shown in this one answer and never again."""
    if request.method != "POST":
        return render(request, "safekeeping/make_sheet.html", {"sheets": recipients(Path(settings.HOME))})
    sheet = actions.make_recovery_sheet(by=request.actor, home=Path(settings.HOME))
    square = sheet.square().svg_data_uri(scale=4, border=2)
    shown = {"sheet": sheet, "square": square, "done_url": reverse("keeping")}
    return render(request, "safekeeping/sheet.html", shown)

"""What every page shows around its content: the menu of what this person may do."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.roles import Permission
from kimbilio.safekeeping.keeping import what_is_overdue


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the menu for this person, and whether this is a demo home."""
    actor = getattr(request, "actor", None)
    offered = [
        ("find", _("Find"), "search", Permission.FIND_PERSON),
        ("today", _("Today"), "clock", Permission.SEE_TODAY),
        ("clinic_today", _("The clinic's day"), "calendar", Permission.RECORD_JOURNEY),
        ("follow", _("People to look for"), "person", Permission.SEE_FOLLOW_UP),
        ("follow_how", _("How MAT goes"), "chart", Permission.SEE_HOW_MAT_GOES),
        ("sessions", _("Sessions"), "pair", Permission.RECORD_SESSION),
        ("events", _("Community events"), "place", Permission.RECORD_EVENT),
        ("reports", _("Reports"), "chart", Permission.SEE_REPORTS),
        ("supplies", _("Supplies"), "box", Permission.SEE_STOCK),
        ("imports", _("Books"), "list", Permission.IMPORT_BOOKS),
        ("duplicates", _("Entered twice?"), "pair", Permission.MERGE_PEOPLE),
        ("files_out", _("Files out"), "leave", Permission.EXPORT_PEOPLE),
        ("rights_requests", _("People's rights"), "lock", Permission.ERASE_PERSON),
        ("places", _("Places"), "place", Permission.SEE_PLACES),
        ("staff", _("Staff"), "person", Permission.MANAGE_STAFF),
        ("history", _("Who did what"), "list", Permission.READ_AUDIT),
        ("keeping", _("Backups"), "lock", Permission.KEEP_SAFE),
        ("opened_week", _("Who opened whom"), "search", Permission.READ_AUDIT),
    ]
    menu = [
        {"url": reverse(name), "label": label, "icon": icon, "current": request.path == reverse(name)}
        for name, label, icon, permission in offered
        if actor is not None and actor.may_somewhere(permission)
    ]
    return {
        "menu": menu,
        "demo_home": settings.DEMO,
        "idle_seconds": settings.IDLE_SECONDS,
        "to_keep_safe": what_is_overdue(actor),
    }

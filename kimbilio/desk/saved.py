"""What was saved last, for one showing: beside the next search, with a way to take it back."""

from typing import Any

from django.urls import reverse

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.forms import OnceForm
from kimbilio.core.references import reference_to
from kimbilio.desk.stock_shown import below_zero
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code
from kimbilio.stock.queries import items_in_use
from kimbilio.visits.models import Visit

_KEY = "saved_visit"


class UndoForm(OnceForm):
    """A button that takes something back, once."""


def remember_saved(request: Request, client: Client, visit: Visit) -> None:
    """Keep, with the sign-in, which visit was saved: the next page says so."""
    request.session[_KEY] = {"code": client.code, "visit": reference_to(visit)}


def take_saved(request: Request) -> dict[str, Any] | None:
    """Return what was saved last and was not told yet, with the form that takes it back; None where nothing was.

    With it comes of what the store has less than nothing since: that is shouted about, and keeps nobody waiting.
    """
    saved = request.session.pop(_KEY, None)
    if saved is None or not request.actor.may_somewhere(Permission.RECORD_VISIT):
        return None
    address, site = [saved["code"], saved["visit"]], site_where(request, Permission.RECORD_VISIT)
    return {
        "display_code": display_card_code(saved["code"]),
        "url": reverse("visit_one", args=address),
        "undo_url": reverse("undo_visit", args=address),
        "form": UndoForm(auto_id=False),
        "below_zero": below_zero(request.actor, site, items_in_use(request.actor)),
    }

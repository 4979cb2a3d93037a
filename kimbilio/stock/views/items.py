"""The items that a programme keeps: adding one, its weeks, and taking it out of use."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.stock.actions import add_item, end_item, set_item_weeks, use_item_again
from kimbilio.stock.forms import ItemForm, WeeksForm
from kimbilio.stock.queries import all_items, item_within_reach
from kimbilio.stock.showing import items_shown


@entry(Permission.KEEP_STOCK)
def items(request: Request) -> HttpResponse:
    """Show every item with its weeks."""
    return render(request, "stock/items.html", {"items": items_shown(all_items(request.actor))})


@entry(Permission.KEEP_STOCK, methods="GET POST")
def add(request: Request) -> HttpResponse:
    """Add an item."""
    form = ItemForm(request.POST or None, initial=draft_or_none(request))
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: add_item(by=request.actor, item=form.item()),
            )
        except Refused as why:
            form.add_error("name", str(why))
        else:
            messages.success(request, _("Saved."))
            return redirect("supply_items")
    shown = {
        "form": form,
        "heading": _("A new item"),
        "hint": _("Every site of the programme can receive and give it."),
        "back_url": reverse("supply_items"),
        "back_words": _("Items"),
    }
    return render(request, "core/one_form.html", shown)


@entry(Permission.KEEP_STOCK, methods="GET POST")
def weeks(request: Request, item: str) -> HttpResponse:
    """Set by which weeks the programme is warned of an item."""
    found = item_within_reach(request.actor, item)
    form = WeeksForm(request.POST or None, initial=draft_or_none(request) or WeeksForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        once(
            request.actor,
            form.sent(request.path),
            lambda: set_item_weeks(by=request.actor, item=found, weeks=form.weeks()),
        )
        messages.success(request, _("Saved."))
        return redirect("supply_items")
    shown = {
        "form": form,
        "heading": found.title,
        "hint": _("These numbers are the programme's own; change them as you learn."),
        "back_url": reverse("supply_items"),
        "back_words": _("Items"),
    }
    return render(request, "core/one_form.html", shown)


@entry(Permission.KEEP_STOCK, methods="POST")
def end(request: Request, item: str) -> HttpResponse:
    """Take an item out of use."""
    end_item(by=request.actor, item=item_within_reach(request.actor, item))
    messages.success(request, _("Out of use. What is left of it is still shown and counted."))
    return redirect("supply_items")


@entry(Permission.KEEP_STOCK, methods="POST")
def use_again(request: Request, item: str) -> HttpResponse:
    """Take an item into use again."""
    use_item_again(by=request.actor, item=item_within_reach(request.actor, item))
    messages.success(request, _("In use again."))
    return redirect("supply_items")

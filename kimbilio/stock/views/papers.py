"""One paper of the ledger: what it says, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.days import day_meant
from kimbilio.stock.actions import reverse_document
from kimbilio.stock.models import Document
from kimbilio.stock.queries import paper_within_reach
from kimbilio.stock.queries.item_ledger import count_lines_of, movements_of
from kimbilio.stock.showing import lines_shown, paper_url, papers_shown


@entry(Permission.SEE_STOCK)
def paper(request: Request, day: str, paper: str) -> HttpResponse:
    """Show one paper: what moved by it, or what was counted."""
    site, found = _meant(request, Permission.SEE_STOCK, day, paper)
    shown = {
        "paper": papers_shown(site, [found])[0],
        "lines": lines_shown(
            movements_of(request.actor, site, found), count_lines_of(request.actor, site, found)
        ),
        "undo_url": paper_url(found, "undo_supply_paper")
        if found.reversed_at is None and request.actor.may(Permission.KEEP_STOCK, found.site_id)
        else "",
    }
    return render(request, "stock/paper.html", shown)


@entry(Permission.KEEP_STOCK, methods="POST")
def undo(request: Request, day: str, paper: str) -> HttpResponse:
    """Take a paper back. Twice is once."""
    _site, found = _meant(request, Permission.KEEP_STOCK, day, paper)
    reverse_document(by=request.actor, document=found)
    messages.success(request, _("Taken back. It is kept, and counts no more."))
    return redirect(paper_url(found))


def _meant(request: Request, permission: Permission, day: str, reference: str) -> tuple[Site, Document]:
    site = site_where(request, permission)
    return site, paper_within_reach(request.actor, site, day_meant(day, timezone.localdate()), reference)

"""What to do before, during and after the machine is taken or lost: one page for the wall."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request


@entry.anyone()
def trouble(request: Request) -> HttpResponse:
    """Show it to anybody; whom to call, only to those who are signed in."""
    known = request.actor is not None
    page = {"call_first": settings.CALL_FIRST if known else [], "signed_in": known}
    return render(request, "safekeeping/trouble.html", page)

"""Closing Kimbilio on this machine: one press, and one to confirm."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.safekeeping.closing import write_down_closing

# What a browser kept of ours: honoured over HTTPS and on the machine itself.
FORGET_EVERYTHING = '"cache", "cookies", "storage"'


class _LastAnswer(HttpResponse):
    """An answer after which the program ends: closing it is the last thing that is done with it."""

    def close(self) -> None:
        """Have the program end, once nothing more of this answer is asked for."""
        super().close()
        settings.END_SERVING()


@entry.signed_in(methods="GET POST", before_second_factor=True, post_while_locked=True)
def close(request: Request) -> HttpResponse:
    """Say what closing does and ask once more; then close. From a locked page too, as it only protects."""
    if request.method != "POST":
        return render(request, "safekeeping/close.html")
    write_down_closing(request.actor, settings.HOME)
    response = _LastAnswer(render(request, "safekeeping/closed.html").content)
    response["Clear-Site-Data"] = FORGET_EVERYTHING
    return response

"""How another device joins: the addresses, and the certificate's fingerprint to compare."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.safekeeping.authority import fingerprint_in
from kimbilio.safekeeping.joining import Place, in_lines, square


@entry.signed_in()
def join(request: Request) -> HttpResponse:
    """Show how another device comes here; where only this machine is served, say how to serve others."""
    place: Place | None = settings.LAN
    page = {"lan": None} if place is None else {"lan": _how(place)}
    return render(request, "safekeeping/join.html", page)


def _how(place: Place) -> dict[str, object]:
    first, by_name = place.first_time(), place.by_name()
    return {
        "first": first,
        "first_square": square(first),
        "then": by_name,
        "then_square": square(by_name),
        "others": [address for address in place.own_addresses() if address != by_name],
        "fingerprint": in_lines(fingerprint_in(settings.HOME)),
    }

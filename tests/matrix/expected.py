"""What an address should answer, reckoned from what it declared, the roles' page, and where the record belongs.

This is a second reading of the rules, kept apart from the middleware: a mistake in one shows against the other.
"""

from dataclasses import dataclass

from django.http import HttpResponse

from kimbilio.accounts.roles import WHAT_ROLES_MAY, Role
from tests.matrix.addresses import Address
from tests.matrix.cast import Place

SIGN_IN = "/sign-in"
SECOND_STEP = "/account/second-step"

# Answers that follow from the state of the programme and not from who asks, each with its reason.
SPECIAL = {
    "setup": (404, "somebody can sign in already, so there is nothing to set up"),
    "locked": (423, "asking for it locks the sign-in, and says so by its status"),
}
# Where taking the second step off leads, to set it up anew; to anybody else it would say that theirs is missing.
TO_SECOND_STEP = ("mfa_deactivate_totp",)
NOT_OURS = "account/not-here/"
# Parameters that name what belongs to a whole programme: all its sites reach it, another organisation does not.
OF_THE_PROGRAMME = frozenset({"item"})


@dataclass(frozen=True)
class Expected:
    """The status that should come; 0 for any answer of success."""

    status: int
    why: str
    to_second_step: bool = False

    def is_met_by(self, response: HttpResponse) -> bool:
        """Tell whether this response is the expected one."""
        if self.status:
            return response.status_code == self.status and (self.status != 302 or leads_to_sign_in(response))
        is_turned_away = turned_away(response) and not self.to_second_step
        return 200 <= response.status_code < 400 and not is_turned_away

    def __str__(self) -> str:
        return f"{self.status or '2xx or 3xx'} ({self.why})"


def expected(address: Address, role: Role | None, method: str, place: Place | None) -> Expected:
    """Return what this address should answer to this role (None: nobody) for a record of this place."""
    entry = address.entry
    if entry is None:
        return Expected(403, "nothing declared")
    if entry.signed_in and role is None:
        return Expected(302, "not signed in")
    if entry.permission and entry.permission not in WHAT_ROLES_MAY[role]:
        return Expected(403, f"no permission {entry.permission}")
    if method not in entry.methods and not (method == "HEAD" and "GET" in entry.methods):
        return Expected(405, "no such method here")
    reached = {Place.OTHER_SITE} if set(address.parameters) <= OF_THE_PROGRAMME else set()
    if place in {Place.OTHER_SITE, Place.ELSEWHERE} - reached:
        return Expected(404, f"a record of {place}")
    if address.route.startswith(NOT_OURS):
        return Expected(404, "a page of allauth that we do not have")
    status, why = SPECIAL.get(address.name, (0, "allowed"))
    return Expected(status, why, to_second_step=address.name in TO_SECOND_STEP)


def leads_to_sign_in(response: HttpResponse) -> bool:
    """Tell whether a response leads to the sign-in page."""
    return response.status_code == 302 and response.headers["Location"].partition("?")[0] == SIGN_IN


def turned_away(response: HttpResponse) -> bool:
    """Tell whether somebody who should come in is led to set up a second step that they have."""
    return response.status_code == 302 and response.headers["Location"] == SECOND_STEP

"""Whose record belongs to whose work: by role, and by what ties somebody to a person.

Source: docs/sources.md, 'Watching the watchers'; which work makes which bond is ours (decision 21).
"""

from collections.abc import Iterable
from enum import StrEnum


class Bond(StrEnum):
    """What may tie a member of staff to a person."""

    SITE = "site"
    """The person is known at the site: whoever keeps its door meets them all."""
    ON_MAT = "on_mat"
    """A step on MAT is recorded of them."""
    LOOKED_FOR = "looked_for"
    """Somebody looks for them."""
    ASSIGNED = "assigned"
    """The member of staff is the one who looks for them."""
    CAME_TO_SESSION = "came_to_session"
    """They came to a session that the member of staff led or recorded."""
    HERE_TODAY = "here_today"
    """They were at the site today."""
    MET = "met"
    """The member of staff recorded a visit, a session or an attempt of theirs within the days that count."""
    REGISTERED = "registered"
    """The member of staff registered them within the days that count."""
    JUST_REGISTERED = "just_registered"
    """The member of staff registered them today."""


_FIELD = frozenset({Bond.ASSIGNED, Bond.MET, Bond.REGISTERED})
# Whoever registered a person a moment ago has their page before them, whatever their role.
_ALWAYS = frozenset({Bond.JUST_REGISTERED})

# By the code of the role (accounts/roles.py). A role that is not here works for nobody.
BONDS_OF_ROLE: dict[str, frozenset[Bond]] = {
    "peer_educator": _FIELD,
    "outreach_worker": _FIELD,
    "desk_officer": frozenset({Bond.SITE}),
    "counsellor": frozenset({Bond.CAME_TO_SESSION, Bond.HERE_TODAY, Bond.MET}),
    "paralegal": frozenset({Bond.MET, Bond.REGISTERED}),
    "mat_liaison": frozenset({Bond.ON_MAT, Bond.LOOKED_FOR}),
    # They answer for records, and give care to nobody: each opening has its reason.
    "me_officer": frozenset(),
    "programme_manager": frozenset(),
}


def bonds_that_count(roles: Iterable[str]) -> frozenset[Bond]:
    """Return the bonds by which people belong to somebody's work, in all of their roles at one site."""
    return _ALWAYS.union(*(BONDS_OF_ROLE.get(role, frozenset()) for role in roles))


def works_for_everybody(roles: Iterable[str]) -> bool:
    """Tell whether everybody at the site belongs to somebody's work there, so that nothing need be asked."""
    return Bond.SITE in bonds_that_count(roles)

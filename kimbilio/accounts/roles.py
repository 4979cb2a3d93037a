"""Who may do what: every role and every permission, on this one page.

A role is given to a staff member at a site. What a role may do, it may do at that site only.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The roles of the two programmes, as their staff name them. Source: mission.md, 'Who uses it'."""

    PEER_EDUCATOR = "peer_educator", _("Peer educator")
    OUTREACH_WORKER = "outreach_worker", _("Outreach worker")
    DESK_OFFICER = "desk_officer", _("Desk officer")
    COUNSELLOR = "counsellor", _("Counsellor")
    PARALEGAL = "paralegal", _("Paralegal")
    MAT_LIAISON = "mat_liaison", _("MAT liaison")
    ME_OFFICER = "me_officer", _("M&E officer")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    REPORT_READER = "report_reader", _("Report reader")


class Permission(TextChoices):
    """The things that a role may be allowed to do."""

    FIND_PERSON = "person.find", _("Find a person by code, name, phone or number")
    OPEN_PERSON = "person.open", _("Open a person's page, by code")
    REGISTER_PERSON = "person.register", _("Register a person")
    EDIT_PERSON = "person.edit", _("Correct what is recorded about a person")
    OPEN_IDENTITY = "identity.open", _("See a person's names and contacts")
    EDIT_IDENTITY = "identity.edit", _("Add or correct names and contacts")
    SEE_PLACES = "places.see", _("See places, clinics and hotspots")
    MANAGE_PLACES = "places.manage", _("Add or correct places, clinics and hotspots")
    MANAGE_STAFF = "staff.manage", _("Add, unlock, reset and disable staff")
    READ_AUDIT = "audit.read", _("Read who did and looked at what")
    MANAGE_KEYS = "keys.manage", _("Change the keys that protect the records")


_EVERYONE_IN_CARE = frozenset(
    {
        Permission.FIND_PERSON,
        Permission.OPEN_PERSON,
        Permission.REGISTER_PERSON,
        Permission.EDIT_PERSON,
        Permission.OPEN_IDENTITY,
        Permission.EDIT_IDENTITY,
        Permission.SEE_PLACES,
    }
)

WHAT_ROLES_MAY: dict[Role, frozenset[Permission]] = {
    Role.PEER_EDUCATOR: _EVERYONE_IN_CARE,
    Role.OUTREACH_WORKER: _EVERYONE_IN_CARE,
    Role.DESK_OFFICER: _EVERYONE_IN_CARE,
    Role.COUNSELLOR: _EVERYONE_IN_CARE,
    Role.PARALEGAL: _EVERYONE_IN_CARE,
    Role.MAT_LIAISON: _EVERYONE_IN_CARE,
    # Month end works on codes: data quality never needs a name.
    Role.ME_OFFICER: frozenset({Permission.FIND_PERSON, Permission.OPEN_PERSON, Permission.SEE_PLACES}),
    Role.PROGRAMME_MANAGER: _EVERYONE_IN_CARE
    | {Permission.MANAGE_PLACES, Permission.MANAGE_STAFF, Permission.READ_AUDIT},
    # Keeps the installation running; sees no person.
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_PLACES,
            Permission.MANAGE_PLACES,
            Permission.MANAGE_STAFF,
            Permission.READ_AUDIT,
            Permission.MANAGE_KEYS,
        }
    ),
    # Reads finished reports (they come with the month's report); no page of a person.
    Role.REPORT_READER: frozenset(),
}

# These roles reach everybody's records or everybody's sign-in, so a password alone is not enough.
SECOND_FACTOR_ROLES = frozenset({Role.PROGRAMME_MANAGER, Role.ME_OFFICER, Role.ADMINISTRATOR})

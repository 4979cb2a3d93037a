"""Who may do what: every role and every permission, on this one page.

A role is given to a staff member at a site. What a role may do, it may do at that site only.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The roles of the two programmes, as their staff name them."""

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
    MERGE_PEOPLE = "person.merge", _("Join what was entered twice about one person")
    IMPORT_BOOKS = "exchange.import", _("Take books in: lists, registers, attendance")
    RECORD_JOURNEY = "mat.record", _("Record steps on MAT, and the clinic's lists")
    SEE_JOURNEY = "mat.see", _("See a person's journey on MAT and their days")
    SET_CLINIC_RULES = "mat.rules", _("Set the numbers that a MAT clinic decides")
    SEE_FOLLOW_UP = "followup.see", _("See the people whom one looks for")
    SEE_EVERYBODY_TO_FOLLOW_UP = "followup.see_all", _("See everybody who is looked for at the site")
    RECORD_FOLLOW_UP = "followup.record", _("Record attempts, wishes and the way back of those one looks for")
    ASSIGN_FOLLOW_UP = "followup.assign", _("Say who looks for whom")
    PRINT_FOLLOW_UP = "followup.print", _("Print the list of people to look for, and answers to the clinic")
    ANSWER_FOLLOW_UP = "followup.answer", _("Answer the questions that raise themselves")
    SEE_HOW_MAT_GOES = "followup.numbers", _("See how MAT goes at the site, in numbers")
    RECORD_VISIT = "visits.record", _("Record visits and what was given")
    SEE_TODAY = "visits.today", _("See who came today")
    RECORD_SESSION = "support.record", _("Record sessions and who came to them")
    RECORD_EVENT = "community.record", _("Record community events")
    SEE_STOCK = "stock.see", _("See supplies")
    KEEP_STOCK = "stock.keep", _("Receive, move and count supplies")
    SEE_REPORTS = "reports.see", _("See the month's report")
    SEE_RECORDS_BEHIND = "reports.records", _("Open a number to the records behind it, by code")
    CLOSE_MONTH = "reports.close", _("Close a month, as one of two people")
    EXPORT_PEOPLE = "exchange.export", _("Take records of people out in a file, as one of two people")
    SET_ESTIMATES = "reports.estimates", _("Set how many people there are, as estimated")
    SEE_PLACES = "places.see", _("See places, clinics and hotspots")
    MANAGE_PLACES = "places.manage", _("Add or correct places, clinics and hotspots")
    MANAGE_STAFF = "staff.manage", _("Add, unlock, reset and disable staff")
    USE_RIGHTS = (
        "privacy.rights",
        _("Give a person what they have a right to: a copy, who looked, who was told"),
    )
    ERASE_PERSON = "privacy.erase", _("Forget a person who asks for it")
    ANSWER_FOR_RIGHTS = "privacy.answer", _("See what was told to others, and set how long things are kept")
    READ_AUDIT = "audit.read", _("Read who did and looked at what")
    KEEP_SAFE = "safekeeping.keep", _("See to backups, recovery sheets and drills")
    MANAGE_KEYS = "keys.manage", _("Change the keys that protect the records")


_EVERYONE_IN_CARE = frozenset(
    {
        Permission.FIND_PERSON,
        Permission.OPEN_PERSON,
        Permission.REGISTER_PERSON,
        Permission.EDIT_PERSON,
        Permission.OPEN_IDENTITY,
        Permission.EDIT_IDENTITY,
        Permission.SEE_JOURNEY,
        Permission.SEE_PLACES,
        Permission.RECORD_VISIT,
        Permission.RECORD_EVENT,
        Permission.SEE_STOCK,
    }
)
_SAFE_SPACE = frozenset({Permission.SEE_TODAY, Permission.RECORD_SESSION, Permission.KEEP_STOCK})
_READS_REPORTS = frozenset({Permission.SEE_REPORTS})
_ANSWERS_FOR_REPORTS = _READS_REPORTS | {
    Permission.SEE_RECORDS_BEHIND,
    Permission.CLOSE_MONTH,
    Permission.SET_ESTIMATES,
    Permission.EXPORT_PEOPLE,
}
_BOOKS = frozenset({Permission.IMPORT_BOOKS, Permission.MERGE_PEOPLE})
_RIGHTS = frozenset({Permission.USE_RIGHTS})
_ANSWERS_FOR_RIGHTS = _RIGHTS | {Permission.ERASE_PERSON, Permission.ANSWER_FOR_RIGHTS}
_MAT_CARE = frozenset({Permission.RECORD_JOURNEY, Permission.SET_CLINIC_RULES})
# Those who go out see only whom they look for themselves: a list of many is not carried about.
_LOOKS_FOR_PEOPLE = frozenset({Permission.SEE_FOLLOW_UP, Permission.RECORD_FOLLOW_UP})
_SEES_ALL_TO_FOLLOW_UP = _LOOKS_FOR_PEOPLE | {Permission.SEE_EVERYBODY_TO_FOLLOW_UP}
_ARRANGES_FOLLOW_UP = _SEES_ALL_TO_FOLLOW_UP | {
    Permission.ASSIGN_FOLLOW_UP,
    Permission.PRINT_FOLLOW_UP,
    Permission.ANSWER_FOLLOW_UP,
    Permission.SEE_HOW_MAT_GOES,
}

WHAT_ROLES_MAY: dict[Role, frozenset[Permission]] = {
    Role.PEER_EDUCATOR: _EVERYONE_IN_CARE | _LOOKS_FOR_PEOPLE,
    Role.OUTREACH_WORKER: _EVERYONE_IN_CARE | _LOOKS_FOR_PEOPLE,
    Role.DESK_OFFICER: _EVERYONE_IN_CARE | _RIGHTS | _SAFE_SPACE | _BOOKS | _SEES_ALL_TO_FOLLOW_UP,
    Role.COUNSELLOR: _EVERYONE_IN_CARE | _RIGHTS | _SAFE_SPACE | _SEES_ALL_TO_FOLLOW_UP,
    Role.PARALEGAL: _EVERYONE_IN_CARE | _RIGHTS,
    Role.MAT_LIAISON: _EVERYONE_IN_CARE | _SAFE_SPACE | _MAT_CARE | _BOOKS | _ARRANGES_FOLLOW_UP,
    # Month end works on codes: data quality never needs a name.
    Role.ME_OFFICER: frozenset(
        {
            Permission.FIND_PERSON,
            Permission.OPEN_PERSON,
            Permission.SEE_PLACES,
            Permission.SEE_JOURNEY,
            Permission.SEE_HOW_MAT_GOES,
            Permission.SEE_TODAY,
            Permission.SEE_STOCK,
        }
    )
    | _ANSWERS_FOR_REPORTS,
    Role.PROGRAMME_MANAGER: _EVERYONE_IN_CARE
    | _ANSWERS_FOR_RIGHTS
    | _SAFE_SPACE
    | _ANSWERS_FOR_REPORTS
    | _MAT_CARE
    | _BOOKS
    | _ARRANGES_FOLLOW_UP
    | {Permission.MANAGE_PLACES, Permission.MANAGE_STAFF, Permission.READ_AUDIT, Permission.KEEP_SAFE},
    # Keeps the installation running; sees no person.
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_PLACES,
            Permission.MANAGE_PLACES,
            Permission.MANAGE_STAFF,
            Permission.READ_AUDIT,
            Permission.MANAGE_KEYS,
            Permission.KEEP_SAFE,
        }
    ),
    # Reads finished reports; no page of a person.
    Role.REPORT_READER: _READS_REPORTS,
}

# These roles reach everybody's records or everybody's sign-in, so a password alone is not enough.
SECOND_FACTOR_ROLES = frozenset({Role.PROGRAMME_MANAGER, Role.ME_OFFICER, Role.ADMINISTRATOR})

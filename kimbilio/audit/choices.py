"""Every kind of audit entry, with the words that people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    """What was done or looked at. A house test fails when an action's event has no words here."""

    HOME_SET_UP = "home.set_up", _("Set the programme up")
    KEYS_ROTATED = "keys.rotated", _("Changed the keys")
    AUDIT_ANCHORED = "audit.anchored", _("Anchored the record anew")
    STAFF_ADDED = "staff.added", _("Added a member of staff")
    STAFF_DISABLED = "staff.disabled", _("Ended a member of staff's work")
    STAFF_ENABLED = "staff.enabled", _("Let a member of staff work again")
    STAFF_UNLOCKED = "staff.unlocked", _("Unlocked a sign-in")
    STAFF_CODE_GIVEN = "staff.code_given", _("Gave a one-time code")
    STAFF_RENAMED = "staff.renamed", _("Changed their own name")
    ROLE_GIVEN = "role.given", _("Gave a role")
    ROLE_ENDED = "role.ended", _("Ended a role")
    PASSWORD_SET = "password.set", _("Set a new password")
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("A sign-in was refused")
    SIGN_IN_ENDED = "sign_in.ended", _("Ended a sign-in elsewhere")
    SECOND_FACTOR_SET = "second_factor.set", _("Second step set up")
    SECOND_FACTOR_REMOVED = "second_factor.removed", _("Took their second step off, for another phone")
    SECOND_FACTOR_CLEARED = "second_factor.cleared", _("Took a colleague's second step off")
    SECOND_FACTOR_CODES = "second_factor.codes_made", _("Made new recovery codes")
    SIGN_OUT = "sign_out", _("Signed out")
    ACCOUNT_LOCKED = "account.locked", _("Locked after a pause")
    ACCOUNT_UNLOCKED = "account.unlocked", _("Unlocked after a pause")
    PLACES_AREAS_LOADED = "places.areas_loaded", _("Loaded counties and wards")
    PLACES_CLINIC_ADDED = "places.clinic_added", _("Added a MAT clinic")
    PLACES_FACILITY_ADDED = "places.facility_added", _("Added a partner facility")
    PLACES_HOTSPOT_ADDED = "places.hotspot_added", _("Added a hotspot")
    PERSON_REGISTERED = "person.registered", _("Registered a person")
    PEOPLE_REGISTERED = "people.registered", _("Registered many people")
    PERSON_OPENED = "person.opened", _("Opened a person's page")
    PERSON_CORRECTED = "person.corrected", _("Corrected a person's page")
    CONSENT_RECORDED = "consent.recorded", _("Recorded consent")
    IDENTITY_OPENED = "identity.opened", _("Looked at names and contacts")
    IDENTITY_DETAILS = "identity.details_recorded", _("Recorded names")
    IDENTITY_MANY = "identity.many_recorded", _("Recorded names of many people")
    IDENTITY_PHONE = "identity.phone_recorded", _("Added a phone")
    IDENTITY_LOCATOR = "identity.locator_recorded", _("Recorded where to find a person")
    IDENTITY_CONTACT = "identity.contact_recorded", _("Added an emergency contact")
    IDENTITY_NUMBER = "identity.number_recorded", _("Added an outside number")
    IDENTITY_ENDED = "identity.entry_ended", _("Took a phone, contact or number out of use")


_WORDS = dict(Event.choices)


def words_for(event: str) -> str:
    """Return the words for a kind of entry; the kind itself where there are none."""
    return str(_WORDS.get(event, event))

"""Which things that are done leave a report as it is. Whatever is not named here may change every number of it."""

from enum import Enum

from kimbilio.audit.choices import Event

_SIGNING_IN = {
    Event.SIGN_IN,
    Event.SIGN_IN_REFUSED,
    Event.SIGN_IN_ENDED,
    Event.ENTRY_REFUSED,
    Event.SIGN_OUT,
    Event.ACCOUNT_LOCKED,
    Event.ACCOUNT_UNLOCKED,
    Event.PASSWORD_SET,
    Event.SECOND_FACTOR_SET,
    Event.SECOND_FACTOR_REMOVED,
    Event.SECOND_FACTOR_CLEARED,
    Event.SECOND_FACTOR_CODES,
    Event.STAFF_ADDED,
    Event.STAFF_CODE_GIVEN,
    Event.STAFF_UNLOCKED,
}
_LOOKING = {
    Event.PERSON_OPENED,
    Event.PERSON_OPENED_OUTSIDE,
    Event.CASELOAD_LOOKED_INTO,
    Event.PERSON_COMPARED,
    Event.PEOPLE_DUPLICATES,
    Event.MAT_JOURNEY_OPENED,
    Event.FOLLOWUP_LISTED,
    Event.FOLLOWUP_PRINTED,
    Event.IDENTITY_OPENED,
    Event.IDENTITY_NAMES_LISTED,
    Event.IDENTITY_NUMBERS_LISTED,
    Event.LINE_OPENED,
    Event.REPORTS_RECORDS_OPENED,
    Event.REPORTS_TAKEN_ALONG,
    Event.EXPORT_ASKED,
    Event.EXPORT_APPROVED,
    Event.EXPORT_TURNED_DOWN,
    Event.EXPORT_TAKEN,
}
# Names, consents, and who looks for whom: no number is made of them.
_BESIDE = {
    Event.CONSENT_RECORDED,
    Event.IDENTITY_DETAILS,
    Event.IDENTITY_PHONE,
    Event.IDENTITY_LOCATOR,
    Event.IDENTITY_CONTACT,
    Event.IDENTITY_NUMBER,
    Event.IDENTITY_ENDED,
    Event.FOLLOWUP_ASSIGNED,
    Event.FOLLOWUP_MANY_ASSIGNED,
    Event.FOLLOWUP_WISH,
    Event.FOLLOWUP_ATTEMPT,
    Event.FOLLOWUP_CORRECTED,
    Event.FOLLOWUP_VOIDED,
    Event.FOLLOWUP_ANSWERED,
}
# What people were given is counted by their visits, not by the stock.
_STOCK = {
    Event.STOCK_RECEIVED,
    Event.STOCK_MOVED,
    Event.STOCK_GIVEN_BACK,
    Event.STOCK_LOST,
    Event.STOCK_COUNTED,
}
_KEEPING = {
    Event.BACKUP_MADE,
    Event.BACKUP_COPIED,
    Event.BACKUP_DRILL,
    Event.RECOVERY_KEY_MADE,
    Event.RECOVERY_KEY_REMOVED,
}
NEVER_COUNTED = frozenset(event.value for event in _SIGNING_IN | _LOOKING | _BESIDE | _STOCK | _KEEPING)

# Of one record with a day of its own, of which these tell: dated after the month, they leave the month as it is.
DATED: dict[str, str] = {
    Event.VISIT_RECORDED.value: "visits.visit",
    Event.VISIT_UNDONE.value: "visits.visit",
    Event.VISIT_ANONYMOUS.value: "visits.anonymoussupply",
    Event.VISIT_ANONYMOUS_UNDONE.value: "visits.anonymoussupply",
    Event.SUPPORT_SESSION.value: "support.session",
    Event.SUPPORT_UNDONE.value: "support.session",
    Event.COMMUNITY_RECORDED.value: "community.communityevent",
    Event.COMMUNITY_UNDONE.value: "community.communityevent",
    Event.MAT_STEP_RECORDED.value: "mat.journeystep",
    Event.MAT_STEP_VOIDED.value: "mat.journeystep",
}
_AT_THE_DESK = {
    Event.VISIT_RECORDED,
    Event.VISITS_RECORDED,
    Event.VISIT_CORRECTED,
    Event.VISIT_MOVED,
    Event.VISIT_UNDONE,
    Event.VISITS_VOIDED,
    Event.VISIT_ANONYMOUS,
    Event.VISIT_ANONYMOUS_UNDONE,
    Event.SUPPORT_SESSION,
    Event.SUPPORT_CORRECTED,
    Event.SUPPORT_UNDONE,
    Event.SUPPORT_ADDED,
    Event.SUPPORT_STRUCK,
    Event.COMMUNITY_RECORDED,
    Event.COMMUNITY_MANY,
    Event.COMMUNITY_CORRECTED,
    Event.COMMUNITY_UNDONE,
    Event.COMMUNITY_VOIDED,
}
_LISTS = {
    Event.MAT_LIST_RECORDED,
    Event.MAT_DAYS_RECORDED,
    Event.MAT_DAY_CORRECTED,
    Event.MAT_LISTS_WITHDRAWN,
    Event.MAT_RULE_SET,
}
# Somebody who is new has no record yet that is counted.
_NEW_PEOPLE = {Event.PERSON_REGISTERED, Event.PEOPLE_REGISTERED}


class RestsOn(Enum):
    """What an answer rests on, by what leaves it as it is beside all that is never counted."""

    RECORDS = frozenset(event.value for event in _LISTS | _NEW_PEOPLE)
    MAT = frozenset(event.value for event in _AT_THE_DESK | _NEW_PEOPLE)
    MAT_AND_PEOPLE = frozenset(event.value for event in _AT_THE_DESK)

    @property
    def leave_it(self) -> frozenset[str]:
        """Return the events that leave such an answer as it is."""
        return self.value

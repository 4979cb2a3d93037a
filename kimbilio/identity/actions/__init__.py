"""What staff can do with who a person is: record, correct, end, open. All audited, never with a value."""

from kimbilio.identity.actions.opening import (
    ListedPair,
    list_duplicates,
    open_identity,
    open_mat_numbers,
    open_names,
    open_names_of_each,
    open_two_identities,
)
from kimbilio.identity.actions.recording import (
    ContactDetails,
    Details,
    PhoneDetails,
    WhoTheyAre,
    add_contact,
    add_outside_number,
    add_phone,
    end_entry,
    end_many,
    record_details,
    record_locator,
    record_many,
)

__all__ = [
    "ContactDetails",
    "Details",
    "ListedPair",
    "PhoneDetails",
    "WhoTheyAre",
    "add_contact",
    "add_outside_number",
    "add_phone",
    "end_entry",
    "end_many",
    "list_duplicates",
    "open_identity",
    "open_mat_numbers",
    "open_names",
    "open_names_of_each",
    "open_two_identities",
    "record_details",
    "record_locator",
    "record_many",
]

"""The fields that books of each kind may have, what each is called to people, and which are needed."""

from collections.abc import Iterable
from enum import StrEnum

from kimbilio.exchange.books.wording import BookFault, Words, gettext_noop, say


class Kind(StrEnum):
    """The kinds of book that are read."""

    LINE_LIST = "line-list"
    ATTENDANCE = "attendance"
    REGISTER = "register"
    EVENTS = "events"


PERSON_FIELDS = (
    "code",
    "mat_number",
    "full_name",
    "first_name",
    "middle_name",
    "last_name",
    "other_names",
    "nickname",
)
TICKED = {
    "ticked_dosed": "dosed",
    "ticked_missed": "missed",
    "ticked_take_home": "take_home",
    "ticked_transit": "transit",
    "ticked_admitted": "admitted",
    "ticked_imprisoned": "imprisoned",
}
# What is given at a visit, by column, as what it is counted; pieces, of which several columns may add up.
SUPPLIES = {
    "needles_given": "needles",
    "condoms": "condoms",
    "female_condoms": "condoms",
    "lubricants": "lubricants",
    "naloxone": "naloxone",
}
# What is done at a visit, as it is recorded: a tick in a column.
SERVICES = (
    "hiv_referral",
    "tb_referral",
    "psychosocial",
    "peer_counselling",
    "legal_aid",
    "health_education",
    "self_test",
    "wound_care",
    "shower",
    "meal",
)
# Columns that hold several services in words.
SERVICES_IN_WORDS = ("referral", "services")
HEADS = ("male", "female", "heads")
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.LINE_LIST: (
        "line_number",
        *PERSON_FIELDS,
        "sex",
        "birth_date",
        "age",
        "phone",
        "ward",
        "first_contact_on",
        "inducted_on",
        "status",
        "remarks",
    ),
    Kind.ATTENDANCE: (
        "line_number",
        *PERSON_FIELDS,
        "day",
        "mark",
        *TICKED,
        "remarks",
        "sex",
        "age",
        "phone",
        "ward",
    ),
    Kind.REGISTER: (
        "line_number",
        "day",
        *PERSON_FIELDS,
        "sex",
        "age",
        "birth_date",
        "phone",
        "ward",
        *SUPPLIES,
        "needles_returned",
        *SERVICES,
        *SERVICES_IN_WORDS,
        "remarks",
    ),
    Kind.EVENTS: ("line_number", "day", "activity", "venue", *HEADS, "facilitator", "remarks"),
}
FIELD_WORDS: dict[str, str] = {
    "line_number": gettext_noop("Number of the line"),
    "code": gettext_noop("The person's code"),
    "full_name": gettext_noop("All names in one column"),
    "first_name": gettext_noop("First name"),
    "middle_name": gettext_noop("Middle name"),
    "last_name": gettext_noop("Last name"),
    "other_names": gettext_noop("Other names"),
    "nickname": gettext_noop("Nickname"),
    "sex": gettext_noop("Sex"),
    "birth_date": gettext_noop("Date or year of birth"),
    "age": gettext_noop("Age"),
    "phone": gettext_noop("Phone"),
    "ward": gettext_noop("Ward"),
    "first_contact_on": gettext_noop("Day of the first contact"),
    "mat_number": gettext_noop("MAT number"),
    "inducted_on": gettext_noop("Day of induction"),
    "status": gettext_noop("MAT status"),
    "remarks": gettext_noop("Remarks"),
    "day": gettext_noop("Day"),
    "mark": gettext_noop("Mark of the day"),
    "ticked_dosed": gettext_noop("Ticked: dosed"),
    "ticked_missed": gettext_noop("Ticked: absent"),
    "ticked_take_home": gettext_noop("Ticked: take-home"),
    "ticked_transit": gettext_noop("Ticked: in transit"),
    "ticked_admitted": gettext_noop("Ticked: admitted"),
    "ticked_imprisoned": gettext_noop("Ticked: in prison"),
    "needles_given": gettext_noop("Needles given"),
    "needles_returned": gettext_noop("Needles returned"),
    "condoms": gettext_noop("Condoms"),
    "female_condoms": gettext_noop("Condoms for women"),
    "lubricants": gettext_noop("Lubricants"),
    "naloxone": gettext_noop("Naloxone kits"),
    "hiv_referral": gettext_noop("Referral for HIV testing"),
    "tb_referral": gettext_noop("Referral for TB screening"),
    "psychosocial": gettext_noop("Psychosocial support"),
    "peer_counselling": gettext_noop("Peer counselling"),
    "legal_aid": gettext_noop("Legal aid"),
    "health_education": gettext_noop("Health education"),
    "self_test": gettext_noop("HIV self-test given"),
    "wound_care": gettext_noop("Wound care"),
    "shower": gettext_noop("Shower"),
    "meal": gettext_noop("Meal"),
    "referral": gettext_noop("Referrals, in words"),
    "services": gettext_noop("Services, in words"),
    "activity": gettext_noop("Activity"),
    "venue": gettext_noop("Venue"),
    "male": gettext_noop("Men who came"),
    "female": gettext_noop("Women who came"),
    "heads": gettext_noop("All who came"),
    "facilitator": gettext_noop("Who led it"),
}

# Words that a file of columns may use for a field, beside the field's own name.
OTHER_WORDS_FOR_FIELDS: dict[str, str] = {
    "client_code": "code",
    "person_code": "code",
    "name": "full_name",
    "names": "full_name",
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "surname": "last_name",
    "gender": "sex",
    "dob": "birth_date",
    "date_of_birth": "birth_date",
    "birth_year": "birth_date",
    "year_of_birth": "birth_date",
    "phone_number": "phone",
    "first_contact": "first_contact_on",
    "date_of_first_contact": "first_contact_on",
    "mat_no": "mat_number",
    "mat": "mat_number",
    "induction": "inducted_on",
    "inducted": "inducted_on",
    "date_inducted": "inducted_on",
    "mat_status": "status",
    "notes": "remarks",
    "date": "day",
    "attendance": "mark",
    "number": "line_number",
    "needles": "needles_given",
    "lubes": "lubricants",
    "naloxone_kits": "naloxone",
    "hiv": "hiv_referral",
    "tb": "tb_referral",
    "legal": "legal_aid",
    "place": "venue",
    "men": "male",
    "women": "female",
    "total": "heads",
    "participants": "heads",
    "led_by": "facilitator",
}

NAME_FIELDS = ("full_name", "first_name", "last_name", "other_names")


class MissingColumns(BookFault):
    """A column without which the book cannot be read is not there.

    `needs` says what is missing (code, names, who, days), `there` lists the headings that were found.
    """

    def __init__(self, words: Words, needs: tuple[str, ...] = (), there: str = "") -> None:
        super().__init__(words)
        self.needs = needs
        self.there = there


def no_table() -> MissingColumns:
    """Return what is said where a book has no table at all."""
    return MissingColumns(say(gettext_noop("No table with headings and lines could be found in the book.")))


def no_such_heading(heading: str, there: str) -> MissingColumns:
    """Return what is said where a named heading is not there."""
    sentence = gettext_noop("There is no column '%(heading)s'. The columns are: %(there)s.")
    return MissingColumns(say(sentence, heading=heading, there=there), there=there)


def no_such_field(field: str, fields: Iterable[str]) -> MissingColumns:
    """Return what is said where a file of columns names something that a book of this kind does not have."""
    sentence = gettext_noop("'%(field)s' is nothing that this kind of book has. It may have: %(fields)s.")
    return MissingColumns(say(sentence, field=field, fields=", ".join(fields)))

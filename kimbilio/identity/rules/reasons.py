"""Why somebody was offered as a match: codes, put into words for people elsewhere."""

from enum import StrEnum


class Reason(StrEnum):
    """What speaks for a match or, in the last group, against it."""

    NAME_EXACT = "name_exact"
    NAME_BEGINS = "name_begins"  # what was typed so far begins the name
    NAME_ALIKE = "name_alike"
    INITIAL_FITS = "initial_fits"
    NICKNAME_EXACT = "nickname_exact"
    NICKNAME_ALIKE = "nickname_alike"
    NAMES_TURNED_ROUND = "names_turned_round"
    PART_OF_THE_NAMES = "part_of_the_names"  # every name of the one stands among more names of the other
    FIRST_NAME_ALIKE = "first_name_alike"  # and the last name is another
    MIDDLE_NAME_ALIKE = "middle_name_alike"

    SAME_PHONE = "same_phone"
    SAME_BIRTH_DATE = "same_birth_date"
    BIRTH_DATE_CLOSE = "birth_date_close"  # as if it had slipped when written: a day, a year, day for month
    SAME_BIRTH_YEAR = "same_birth_year"

    MIDDLE_NAMES_DIFFER = "middle_names_differ"
    BIRTH_DATES_DIFFER = "birth_dates_differ"
    BIRTH_YEARS_FAR_APART = "birth_years_far_apart"
    SEX_DIFFERS = "sex_differs"

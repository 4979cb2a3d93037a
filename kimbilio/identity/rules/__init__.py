"""Rules about who a person is: names as they sound, phones, outside numbers, likely duplicates.

Nothing here remembers a name: whoever holds names in memory drops them when the home locks.
"""

from kimbilio.identity.rules.duplicates import LIKELY, Known, Likeness, likely_duplicate
from kimbilio.identity.rules.name_likeness import ALIKE, score_names, word_likeness
from kimbilio.identity.rules.name_sounds import fold_name, name_words
from kimbilio.identity.rules.numbers import normalise_outside_number
from kimbilio.identity.rules.phones import normalise_phone, phone_tail
from kimbilio.identity.rules.reasons import Reason

__all__ = [
    "ALIKE",
    "LIKELY",
    "Known",
    "Likeness",
    "Reason",
    "fold_name",
    "likely_duplicate",
    "name_words",
    "normalise_outside_number",
    "normalise_phone",
    "phone_tail",
    "score_names",
    "word_likeness",
]

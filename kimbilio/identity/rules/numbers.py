"""Outside numbers: codes of old books, MAT and national numbers, typed in many ways, brought to one form."""

import re
import unicodedata

_MADE_A_FRACTION = re.compile(r"^(\d+)\.0$")  # a spreadsheet made a number of it
_DIGITS_AND_O = re.compile(r"[0-9O]*[0-9][0-9O]*")


def normalise_outside_number(text: str) -> str:
    """Return a number in the one form it is looked up in: 'kss 0048', 'KSS/0048' and 'KSS-OO48' are KSS0048.

    Capitals and digits alone: no spaces, hyphens, slashes or dots. A letter O among digits is a zero, since no
    number mixes them; a zero among letters stays one, and leading zeros count. '' where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", _MADE_A_FRACTION.sub(r"\1", text.strip())).upper()
    bare = "".join(letter for letter in plain if letter.isalnum())
    return _DIGITS_AND_O.sub(lambda run: run.group().replace("O", "0"), bare)

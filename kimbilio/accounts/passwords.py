"""What a password must be: long, and hard to guess. No digits or capitals are asked for, and it never runs out.

Source: NIST SP 800-63B-4, 3.1.1.2 (15 characters or more, no composition rules, a blocklist, Unicode normalised).
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum, auto

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn

from kimbilio.accounts.models import Staff
from kimbilio.core.refusals import Refused

SHORTEST = 15
LONGEST = 256
# zxcvbn takes seconds on very long input, and what makes a password easy to guess shows long before this.
LOOKED_AT = 72
GOOD_ENOUGH = 3  # of 4: out of reach even of somebody who holds the hash and guesses slowly
BESIDE_NAMES = 8
OUR_OWN_WORDS = ("kimbilio", "password", "nenosiri")

HELP = gettext_lazy(
    "15 characters or more. Four or five words that do not belong together are easy to remember."
)


def normalised(password: str) -> str:
    """Return the same password for the same letters, however a keyboard composes them (ũ in one sign or two)."""
    return unicodedata.normalize("NFKC", password)


class Fault(Enum):
    """What can be wrong with a password."""

    SHORT = auto()
    LONG = auto()
    NAMES = auto()
    GUESSED = auto()


_OF_PASSWORDS = {
    Fault.SHORT: gettext_lazy("This password is too short. Use 15 characters or more."),
    Fault.LONG: gettext_lazy("This password is too long. Use 256 characters or fewer."),
    Fault.NAMES: gettext_lazy(
        "This password is little more than a name or the word password. Add words that do not belong to it."
    ),
    Fault.GUESSED: gettext_lazy(
        "This password is easy to guess. Use four or five words that do not belong together."
    ),
}
_OF_PASSPHRASES = {
    Fault.SHORT: gettext_lazy("This passphrase is too short. Use 15 characters or more."),
    Fault.LONG: gettext_lazy("This passphrase is too long. Use 256 characters or fewer."),
    Fault.NAMES: gettext_lazy(
        "This passphrase is little more than a name or the word password. Add words that do not belong to it."
    ),
    Fault.GUESSED: gettext_lazy(
        "This passphrase is easy to guess. Use four or five words that do not belong together."
    ),
}


def faults(password: str, names: Iterable[str] = ()) -> list[str]:
    """Return, in plain words, what is wrong with a password for somebody of these names; empty when it will do."""
    return [str(_OF_PASSWORDS[fault]) for fault in _found_in(password, names)]


def faults_of_passphrase(passphrase: str) -> list[str]:
    """Return, in plain words, what is wrong with a passphrase that locks a file; empty when it will do."""
    return [str(_OF_PASSPHRASES[fault]) for fault in _found_in(passphrase, ())]


def _found_in(password: str, names: Iterable[str]) -> list[Fault]:
    password = normalised(password)
    if len(password) < SHORTEST:
        return [Fault.SHORT]
    if len(password) > LONGEST:
        return [Fault.LONG]
    words = [
        word
        for name in (*names, *OUR_OWN_WORDS)
        for word in re.split(r"\W+", normalised(name))
        if len(word) > 2
    ]
    if len(_beside(password, words)) < BESIDE_NAMES:
        return [Fault.NAMES]
    if zxcvbn(password[:LOOKED_AT], user_inputs=words)["score"] < GOOD_ENOUGH:
        return [Fault.GUESSED]
    return []


def require_good(password: str, staff: Staff) -> str:
    """Return the password as it is kept, or raise Refused with the reason."""
    found = faults(password, names_of(staff))
    if found:
        raise Refused(found[0])
    return normalised(password)


def validate_new_password(password: str, *, username: str = "") -> None:
    """Raise ValidationError, for a form or a command, when this password will not do."""
    found = faults(password, [username])
    if found:
        raise ValidationError(found[0], code="weak_password")


def names_of(staff: Staff) -> list[str]:
    """Return the words that others would try first for this person."""
    return [staff.username, staff.display_name]


class StrengthValidator:
    """The same rule as Django asks for it, in forms and at `set_password`."""

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Raise ValidationError with the reason."""
        found = faults(password, names_of(user) if user else ())
        if found:
            raise ValidationError(found[0], code="weak_password")

    def get_help_text(self) -> str:
        """Say what a good password is."""
        return str(HELP)


def _beside(password: str, words: list[str]) -> str:
    """Return what is left of the letters and digits when these words are taken out."""
    left = password.casefold()
    for word in sorted((word.casefold() for word in words), key=len, reverse=True):
        left = left.replace(word, " ")
    return re.sub(r"[\W_]+", "", left)

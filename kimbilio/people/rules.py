"""Rules about people by code: card codes that cannot be misread, ages, who stands for whom among joined records.

Card codes are written in thirteen characters that are not taken for one another, by hand or aloud in Kenyan
English and Kiswahili. Left out, beside what each is taken for: by eye 0 O Q D U, 1 I L J, 2 Z, 5 S, 6 G C, 7 T,
8 B, K X H, M N, Y V; by ear 8 A H, 3 B C D E G P T V, M N, F S X, 2 Q U; and L, since L and R are one sound to
many. 4 and 8 (nne, nane) or 6 and 9 (sita, tisa) may still be swapped aloud; the check character finds that.
Without A E I O U no code spells a word.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kimbilio.people.choices import BirthPrecision, ConsentPurpose, ConsentStands

# Thirteen is prime, which is what lets one check character find every slip that `check_character` promises.
ALPHABET = "2346789FKMRWY"
CODE_DIGITS = 6
CODE_LENGTH = CODE_DIGITS + 1

# One weight for each place, the check character last: all different, and none zero, modulo 13.
_WEIGHTS = (2, 3, 4, 5, 6, 7, 1)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WRITTEN_BETWEEN = re.compile(r"[\s/\u2010-\u2015-]+")  # spaces, slashes, hyphens and dashes


def card_code_from(numbers: Sequence[int]) -> str:
    """Return the card code of six numbers below 13, which the caller draws at random.

    There are 13^6, 4.8 million: 50,000 people take one in a hundred, so few wrong guesses are somebody's.
    """
    if len(numbers) != CODE_DIGITS or not all(0 <= number < len(ALPHABET) for number in numbers):
        raise ValueError(f"a card code is made from {CODE_DIGITS} numbers from 0 to {len(ALPHABET) - 1}")
    six = "".join(ALPHABET[number] for number in numbers)
    return six + check_character(six)


def check_character(six: str) -> str:
    """Return the seventh character: with it, one wrong character or two that changed places are always found.

    It makes the weighted sum of all seven a multiple of 13. A wrong character moves the sum by its weight
    times the difference, two swapped ones by the difference of their weights times that of their values: never
    by a multiple of 13.
    """
    if len(six) != CODE_DIGITS or any(character not in _VALUE for character in six):
        raise ValueError(f"a check character is made from {CODE_DIGITS} characters of {ALPHABET}")
    weighed = sum(weight * _VALUE[character] for weight, character in zip(_WEIGHTS, six, strict=False))
    return ALPHABET[-weighed % len(ALPHABET)]


def is_card_code(text: str) -> bool:
    """Tell whether this is a card code exactly as it is stored: seven capitals and digits that check."""
    return (
        len(text) == CODE_LENGTH
        and all(character in _VALUE for character in text)
        and text[-1] == check_character(text[:-1])
    )


def normalise_card_code(text: str) -> str | None:
    """Return the card code in what somebody typed ('k7m-49 rw'), or None where it is not one."""
    code = _WRITTEN_BETWEEN.sub("", text).upper()
    return code if is_card_code(code) else None


def display_card_code(code: str) -> str:
    """Return a code as it is shown and read aloud, three and four: 'K7M-49RW'."""
    return f"{code[:3]}-{code[3:]}"


# A person of whom only the year of birth is known is taken to be born in the middle of it: the guess that is
# wrong least often, and as often too young as too old.
_MIDDLE_OF_YEAR = (7, 1)

EARLIEST_BIRTH_YEAR = 1900
# Programmes do meet children, and the oldest person known lived to 122; beyond these a slip is likelier.
YOUNGEST_AGE = 10
OLDEST_AGE = 110

AGE_BANDS = ("under 15", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50+")


@dataclass(frozen=True, slots=True)
class Age:
    """An age in completed years; `about` when the person's own word or our guess is all there is."""

    years: int
    about: bool


class BirthYearCheck(StrEnum):
    """What to make of a year of birth."""

    PLAUSIBLE = "plausible"
    ASK_AGAIN = "ask_again"
    IMPOSSIBLE = "impossible"


def age_on(birth_year: int | None, precision: str, on: date) -> Age | None:
    """Return the age on a day from a year of birth; None where the year is not known or is still to come.

    `precision` is a BirthPrecision or its value. Right to within a year, since the day is not known here.
    """
    if birth_year is None or birth_year > on.year or precision == BirthPrecision.UNKNOWN:
        return None
    years = max(0, on.year - birth_year - (not _past_the_middle(on)))
    return Age(years, about=precision in {BirthPrecision.AGE, BirthPrecision.ESTIMATE})


def birth_year_from_age(age: int, on: date) -> int:
    """Return the likeliest year of birth of somebody who says this age on a day; `age_on` agrees."""
    return on.year - age - (not _past_the_middle(on))


def age_band(years: int) -> str:
    """Return the band an age is counted in: one of AGE_BANDS, five years each from 15 to 49.

    Source: the bands of MOH 731 Plus (15-19, 20-24, 25-29, 30+) and of the key populations' monthly tool
    (<15, 15-19, 20-24, 25+) are sums of these.
    """
    if years < 15:
        return AGE_BANDS[0]
    return AGE_BANDS[min((years - 10) // 5, len(AGE_BANDS) - 1)]


def check_birth_year(birth_year: int, on: date) -> BirthYearCheck:
    """Tell whether a year of birth can stand, should be asked again (below 10 or above 110), or cannot be."""
    if not EARLIEST_BIRTH_YEAR <= birth_year <= on.year:
        return BirthYearCheck.IMPOSSIBLE
    age = age_on(birth_year, BirthPrecision.YEAR, on)
    if age is None or not YOUNGEST_AGE <= age.years <= OLDEST_AGE:
        return BirthYearCheck.ASK_AGAIN
    return BirthYearCheck.PLAUSIBLE


def _past_the_middle(on: date) -> bool:
    return (on.month, on.day) >= _MIDDLE_OF_YEAR


def who_stands(joined_to: Mapping[UUID, UUID], record: UUID) -> UUID:
    """Return the record that stands for this one, where each was joined to the one it is mapped to.

    Whoever stands may have been joined in turn. Raises ValueError for a circle, which joining refuses to make.
    """
    steps = 0
    while record in joined_to:
        record, steps = joined_to[record], steps + 1
        if steps > len(joined_to):
            raise ValueError("joined in a circle")
    return record


def joined_below(joined_to: Mapping[UUID, UUID], record: UUID) -> set[UUID]:
    """Return the records that were joined to this one, or to one that was joined to it: they go where it goes."""
    without = {one: other for one, other in joined_to.items() if one != record}
    return {one for one in without if who_stands(without, one) == record}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer about one purpose; `lifted_by` is the yes, by its id, that lifted this no on being asked anew."""

    id: UUID
    is_yes: bool
    lifted_by: UUID | None = None


# Without a yes these wait for one, but staff may reach out to ask: a number or a place that a person gave is used
# once nobody has said no. All others are silent until there is a yes.
ASK_FIRST = frozenset(
    {ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT, ConsentPurpose.SUPPORTER_TOLD}
)


def what_stands(answers: Iterable[Answered]) -> ConsentStands:
    """Return what holds of a purpose, of a person's answers about it in whatever order they came.

    A no always wins: over every yes, earlier or later, by whatever door it came and whenever it arrives. It ends only
    where the person was asked anew with that no in sight, and that yes is among these answers: once two records are
    parted, a yes of the one lifts no more of the other. Days and clocks decide nothing.

    Source: Data Protection Act 2019, s. 32 (consent may be withdrawn at any time); docs/sources.md, 'Consent'.
    """
    told = list(answers)
    yeses = {one.id for one in told if one.is_yes}
    if any(not one.is_yes and one.lifted_by not in yeses for one in told):
        return ConsentStands.SAID_NO
    return ConsentStands.AGREED if yeses else ConsentStands.NOT_ASKED

"""Whether two records may be of one person: evidence weighed for and against, for a person to decide.

Points are added up. Names come first: where none fits, nothing else is weighed, since a family shares a phone, and
twins share a birthday too. Names that fit are not enough either: a few dozen names are common to thousands of people,
so a phone or a date of birth must speak for it as well, and the less of the names fits, both. A third of a score of
evidence against (another middle name, years of age between them) outweighs one such sign.
Source: how programmes' books hold one person twice (a name spelled another way, names turned round, a new
phone, a date that slipped), after Fellegi and Sunter, 'A theory for record linkage' (1969).
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kimbilio.identity.rules.name_likeness import SAME_SOUND, pair_up, word_likeness
from kimbilio.identity.rules.name_sounds import fold_word, name_words
from kimbilio.identity.rules.reasons import Reason

# From here on two records are offered as likely one person. Reached by names and a date of birth, or a phone, with
# nothing against; not by any one of them.
LIKELY = 0.7
_WHOLE = 10.0  # points that make a score of 1

_NAMES_SAME, _NAMES_ALIKE = 4.0, 3.0
_TURNED_ROUND = -0.5  # common in books, and a little likelier by chance
_PART_OF_THE_NAMES = 2.0  # a father and a child share two of three names, and a phone
_FIRST_AMONG_THEM = 0.5  # not with a child: this and a birthday are enough
_ONE_NAME = 1.0  # only one name is known of somebody: it says little
_FIRST_NAME = 0.5  # enough with a phone and a birthday: twins share these, and the last name
_MIDDLE_ALIKE, _MIDDLE_INITIAL, _MIDDLE_DIFFERS = 1.5, 0.5, -3.0
_NICKNAME_ALIKE = 1.5

_PHONE = 4.0
_BIRTH_DATE = 4.5
_NEW_YEAR = 2.5  # 1 January is what is written of somebody whose year alone is known
_BIRTH_DATE_SLIPPED = 3.0  # a day or two, the year before or after, day for month, another century
_BIRTH_DATE_CLOSE = 2.0  # one figure is another, or the year alone
_BIRTH_DATES_DIFFER = -1.0
_BIRTH_YEAR = 1.5
_YEARS_FAR_APART = -3.0
_SEX_DIFFERS = -4.0

# Two people say or guess an age this much differently of one person, and hardly more.
_YEARS_GUESSED_APART = 5


@dataclass(frozen=True)
class Known:
    """What is known of one person, for comparing. Phones in E.164; sex as recorded, None where it is not stated."""

    first: str = ""
    middle: str = ""
    last: str = ""
    nicknames: tuple[str, ...] = ()
    phones: frozenset[str] = frozenset()
    birth_year: int | None = None
    birth_date: date | None = None
    sex: str | None = None

    @cached_property
    def sounds(self) -> "_Sounds":
        """Return the names as they sound, worked out once and forgotten with this object."""
        return _Sounds(
            first=_folded(self.first),
            middle=_folded(self.middle),
            last=_folded(self.last),
            nicknames=_folded(" ".join(self.nicknames)),
            middle_letters=tuple(word[0] for word in name_words(self.middle)),
        )

    @property
    def year(self) -> int | None:
        """Return the year of birth, from the date where that is known."""
        return self.birth_date.year if self.birth_date else self.birth_year

    @property
    def knows_birthday(self) -> bool:
        """Return whether a day is known, and not 1 January, which stands for any day of its year."""
        return self.birth_date is not None and not _is_new_year(self.birth_date)


@dataclass(frozen=True)
class _Sounds:
    first: tuple[str, ...]
    middle: tuple[str, ...]
    last: tuple[str, ...]
    nicknames: tuple[str, ...]
    middle_letters: tuple[str, ...]  # as written: Mburu begins with one sound, and its initial is M

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(word for word in (*self.first, *self.middle, *self.last) if len(word) > 1)


@dataclass(frozen=True)
class Likeness:
    """How likely two records are of one person, from 0 to 1, and why; what speaks against is among the reasons."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        """Return whether this should be shown to somebody who can decide."""
        return self.score >= LIKELY


@dataclass
class _Weighed:
    points: float = 0.0
    reasons: list[Reason] = field(default_factory=list)

    def add(self, points: float, *reasons: Reason) -> None:
        self.points += points
        self.reasons += reasons


UNLIKE = Likeness(0.0, ())


def likely_duplicate(a: Known, b: Known) -> Likeness:
    """Return how likely two records are of one person. The same either way round."""
    weighed = _Weighed()
    if not _weigh_names(a.sounds, b.sounds, weighed):
        return UNLIKE
    if _any_alike(a.sounds.nicknames, b.sounds.nicknames):
        weighed.add(_NICKNAME_ALIKE, Reason.NICKNAME_ALIKE)
    if a.phones & b.phones:
        weighed.add(_PHONE, Reason.SAME_PHONE)
    _weigh_birth(a, b, weighed)
    if a.sex and b.sex and a.sex != b.sex:
        weighed.add(_SEX_DIFFERS, Reason.SEX_DIFFERS)
    return Likeness(min(1.0, max(0.0, weighed.points / _WHOLE)), tuple(weighed.reasons))


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold_word(word) for word in name_words(text))


def _weigh_names(a: _Sounds, b: _Sounds, weighed: _Weighed) -> bool:
    """Weigh first, last and middle names; return False where they do not fit at all."""
    straight = min(_best(a.first, b.first), _best(a.last, b.last))
    crossed = min(_best(a.first, b.last), _best(a.last, b.first))
    likeness = max(straight, crossed)
    if not likeness:
        return _weigh_part_of_names(a, b, weighed) or _weigh_first_name(a, b, weighed)
    if likeness >= SAME_SOUND:
        weighed.add(_NAMES_SAME, Reason.NAME_EXACT)
    else:
        weighed.add(_NAMES_ALIKE, Reason.NAME_ALIKE)
    if crossed > straight:
        weighed.add(_TURNED_ROUND, Reason.NAMES_TURNED_ROUND)
    _weigh_middle(a, b, weighed)
    return True


def _weigh_part_of_names(a: _Sounds, b: _Sounds, weighed: _Weighed) -> bool:
    """Weigh the case that every name of the one stands somewhere among the names of the other."""
    few, more = sorted((a.names, b.names), key=len)
    if not few or pair_up([[word_likeness(one, other) for other in more] for one in few]) is None:
        return False
    if len(few) == 1:
        weighed.add(_ONE_NAME, Reason.PART_OF_THE_NAMES)
    else:
        first = _FIRST_AMONG_THEM if _best(a.first, b.first) else 0.0
        weighed.add(_PART_OF_THE_NAMES + first, Reason.PART_OF_THE_NAMES)
    return True


def _weigh_first_name(a: _Sounds, b: _Sounds, weighed: _Weighed) -> bool:
    """Weigh the case that the first name alone fits, as of somebody who goes by another family name."""
    if not _best(a.first, b.first):
        return False
    weighed.add(_FIRST_NAME, Reason.FIRST_NAME_ALIKE)
    _weigh_middle(a, b, weighed)
    return True


def _weigh_middle(a: _Sounds, b: _Sounds, weighed: _Weighed) -> None:
    if not a.middle or not b.middle:
        return
    if _any_alike(a.middle, b.middle):
        weighed.add(_MIDDLE_ALIKE, Reason.MIDDLE_NAME_ALIKE)
    elif a.middle_letters[0] == b.middle_letters[0] and 1 in (len(a.middle[0]), len(b.middle[0])):
        weighed.add(_MIDDLE_INITIAL, Reason.INITIAL_FITS)
    else:
        weighed.add(_MIDDLE_DIFFERS, Reason.MIDDLE_NAMES_DIFFER)


def _weigh_birth(a: Known, b: Known, weighed: _Weighed) -> None:
    if a.birth_date and b.birth_date and (points := _weigh_dates(a.birth_date, b.birth_date)):
        same = a.birth_date == b.birth_date
        return weighed.add(points, Reason.SAME_BIRTH_DATE if same else Reason.BIRTH_DATE_CLOSE)
    if a.year is None or b.year is None:
        return None
    if abs(a.year - b.year) > _YEARS_GUESSED_APART:
        return weighed.add(_YEARS_FAR_APART, Reason.BIRTH_YEARS_FAR_APART)
    if a.knows_birthday and b.knows_birthday:
        return weighed.add(_BIRTH_DATES_DIFFER, Reason.BIRTH_DATES_DIFFER)
    if a.year == b.year:
        return weighed.add(_BIRTH_YEAR, Reason.SAME_BIRTH_YEAR)
    return None


def _weigh_dates(one: date, other: date) -> float:
    """Return what two dates of birth say for one person: 0 where they are neither the same nor a slip apart."""
    if one == other:
        return _NEW_YEAR if _is_new_year(one) else _BIRTH_DATE
    if _is_new_year(one) and _is_new_year(other):
        return 0.0
    if _slipped(one, other):
        return _BIRTH_DATE_SLIPPED
    return _BIRTH_DATE_CLOSE if _close(one, other) else 0.0


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _slipped(one: date, other: date) -> bool:
    """Tell whether two dates may be one that a hand wrote wrongly, or a sheet read wrongly."""
    if abs((one - other).days) <= 2:
        return True
    if (one.month, one.day) == (other.month, other.day):
        return abs(one.year - other.year) in (1, 100)
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _close(one: date, other: date) -> bool:
    """Tell whether a year alone is another, or one figure."""
    if (one.month, one.day) == (other.month, other.day):
        return abs(one.year - other.year) <= 10
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1


def _best(ones: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Return the likeness of the two words that are most alike; initials say nothing here."""
    return max(
        (word_likeness(one, other) for one in ones for other in others if len(one) > 1 < len(other)),
        default=0.0,
    )


def _any_alike(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return _best(ones, others) > 0

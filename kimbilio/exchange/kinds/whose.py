"""Whose a line is: by the numbers in it, or without any by exactly three names."""

from uuid import UUID

from kimbilio.exchange.books.names import Names
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import Line
from kimbilio.exchange.matching import CARD, PeopleOfSite
from kimbilio.identity.choices import NumberKind

_BY_CODE = (NumberKind.OLD_CODE, NumberKind.MAT_NUMBER, CARD)
_BY_MAT_NUMBER = (NumberKind.MAT_NUMBER,)


def people_numbered(people: PeopleOfSite, code: str, mat_number: str) -> set[UUID]:
    """Return who has the code, else the MAT number: of several with one code those who have the other, too."""
    by_code = people.with_number(code, _BY_CODE) if code else set()
    by_number = people.with_number(mat_number, _BY_MAT_NUMBER) if mat_number else set()
    return (by_code & by_number) or (by_code | by_number)


def find_by_number(line: Line, ids: set[UUID], names: Names, people: PeopleOfSite) -> UUID | None:
    """Return the one person who has the number of a line; where nobody has it or several, the line waits."""
    if not ids:
        reason = say(gettext_noop("Nobody here has the number %(number)s."), number=line.code)
        line.wait(LineFate.UNKNOWN, reason, people.named(names) if names else ())
    elif len(ids) > 1:
        reason = say(gettext_noop("Several people have the number %(number)s."), number=line.code)
        line.wait(LineFate.AMBIGUOUS, reason, ids)
    else:
        return next(iter(ids))
    return None


def find_by_name(line: Line, names: Names, people: PeopleOfSite) -> None:
    """Let a line without a number be of the one person with exactly these three names, or wait."""
    named = people.named(names)
    if len(named) == 1:
        line.client_id = next(iter(named))
    elif named:
        line.wait(LineFate.AMBIGUOUS, say(gettext_noop("Several people have this name.")), named)
    elif could_be := people.could_be_named(names):
        line.wait(LineFate.AMBIGUOUS, say(gettext_noop("Only a part of a name is given.")), could_be)
    else:
        line.wait(LineFate.UNKNOWN, say(gettext_noop("Nobody here has this name.")))

"""Lines pasted from a clinic's paper: whose each is, by card code or number, and which mark stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.identity.clinic_papers import clients_with_outside_numbers
from kimbilio.mat.choices import DayMark
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_code, clients_by_id
from kimbilio.people.rules import normalise_card_code

# The letters of the clinic's daily dosing book, where one stands at a line's end.
LETTERS = {
    "P": DayMark.DOSED,
    "A": DayMark.MISSED,
    "TH": DayMark.TAKE_HOME,
    "T": DayMark.TRANSIT,
    "H": DayMark.ADMITTED,
    "J": DayMark.IMPRISONED,
}
NOBODY: str | Promise = _("nobody here has this code or number")
SAID_NO: str | Promise = _("this person said no to our keeping a record")
SEVERAL: str | Promise = _("more than one person has this number")


@dataclass(frozen=True)
class Read:
    """A line and whom it names, with the mark that stands behind it if there is one."""

    client: Client
    mark: DayMark | None


@dataclass(frozen=True)
class LeftOver:
    """A line that names nobody for certain, and why. It is kept as it was typed."""

    text: str
    why: str | Promise


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def read_lines(by: Actor, text: str) -> tuple[list[Read], list[LeftOver]]:
    """Return whom the lines name, and those that name nobody for certain. A few queries, however many lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    spellings = {line: _spellings(line) for line in lines}
    every = {spelling for of_line in spellings.values() for spelling, _mark in of_line}
    by_code = clients_by_code(by, Permission.RECORD_JOURNEY, every)
    by_number = clients_with_outside_numbers(by.organisation_id, every)
    wanted = {client_id for ids in by_number.values() for client_id in ids}
    numbered = clients_by_id(by, Permission.RECORD_JOURNEY, wanted)
    silent = all_who_said_no(by.organisation_id, ConsentPurpose.HOLD_A_RECORD)
    read: list[Read] = []
    left: list[LeftOver] = []
    for line in lines:
        several = False
        for spelling, mark in spellings[line]:
            found = _named(spelling, by_code, by_number, numbered)
            several = several or len(found) > 1
            if len(found) == 1 and found[0].pk in silent:
                left.append(LeftOver(line, SAID_NO))
                break
            if len(found) == 1:
                read.append(Read(found[0], mark))
                break
        else:
            left.append(LeftOver(line, SEVERAL if several else NOBODY))
    return read, left


def _named(
    spelling: str,
    by_code: dict[str, Client],
    by_number: dict[str, set[UUID]],
    numbered: dict[UUID, Client],
) -> list[Client]:
    """Return the people within reach whom one spelling of a line names."""
    code = normalise_card_code(spelling)
    if code in by_code:
        return [by_code[code]]
    people = {numbered[one].pk: numbered[one] for one in by_number.get(spelling, ()) if one in numbered}
    return list(people.values())


def _spellings(line: str) -> list[tuple[str, DayMark | None]]:
    """Return what of a line may be the number, the likeliest first: the whole, without its mark, its first cell."""
    words = line.replace("\t", " ").replace(",", " ").replace(";", " ").split()
    mark = LETTERS.get(words[-1].upper()) if len(words) > 1 else None
    tries: list[tuple[str, DayMark | None]] = [(line, None)]
    if mark is not None:
        tries.append((" ".join(words[:-1]), mark))
    tries += [(" ".join(words[:count]), mark) for count in (2, 1) if count < len(words)]
    return list(dict.fromkeys(tries))


def as_text(left: Iterable[LeftOver]) -> str:
    """Return the lines that are left, as they were typed."""
    return "\n".join(line.text for line in left)

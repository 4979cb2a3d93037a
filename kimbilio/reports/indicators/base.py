"""What an indicator is: one declaration, from which it is counted, opened, explained and checked."""

from dataclasses import dataclass
from enum import StrEnum

from kimbilio.accounts.roles import Role
from kimbilio.reports.choices import Split, Unit


class Records(StrEnum):
    """The records that can be counted. How each is asked for stands in queries/records.py."""

    VISITS = "visits"
    SUPPLIES = "supplies"
    SERVICES = "services"
    SUPPORT = "support"
    ATTENDANCES = "attendances"
    SESSIONS = "sessions"
    ANONYMOUS = "anonymous"
    EVENTS = "events"
    STEPS = "steps"
    MAT = "mat"


class Measure(StrEnum):
    """What is made of the records: how many people they are about, how many there are, or the sum of a column."""

    PEOPLE = "people"
    ROWS = "rows"
    SUM = "sum"


@dataclass(frozen=True)
class Counts:
    """Which records, and what is made of them. `key` picks among the records: a supply, a service, a column."""

    records: Records
    measure: Measure
    key: str = ""


@dataclass(frozen=True)
class Indicator:
    """One number of the report. Every text is an English msgid, so that both languages say it.

    `splits`: by what it is split, each alone or several at once. `out_of`: the code of what it is a part of.
    `leaves_out`: what a reader might expect in it and does not find. `reviewed_by`: who checks that the definition
    is what the programme and its donors mean.
    """

    code: str
    title: str
    definition: str
    why: str
    source: str
    unit: Unit
    counts: Counts
    leaves_out: str = ""
    out_of: str = ""
    splits: tuple[tuple[Split, ...], ...] = ()
    reviewed_by: Role = Role.ME_OFFICER


# Of people, and of what was done for people, by what is known of the person.
BY_PERSON: tuple[tuple[Split, ...], ...] = (
    (Split.SEX,),
    (Split.AGE,),
    (Split.SITE,),
    (Split.WARD,),
    (Split.POPULATION,),
)
BY_PERSON_AND_WEEK = (*BY_PERSON, (Split.WEEK,))
BY_SITE: tuple[tuple[Split, ...], ...] = ((Split.SITE,),)
BY_SEX_AND_SITE: tuple[tuple[Split, ...], ...] = ((Split.SEX,), (Split.SITE,))

"""The parts of a written report. Every text is in the reader's language; every number says of which indicator it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kimbilio.reports.charts.shapes import Picture
from kimbilio.reports.choices import MonthState
from kimbilio.reports.figures import Figure


@dataclass(frozen=True)
class Headline:
    """One of the few numbers at the top, with that of the month before; None where there is nothing to compare."""

    label: str
    figure: Figure
    before: int | None = None


@dataclass(frozen=True)
class Row:
    """A number with its parts by sex. None: not split, or none of that sort."""

    label: str
    figure: Figure
    male: Figure | None = None
    female: Figure | None = None
    other: int = 0


@dataclass(frozen=True)
class Bar:
    """A count as a bar: how long it is of a hundred, and what is said beside it. `mark`: where a line crosses it."""

    label: str
    count: int
    share: float
    beside: str = ""
    mark: float | None = None
    figure: Figure | None = None


@dataclass(frozen=True)
class Table:
    """The same as a picture, in rows: the words of the columns, and each row by its first cell."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Drawn:
    """A picture at three widths with the table that says the same. `name`: by which a page tells it from others."""

    name: str
    wide: Picture
    narrow: Picture
    paper: Picture
    table: Table


@dataclass(frozen=True)
class Staying:
    """How long people stay: the picture, how it was counted in sentences, and what it means."""

    drawn: Drawn | None
    finding: str
    how: Sequence[str]


@dataclass(frozen=True)
class Quality:
    """One thing to put right: of which sort, how many, and why it matters."""

    group: str
    label: str
    why: str
    count: int
    url: str = ""
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Definition:
    """What one number means."""

    code: str
    title: str
    definition: str
    why: str
    source: str
    leaves_out: str


@dataclass(frozen=True)
class ReachLine:
    """What stands against an estimate: the number, in which bounds, and of which estimate."""

    label: str
    value: str
    between: str
    estimate: str


@dataclass(frozen=True)
class WrittenReport:
    """A month's report, whole."""

    organisation: str
    place: str
    month: date
    month_name: str
    state: MonthState
    state_words: str
    as_at: datetime
    findings: Sequence[str]
    gaps: Sequence[str]
    headlines: Sequence[Headline]
    people: Sequence[Row]
    supplies: Sequence[Row]
    services: Sequence[Row]
    mat: Sequence[Row]
    community: Sequence[Row]
    needs: Sequence[Bar]
    need_sources: Sequence[str]
    cascade: Sequence[Bar]
    whereabouts: Sequence[Bar]
    staying: Staying
    months: Sequence[Drawn]
    trend: Table
    reach: Sequence[ReachLine]
    quality: Sequence[Quality]
    changes: Sequence[str]
    definitions: Sequence[Definition]
    figures: Sequence[Figure]
    is_empty: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

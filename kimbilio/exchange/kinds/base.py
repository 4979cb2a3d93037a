"""What every kind of book has in common: it is read, its lines find their people, and what was taken is written."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.ids import uuid7
from kimbilio.exchange.books.columns import Columns, LeftOut
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.sheets import Book, Place
from kimbilio.exchange.books.tables import IgnoredLine
from kimbilio.exchange.books.wording import Words
from kimbilio.exchange.choices import TAKEN, LineFate
from kimbilio.exchange.earlier import EarlierLine, Standing
from kimbilio.exchange.models import BookImport
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic

Progress = Callable[[float], None]
"""Is told how much of the whole is done, from 0 to 1."""


@dataclass(frozen=True)
class GivenBook:
    """A file as somebody gave it, with what they said about it; `columns` is {field: heading or letter, or None}."""

    kind: Kind
    name: str
    data: bytes
    month: Month | None = None
    columns: Mapping[str, str | None] | None = None
    marks: Mapping[str, str] | None = None
    clinic: MatClinic | None = None


@dataclass(slots=True)
class Line:
    """One data line on its way: what was read of it, whose it is, and what becomes of it.

    `said` is the reader's own line, `plan` what it will add; `identity` makes it the same line in any book.
    """

    place: Place
    fate: LineFate
    reason: Words | None
    notes: tuple[Words, ...]
    identity: str
    said: Any
    code: str = ""
    client_id: UUID | None = None
    is_new: bool = False
    plan: Any = None
    candidates: tuple[UUID, ...] = ()
    digest: bytes | None = None
    id: UUID = field(default_factory=uuid7)
    waits_in: UUID | None = None  # the line of an earlier import that waits and is the same
    copy_of: UUID | None = None  # the line of an earlier import that is the same and stands
    anew_for: UUID | None = None  # the same line of an earlier import that stands no longer

    @property
    def is_taken(self) -> bool:
        """Tell whether the line goes in."""
        return self.fate in TAKEN

    def repeat(self, earlier: "Line", reason: Words) -> None:
        """Let the line be a copy of an earlier one of the same book."""
        self.fate, self.reason, self.notes, self.plan, self.is_new = LineFate.COPIES, reason, (), None, False
        self.digest, self.copy_of = None, earlier.copy_of or earlier.id

    def note(self, *notes: Words, corrects: bool = True) -> None:
        """Add notes to a line that is taken; with them it is a corrected one, unless they correct nothing."""
        self.notes = tuple(dict.fromkeys((*self.notes, *notes)))
        if corrects and notes and self.fate == LineFate.ACCEPTED:
            self.fate = LineFate.CORRECTED

    def wait(self, fate: LineFate, reason: Words, candidates: Iterable[UUID] = ()) -> None:
        """Let the line wait for a person."""
        self.fate, self.reason, self.plan, self.client_id, self.is_new = fate, reason, None, None, False
        self.candidates = tuple(sorted(candidates))


@dataclass
class ReadBook:
    """A book as it was read, before anybody was looked up."""

    given: GivenBook
    book: Book
    columns: Columns
    lines: list[Line]
    ignored: Sequence[IgnoredLine]
    left_out: Sequence[LeftOut]
    as_at: date
    days_without_a_list: Sequence[date] = ()
    months: Sequence[date] = ()
    told: Sequence[Words] = ()  # what is to be said of the book as a whole
    doubt: Words | None = None  # of which other kind it likely is
    is_undated: bool = (
        False  # tells of steps and of no day at all: `as_at` is then the day on which it is read
    )


class Made:
    """What an import writes, table by table, so that it can be taken back."""

    def __init__(self) -> None:
        self.ids: dict[str, list[UUID]] = defaultdict(list)

    def add(self, rows: Iterable[models.Model]) -> None:
        """Remember rows that were written."""
        for row in rows:
            self.ids[row._meta.label].append(row.pk)


@dataclass
class Job:
    """One writing of lines: by whom, where, and what came of it."""

    by: Actor
    site: Site
    clinic: MatClinic | None
    as_at: date
    made: Made = field(default_factory=Made)
    progress: Progress = lambda _part: None


class KindOfBook(ABC):
    """One kind of book. All that is special about it is here."""

    kind: Kind
    words: Any
    has_clinic = True
    """Whether what it says may be of a MAT clinic."""
    needs_clinic = False
    has_people = True
    """Whether its lines are people's; lines of other kinds are only put right or left out."""
    can_register = False
    """Whether new people may be registered from its lines."""
    finds_by_name = False
    """Whether a line without a code finds its person by names."""
    editable: tuple[str, ...] = ()
    """The fields that somebody may correct in a line that waits."""

    @abstractmethod
    def read(self, given: GivenBook, book: Book, columns: Columns, today: date) -> ReadBook:
        """Return every line as the reader judges it. Raises BookFault."""

    @abstractmethod
    def permissions(self, lines: Iterable[Line]) -> set[Permission]:
        """Return what whoever takes these lines in must be allowed to do beside taking books in."""

    @abstractmethod
    def match(self, site: Site, clinic: MatClinic | None, lines: Sequence[Line], as_at: date) -> None:
        """Find whose each line is, and lay down what it adds. A few questions, however many lines."""

    @abstractmethod
    def write(self, job: Job, lines: Sequence[Line]) -> None:
        """Write what the lines add, by the actions of the rooms that keep it."""

    @abstractmethod
    def plan_for(self, site: Site, clinic: MatClinic | None, line: Line, as_at: date) -> None:
        """Lay down what one line adds to the person that somebody named, `line.client_id`, or to a new one."""

    def no_longer_stand(
        self, clinic: MatClinic | None, pairs: Sequence[tuple[Line, EarlierLine]]
    ) -> Mapping[UUID, Standing]:
        """Return which of the same lines of earlier imports, by key, say something that stands no longer."""
        return {}

    def leave_to_newer(self, line: Line, client: Client, since: BookImport) -> bool:
        """Take out of the plan of a line that is settled late what was told after its book; say whether any was."""
        return False

    def shown(self, said: Any) -> tuple[date | None, str]:
        """Return the day of a line and in a few words what it says, beside whose it is; for a preview."""
        return None, ""

    def can_be_new(self, kept: Mapping[str, Any]) -> bool:
        """Tell whether a line that was kept says enough of somebody for them to be registered."""
        return self.can_register

    def beside_each_other(self, site: Site, lines: Sequence[Line]) -> None:
        """Judge all lines of a book beside each other, once their people are known: some may be copies after all."""
        return

    def adds_something(self, line: Line) -> bool:
        """Tell whether anything of a line that was laid down could be recorded."""
        return bool(line.plan)

    def identities_with(self, said: Any, codes: Iterable[str]) -> list[str]:
        """Return what a line would be known by with each of these codes of its person; none where nothing tells it."""
        return []

    @abstractmethod
    def keep(self, said: Any) -> dict[str, Any]:
        """Return what was read of a line as plain values, for one that waits."""

    @abstractmethod
    def revive(self, kept: Mapping[str, Any]) -> Line:
        """Return the line that was kept, judged anew by itself."""

"""What taking a book in would do, line by line, with nothing written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.beginning import clinic_for, read_for, refuse_unless_allowed, refuse_without
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds import KINDS, GivenBook, KindOfBook, Line, ReadBook
from kimbilio.exchange.planning import Counts, counts_of, plan
from kimbilio.exchange.wording import in_words
from kimbilio.identity.duplicates import pairs_with
from kimbilio.identity.queries import outside_codes
from kimbilio.identity.rules import Known
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.places.models import MatClinic

_OFTEN = 20  # so many lines with the same note are one thing to know, and no accident of a line


@dataclass(frozen=True)
class ShownLine:
    """One line as it is shown: where it stands, what becomes of it and why, whose it is."""

    position: int
    sheet: str
    line: int
    fate: LineFate
    reason: str
    notes: tuple[str, ...]
    code: str
    person: Client | None
    day: date | None = None
    what: str = ""
    settled: str = ""  # how, where it waited and was settled


class Preview:
    """A book that was read, and what taking it in would do."""

    def __init__(self, by: Actor, site: Site, clinic: MatClinic | None, read: ReadBook) -> None:
        self._by, self._site, self.clinic, self.read = by, site, clinic, read
        plan(site, clinic, read)

    @cached_property
    def counts(self) -> Counts:
        """Return the numbers, with the likely pairs that would be offered."""
        newcomers = {
            line.client_id: _known(line) for line in self.read.lines if line.is_new and line.client_id
        }
        return replace(counts_of(self.read), duplicates=pairs_with(self._site, newcomers))

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """Return the sheets of which nothing is taken, and why."""
        return [(left.sheet, in_words(left.words)) for left in self.read.left_out]

    @property
    def doubt(self) -> str:
        """Return the sentence that says of which other kind the book likely is; '' where nothing speaks for one."""
        return in_words(self.read.doubt) if self.read.doubt else ""

    @property
    def told(self) -> list[str]:
        """Return what is to be said of the book as a whole."""
        return [in_words(words) for words in self.read.told]

    @property
    def noted_often(self) -> list[tuple[int, str]]:
        """Return what is noted on many lines, each once: on how many, and the words of the first of them."""
        notes = [note for line in self.read.lines for note in {one.msgid: one for one in line.notes}.values()]
        first = {note.msgid: note for note in reversed(notes)}
        times = Counter(note.msgid for note in notes).most_common()
        return [(count, in_words(first[msgid])) for msgid, count in times if count >= _OFTEN]

    @property
    def ignored(self) -> list[tuple[str, int, str]]:
        """Return the lines that are no data, and why."""
        return [(line.place.sheet, line.place.line, line.why.value) for line in self.read.ignored]

    @property
    def month(self) -> str:
        """Return the month of the book where it has one."""
        return f"{self.read.months[0]:%Y-%m}" if len(self.read.months) == 1 else ""

    @property
    def as_at(self) -> date:
        """Return the day as at which the book speaks: undated steps are dated with it."""
        return self.read.as_at

    @property
    def days_without_a_list(self) -> Sequence[date]:
        """Return the days of the book that have come and on which nobody has an entry."""
        return [day for day in self.read.days_without_a_list if day <= timezone.localdate()]

    def lines(self, fate: LineFate | None = None, offset: int = 0, limit: int | None = 50) -> list[ShownLine]:
        """Return some of the lines, all or those of one fate."""
        some = [
            (position, line)
            for position, line in enumerate(self.read.lines, 1)
            if fate is None or line.fate == fate
        ]
        some = some[offset:] if limit is None else some[offset : offset + limit]
        codes, people = self._people(line for _position, line in some)
        kind = KINDS[self.read.given.kind]
        return [_shown(kind, position, line, codes, people) for position, line in some]

    def _people(self, lines: Iterable[Line]) -> tuple[dict[UUID, str], dict[UUID, Client]]:
        ids = {line.client_id for line in lines if line.client_id and not line.is_new}
        codes = outside_codes(self._site.organisation_id, ids) if ids else {}
        people: dict[UUID, Client] = {}
        waiting = sorted(ids)
        for start in range(0, len(waiting), 2000):
            people |= clients_by_id(self._by, Permission.IMPORT_BOOKS, waiting[start : start + 2000])
        return codes, people


def remarks_on(read: ReadBook) -> list[str]:
    """Return what is to be said of a book as a whole: another kind, sheets left out, days without a list, no date."""
    told = [in_words(read.doubt)] if read.doubt else []
    told += [
        _("Nothing is taken from sheet '%(sheet)s'. %(why)s")
        % {"sheet": left.sheet, "why": in_words(left.words)}
        for left in read.left_out
    ]
    days = [day.isoformat() for day in read.days_without_a_list if day <= timezone.localdate()]
    if days:
        told.append(
            _("Days on which nobody has an entry, of which nothing is known: %(days)s.")
            % {"days": ", ".join(days)}
        )
    told += map(in_words, read.told)
    if read.is_undated:
        sentence = _("The book has no date: its steps are dated as at %(day)s. --month says otherwise.")
        told.append(sentence % {"day": read.as_at.isoformat()})
    return told


def preview_book(by: Actor, site: Site, given: GivenBook) -> Preview:
    """Return what taking a book in would do, to whoever may do it. NeedsColumns or Refused as taking it in would."""
    refuse_unless_allowed(by, site, given)
    read = read_for(site, given)
    preview = Preview(by, site, clinic_for(by, site, given), read)
    taken = [line for line in read.lines if line.is_taken]
    refuse_without(by, site, KINDS[given.kind].permissions(taken))
    return preview


def _shown(
    kind: KindOfBook, position: int, line: Line, codes: dict[UUID, str], people: dict[UUID, Client]
) -> ShownLine:
    day, what = kind.shown(line.said)
    person = people.get(line.client_id) if line.client_id else None
    return ShownLine(
        position,
        line.place.sheet,
        line.place.line,
        line.fate,
        in_words(line.reason) if line.reason else "",
        tuple(map(in_words, line.notes)),
        (codes.get(line.client_id, "") if line.client_id else "") or line.code,
        person,
        day,
        what,
    )


def _known(line: Line) -> Known:
    """Return what a line would let be known of a new person, for telling whether two are one."""
    facts = line.plan
    details = facts.details
    return Known(
        first=details.first,
        middle=details.middle,
        last=details.last,
        nicknames=tuple(filter(None, (details.nickname,))),
        phones=frozenset(phone.number for phone in facts.phones),
        birth_year=facts.about.birth_year,
        birth_date=date.fromisoformat(details.birth_date) if details.birth_date else None,
        sex=None if facts.about.sex == "not_stated" else facts.about.sex.value,
    )

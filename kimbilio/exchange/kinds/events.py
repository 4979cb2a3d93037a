"""Community events: heads that were counted, of nobody known. Lines that wait are put right or left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.community.actions import NewEvent, record_events
from kimbilio.community.choices import Activity
from kimbilio.exchange.books.activities import activity_of
from kimbilio.exchange.books.columns import Columns
from kimbilio.exchange.books.dates import DateStyle, date_of
from kimbilio.exchange.books.events import LONGEST, EventLine, heads_of, judged, read_events
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import HEADS, Kind
from kimbilio.exchange.books.sheets import Book, Place
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import GivenBook, Job, KindOfBook, Line, ReadBook
from kimbilio.places.models import MatClinic


class EventsKind(KindOfBook):
    """What a programme did with the community around it, one line an event."""

    kind = Kind.EVENTS
    words = _("Community events")
    has_clinic = False
    has_people = False
    editable = ("day", "activity", "venue", *HEADS, "facilitator")

    def read(self, given: GivenBook, book: Book, columns: Columns, today: date) -> ReadBook:
        """Return every line as the reader judges it."""
        read = read_events(book, columns, today, month=given.month)
        lines = [
            Line(line.place, LineFate(line.fate.value), line.reason, line.notes, line.identity, line)
            for line in read.lines
        ]
        days = {line.day for line in read.lines if line.day and line.fate.is_taken}
        return ReadBook(
            *(given, book, columns, lines, read.ignored, read.left_out),
            as_at=max(days, default=today),
            months=sorted({day.replace(day=1) for day in days}),
            told=read.told,
        )

    def permissions(self, lines: Iterable[Line]) -> set[Permission]:
        """Return what whoever takes these lines in must be allowed to do beside taking books in."""
        return {Permission.RECORD_EVENT}

    def shown(self, said: Any) -> tuple[date | None, str]:
        """Return the day of an event, what and where it was, and how many came."""
        name = str(Activity(said.activity).label) if said.activity else said.named
        came = _("%(men)s men, %(women)s women") % {"men": said.male, "women": said.female}
        more = _("%(count)s people") % {"count": said.unsorted}
        heads = [came] * bool(said.male or said.female) + [more] * bool(said.unsorted)
        return said.day, " · ".join(str(words) for words in (name, said.venue, *heads) if words)

    def match(self, site: Site, clinic: MatClinic | None, lines: Sequence[Line], as_at: date) -> None:
        """Lay down what each line adds. One that has a name of its own is kept under it."""
        for line in lines:
            self.plan_for(site, clinic, line, as_at)

    def plan_for(self, site: Site, clinic: MatClinic | None, line: Line, as_at: date) -> None:
        """Lay down what one line adds."""
        said: EventLine = line.said
        if said.day is None:
            return
        if not said.activity:
            sentence = gettext_noop(
                "'%(named)s' is no activity that we count by its name: kept as another event."
            )
            line.note(say(sentence, named=said.named), corrects=False)
        line.plan = NewEvent(
            activity=Activity(said.activity) if said.activity else Activity.OTHER,
            occurred_on=said.day,
            male=said.male,
            female=said.female,
            unsorted=said.unsorted,
            venue=said.venue,
            facilitator=said.facilitator,
            named="" if said.activity else said.named,
        )

    def write(self, job: Job, lines: Sequence[Line]) -> None:
        """Record the events."""
        events = [line.plan for line in lines]
        if events:
            job.made.add(record_events(by=job.by, site=job.site, events=events))
        job.progress(1.0)

    def keep(self, said: Any) -> dict[str, Any]:
        """Return what was read of a line as plain values."""
        whole = said.male + said.female + said.unsorted
        typed = {
            "day": f"{said.day.day}/{said.day.month}/{said.day.year}" if said.day else "",
            "activity": said.named,
            "venue": said.venue,
            "male": said.male,
            "female": said.female,
            "heads": whole if said.unsorted else 0,
            "facilitator": said.facilitator,
        }
        return {name: value for name, value in typed.items() if value}

    def revive(self, kept: Mapping[str, Any]) -> Line:
        """Return the line that was kept or typed, judged anew by itself."""
        place = Place(str(kept.get("sheet", "")), int(kept.get("line", 0)))
        typed = {name: str(kept.get(name) or "").strip() for name in self.editable}
        today, notes = timezone.localdate(), list[Words]()
        heads = heads_of({field: typed[field] or None for field in HEADS}, notes)
        event = EventLine(
            *(place, Fate.ACCEPTED, None, (), "", date_of(typed["day"] or None, DateStyle(today))),
            activity=activity_of(typed["activity"]) or "",
            named=typed["activity"][:LONGEST],
            venue=typed["venue"][:LONGEST],
            male=heads[0],
            female=heads[1],
            unsorted=heads[2],
            facilitator=typed["facilitator"][:LONGEST],
        )
        event = judged(event, today, notes)
        return Line(
            place, LineFate(event.fate.value), event.reason, event.notes, "", replace(event, notes=())
        )

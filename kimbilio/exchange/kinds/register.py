"""The visit register: who came on which day, by code or by their three names, what was given and done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.ids import uuid7
from kimbilio.exchange.at_the_desk import repeat_the_desk
from kimbilio.exchange.books.columns import Columns
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.names import Names
from kimbilio.exchange.books.register import Handed, RegisterLine, identity_of, read_register
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import TAKEN, LineFate
from kimbilio.exchange.kinds.base import GivenBook, Job, KindOfBook, Line, ReadBook
from kimbilio.exchange.kinds.new_people import FactsReader, NewFacts, register_people
from kimbilio.exchange.kinds.register_kept import EDITABLE, as_line_of_list, keep, revive, says_enough
from kimbilio.exchange.kinds.whose import find_by_name, find_by_number, people_numbered
from kimbilio.exchange.matching import PeopleOfSite
from kimbilio.people.queries import standing_ids
from kimbilio.places.models import MatClinic
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.visits.actions import record_visits
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import SiteService
from kimbilio.visits.rules import Given, NewVisit

_AT_ONCE = 10_000
_FULL_NAME, _ALIKE_ENOUGH = 3, 2


@dataclass(frozen=True)
class Coming:
    """What a line adds: a visit, and whoever it is of where they are new."""

    day: date
    handed: Handed
    site_services: frozenset[UUID]
    facts: NewFacts | None = None


class RegisterKind(KindOfBook):
    """A safe space's visitors, one line a visit."""

    kind = Kind.REGISTER
    words = _("Visit register")
    has_clinic = False
    can_register = True
    finds_by_name = True
    editable = EDITABLE

    def read(self, given: GivenBook, book: Book, columns: Columns, today: date) -> ReadBook:
        """Return every line as the reader judges it."""
        read = read_register(book, columns, today, month=given.month)
        lines = [
            Line(
                *(line.place, LineFate(line.fate.value), line.reason, line.notes, line.identity, line),
                code=line.code or line.mat_number,
            )
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
        registers = {Permission.REGISTER_PERSON, Permission.EDIT_IDENTITY}
        return {Permission.RECORD_VISIT} | (registers if any(line.is_new for line in lines) else set())

    def match(self, site: Site, clinic: MatClinic | None, lines: Sequence[Line], as_at: date) -> None:
        """Find whose each line is: who has its code; without one, the one person with exactly these names."""
        people = PeopleOfSite(site)
        people.look_up(
            number for line in lines for number in (line.said.code, line.said.mat_number) if number
        )
        found = [people_numbered(people, line.said.code, line.said.mat_number) for line in lines]
        people.read_names(
            one for ids, line in zip(found, lines, strict=True) if line.said.names for one in ids
        )
        services = _services_of(site)
        for line, ids in zip(lines, found, strict=True):
            _judge(line, ids, people)
            if line.client_id is not None:
                _lay_down(line, services)

    def beside_each_other(self, site: Site, lines: Sequence[Line]) -> None:
        """Let a line be a copy of an earlier one of the sheet, by number, person and day, or of a visit at the desk."""
        _copies_by_number(site, lines)
        repeat_the_desk(site, lines)

    def plan_for(self, site: Site, clinic: MatClinic | None, line: Line, as_at: date) -> None:
        """Lay down what one line adds to the person that somebody named, or to a new one; nothing without a day."""
        said: RegisterLine = line.said
        if said.day is None or said.day > timezone.localdate():
            return
        facts = None
        if line.client_id is None:
            line.is_new, line.client_id = True, uuid7()
            facts = FactsReader(site, None, said.day, timezone.localdate()).facts(as_line_of_list(said))
        _lay_down(line, _services_of(site), facts)

    def shown(self, said: Any) -> tuple[date | None, str]:
        """Return the day of a line."""
        return said.day, ""

    def can_be_new(self, kept: Mapping[str, Any]) -> bool:
        """Tell whether a line says enough of somebody: a code beside a name, or a first and a last name."""
        return says_enough(kept)

    def write(self, job: Job, lines: Sequence[Line]) -> None:
        """Register whoever is new, then record the visits, with what leaves the stock by them."""
        new = [(line.client_id, line.plan.facts) for line in lines if line.client_id and line.plan.facts]
        if new:
            register_people(job, new)
        items = {kind: item.pk for kind, item in standard_items(job.site.organisation_id).items()}
        for start in range(0, len(lines), _AT_ONCE):
            some = lines[start : start + _AT_ONCE]
            visits = [_visit(line.client_id, line.plan, items) for line in some if line.client_id]
            job.made.add(record_visits(by=job.by, site=job.site, visits=visits))
            job.progress((start + len(some)) / len(lines))

    def identities_with(self, said: Any, codes: Iterable[str]) -> list[str]:
        """Return what a line with a number would be known by with each of these codes of its person."""
        if not said.number:
            return []
        with_codes = [replace(said, code=code, mat_number="") for code in codes]
        return [identity_of(line, said.number) for line in (said, *with_codes)]

    def keep(self, said: Any) -> dict[str, Any]:
        """Return what was read of a line as plain values."""
        return keep(said)

    def revive(self, kept: Mapping[str, Any]) -> Line:
        """Return the line that was kept, judged anew by itself."""
        return revive(kept)


def _copies_by_number(site: Site, lines: Sequence[Line]) -> None:
    """Let a line be a copy that has the number of an earlier one of the sheet, for the same person and day."""
    set_aside = standing_ids(site.organisation_id) if any(line.copy_of for line in lines) else {}
    seen: dict[tuple[str, str, date, UUID], Line] = {}
    for line in lines:
        said: RegisterLine = line.said
        known = line.fate in {*TAKEN, LineFate.COPIES} and line.client_id is not None
        if not known or line.client_id is None or said.day is None or not said.number:
            continue
        person = set_aside.get(line.client_id, line.client_id)
        earlier = seen.setdefault((line.place.sheet, said.number, said.day, person), line)
        if earlier is not line and line.is_taken:
            sentence = gettext_noop("The same number, person and day as line %(line)s of '%(sheet)s'.")
            line.repeat(earlier, say(sentence, line=earlier.place.line, sheet=earlier.place.sheet))


def _services_of(site: Site) -> dict[str, UUID]:
    """Return the services that a site added to its list, by their names as they are compared."""
    offered = SiteService.objects.filter(organisation=site.organisation_id, site=site, ended_at=None)
    return {fold(name): one for name, one in offered.values_list("name", "pk")}


def _judge(line: Line, ids: set[UUID], people: PeopleOfSite) -> None:
    said: RegisterLine = line.said
    if not said.code and not said.mat_number:
        find_by_name(line, said.names, people)
        return
    one = find_by_number(line, ids, said.names, people)
    if one is None:
        return
    others = people.named(said.names)
    if others and one not in others:
        reason = say(gettext_noop("The number is one person's, and the name exactly another's."))
        line.wait(LineFate.AMBIGUOUS, reason, {one} | others)
        return
    if not others and not people.may_be(one, said.names):
        if _is_full(said.names) and people.words_alike(one, said.names) < _ALIKE_ENOUGH:
            reason = say(gettext_noop("The number belongs to somebody with another name."))
            line.wait(LineFate.AMBIGUOUS, reason, {one})
            return
        sentence = gettext_noop(
            "'%(name)s' is not quite the name of whoever has the number: the number was taken."
        )
        line.note(say(sentence, name=said.names.full))
    line.client_id = one


def _is_full(names: Names) -> bool:
    """Tell whether a name is written out: 'Peter K.' says too little to speak against a number."""
    return all(len(word.strip(".")) > 1 for word in names.full.split()) and bool(names.first and names.last)


def _lay_down(line: Line, services: Mapping[str, UUID], facts: NewFacts | None = None) -> None:
    said: RegisterLine = line.said
    own = {services[fold(heading)] for heading, _written in said.others if fold(heading) in services}
    for heading, written in said.others:
        if fold(heading) not in services:
            sentence = gettext_noop(
                "'%(heading)s' says '%(written)s', which has no place here: it was left out."
            )
            line.note(say(sentence, heading=heading, written=written))
    if said.day is not None:
        line.plan = Coming(said.day, said.handed, frozenset(own), facts)


def _visit(client_id: UUID, coming: Coming, items: Mapping[SupplyKind, UUID]) -> NewVisit:
    handed = coming.handed
    services = {(Service(service), Topic.NOT_STATED) for service in handed.services}
    if handed.topics:
        services.discard((Service.HEALTH_EDUCATION, Topic.NOT_STATED))
        services |= {(Service.HEALTH_EDUCATION, Topic(topic)) for topic in handed.topics}
    given = Given(
        supplies={items[SupplyKind(kind)]: pieces for kind, pieces in handed.supplies},
        needles_returned=handed.needles_returned,
        services=frozenset(services),
        site_services=coming.site_services,
    )
    return NewVisit(client_id, coming.day, given)

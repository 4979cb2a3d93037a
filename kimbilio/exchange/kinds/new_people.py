"""What a line of a line list adds: who the person is, how to reach them, and their steps on MAT."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.exchange.books.line_list import LineListLine
from kimbilio.exchange.books.statuses import Status
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.exchange.kinds.base import Job
from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.actions import Claim
from kimbilio.mat.choices import Source, StepKind
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentManner, HowTheyCame, Sex
from kimbilio.people.rules import BirthYearCheck, birth_year_from_age, check_birth_year
from kimbilio.places.models import MatClinic, Ward
from kimbilio.places.queries import wards_near


@dataclass(frozen=True)
class NewFacts:
    """What a line adds to a person: to a new one all of it, to one who is known what is not known yet."""

    about: AboutClient
    details: Details
    phones: Sequence[PhoneDetails]
    numbers: Sequence[tuple[NumberKind, str]]
    where: str
    claims: Sequence[Claim]
    undated: Sequence[Claim] = ()  # steps that are only known to have come by the day of the book
    notes: Sequence[Words] = ()  # on what was read otherwise than written
    remarks: Sequence[Words] = ()  # on what was kept in another way than it was written


@dataclass
class _Notes:
    corrections: list[Words] = field(default_factory=list)
    remarks: list[Words] = field(default_factory=list)


class FactsReader:
    """Lays down what lines add, at one site, as at the day of one book."""

    def __init__(self, site: Site, clinic: MatClinic | None, as_at: date, today: date) -> None:
        self._clinic, self._as_at, self._today = clinic, as_at, today
        self._wards = _by_name(wards_near(site))

    def facts(self, line: LineListLine) -> NewFacts:
        """Return what one line adds."""
        notes = _Notes()
        ward = self._ward(line.ward, notes)
        year, precision = self._birth(line, notes)
        about = AboutClient(
            sex=Sex(line.sex.value) if line.sex else Sex.NOT_STATED,
            birth_year=year,
            birth_precision=precision,
            ward=ward,
            how_they_came=HowTheyCame.OLD_BOOKS,
            first_contact_on=self._past(line.first_contact_on, notes),
        )
        claims, undated = self._claims(line, notes)
        born = line.birth_date.isoformat() if line.birth_date and precision == BirthPrecision.DATE else ""
        return NewFacts(
            about=about,
            details=Details(line.first, line.middle, line.last, line.nickname, born),
            phones=[PhoneDetails(phone) for phone in (line.phone, *line.other_phones) if phone],
            numbers=_numbers(line),
            # A remark has no other place yet; among the words on where to find somebody it is sealed, and kept.
            where="; ".join(filter(None, ("" if ward else line.ward, line.remarks))),
            claims=claims,
            undated=undated,
            notes=notes.corrections,
            remarks=notes.remarks,
        )

    def _ward(self, written: str, notes: _Notes) -> Ward | None:
        ward = self._wards.get(fold(written)) if written else None
        if written and ward is None:
            sentence = gettext_noop("'%(written)s' is no ward here, and is kept in words.")
            notes.remarks.append(say(sentence, written=written))
        return ward

    def _birth(self, line: LineListLine, notes: _Notes) -> tuple[int | None, BirthPrecision]:
        if line.birth_date:
            year, precision = line.birth_date.year, BirthPrecision.DATE
        elif line.birth_year:
            year, precision = line.birth_year, BirthPrecision.YEAR
        elif line.age is not None:
            year = birth_year_from_age(line.age, self._as_at)
            precision = BirthPrecision.ESTIMATE if line.age_is_about else BirthPrecision.AGE
        else:
            return None, BirthPrecision.UNKNOWN
        if check_birth_year(year, self._today) == BirthYearCheck.IMPOSSIBLE:
            sentence = gettext_noop("Nobody is born in %(year)s: the birth was left out.")
            notes.corrections.append(say(sentence, year=year))
            return None, BirthPrecision.UNKNOWN
        return year, precision

    def _past(self, day: date | None, notes: _Notes) -> date | None:
        """Return a day that has come; one that lies ahead is left out."""
        if day is not None and day > self._today:
            sentence = gettext_noop("%(day)s has not come yet, and was left out.")
            notes.corrections.append(say(sentence, day=day.isoformat()))
            return None
        return day

    def _claims(self, line: LineListLine, notes: _Notes) -> tuple[list[Claim], list[Claim]]:
        """Return the steps on MAT that a line tells of, the dated and the others: as at the day of the book."""
        inducted = self._past(line.inducted_on, notes)
        kind = _STEP_OF.get(line.status) if line.status else None
        claims = [self._claim(StepKind.INDUCTED, inducted)] if inducted else []
        undated = []
        on_mat = (line.status or line.mat_number) and line.status not in _BEFORE_MAT
        if on_mat and not inducted and kind not in _STARTS:
            since = self._past(line.first_contact_on, notes) or self._as_at
            undated.append(self._claim(StepKind.ALREADY_ON_MAT, since))
            sentence = gettext_noop("No day of induction: taken as on MAT by %(day)s.")
            notes.remarks.append(say(sentence, day=since.isoformat()))
        if kind is not None:
            by_then = max([self._as_at, *(claim.occurred_on for claim in (*claims, *undated))])
            undated.append(self._claim(kind, by_then))
        if line.status is Status.DISCONTINUED:
            sentence = gettext_noop("Who stopped MAT is not said: taken as stopped by the clinic.")
            notes.remarks.append(say(sentence))
        return claims, undated

    def _claim(self, kind: StepKind, day: date) -> Claim:
        return Claim(kind, day, Source.EARLIER_BOOKS, self._clinic)


_BEFORE_MAT = frozenset(
    {Status.REFERRED, Status.SCREENED_ELIGIBLE, Status.SCREENED_NOT_ELIGIBLE, Status.PREPARING}
)
_STARTS = frozenset({StepKind.ALREADY_ON_MAT, StepKind.RE_INDUCTED})
_STEP_OF: Mapping[Status, StepKind] = {
    status: StepKind(status.value) for status in Status if status not in {Status.ACTIVE, Status.DISCONTINUED}
} | {Status.DISCONTINUED: StepKind.STOPPED_BY_CLINIC}


def _numbers(line: LineListLine) -> list[tuple[NumberKind, str]]:
    """Return the outside numbers of a line; where the MAT number stands in for the code, it is only that."""
    numbers = [(NumberKind.OLD_CODE, line.code)] if line.code and line.code != line.mat_number else []
    return numbers + ([(NumberKind.MAT_NUMBER, line.mat_number)] if line.mat_number else [])


def _by_name(wards: Iterable[Ward]) -> dict[str, Ward]:
    """Return the wards by their names as they are compared; a name that two have says neither."""
    found: dict[str, Ward | None] = {}
    for ward in wards:
        name = fold(ward.name)
        found[name] = None if name in found else ward
    return {name: ward for name, ward in found.items() if ward is not None}


def register_people(job: Job, people: Sequence[tuple[UUID, NewFacts]]) -> None:
    """Register new people under these ids, with who they are."""
    new = [NewClient(facts.about, ConsentManner.EARLIER_BOOKS, id=one) for one, facts in people]
    clients = register_clients(by=job.by, site=job.site, people=new)
    job.made.add(clients)
    who = [
        WhoTheyAre(client, facts.details, facts.phones, facts.numbers, facts.where)
        for client, (_one, facts) in zip(clients, people, strict=True)
    ]
    record_many(by=job.by, site=job.site, people=who)

"""A clinic beside a site, and people of the site, for tests that record lists and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.mat.actions import Claim, record_clinic_list, record_step
from kimbilio.mat.choices import DayMark, Source, StepKind
from kimbilio.mat.models import ClinicList, JourneyStep
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import ConsentManner, Sex
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic

# What a clerk writes in the clinic's book, one letter a person.
LETTERS = {
    "P": DayMark.DOSED,
    "A": DayMark.MISSED,
    "T": DayMark.TAKE_HOME,
    "H": DayMark.ADMITTED,
    "J": DayMark.IMPRISONED,
    "?": DayMark.UNKNOWN,
}


@dataclass(frozen=True)
class Place:
    """Who records, where, of whom."""

    by: Actor
    site: Site
    clinic: MatClinic
    people: list[Client]

    def claim(self, number: int, kind: StepKind, on: date, source: Source = Source.STAFF) -> JourneyStep:
        """Record a step of the person with this number."""
        return record_step(by=self.by, client=self.people[number], claim=Claim(kind, on, source, self.clinic))

    def list_of(self, day: date, letters: str) -> ClinicList:
        """Record a whole day's list: a letter for each person in order, a point for those who are not on it."""
        return record_clinic_list(by=self.by, clinic=self.clinic, day=day, marks=self.marks(letters))

    def marks(self, letters: str) -> dict[UUID, DayMark]:
        """What a row of letters says, by the people's ids."""
        told = zip(self.people, letters, strict=False)
        return {person.pk: LETTERS[letter] for person, letter in told if letter != "."}


def make_place(by: Actor, site: Site, count: int = 3, name: str = "Karuri MAT clinic") -> Place:
    """Make a clinic beside a site, and so many people."""
    clinic = MatClinic.objects.create(organisation_id=site.organisation_id, site=site, name=name)
    return Place(by, site, clinic, new_people(by, site, count))


def new_people(by: Actor, site: Site, count: int) -> list[Client]:
    """Register so many people of a site, by code alone."""
    about = NewClient(AboutClient(sex=Sex.MALE), ConsentManner.SPOKEN)
    people = [NewClient(about.about, about.consent) for _ in range(count)]
    return register_clients(by=by, site=site, people=people)


def days_by_letter(first: date, rows: Mapping[UUID, str]) -> dict[UUID, dict[date, DayMark]]:
    """What a book says, by the people's ids: a letter a day from the first; a point for a blank."""
    return {
        person: {
            first.replace(day=first.day + n): LETTERS[letter] for n, letter in enumerate(row) if letter != "."
        }
        for person, row in rows.items()
    }

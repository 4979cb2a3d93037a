"""A clinic beside the safe space, with people on its list who have the clinic's numbers, for tests of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.identity.actions import add_outside_number
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.actions import record_clinic_list
from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import reference_of
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic
from tests.programme import person


def today() -> date:
    return timezone.localdate()


def yesterday() -> date:
    return today() - timedelta(days=1)


@dataclass(frozen=True)
class Clinic:
    """A clinic, who records there, and who stood on its list yesterday."""

    by: Actor
    clinic: MatClinic
    people: list[Client]

    def day(self, on: date | None = None, after: str = "") -> str:
        """Return the address of a day."""
        return f"/day/{reference_of(self.clinic)}/{(on or today()).isoformat()}{after}"

    def list_came(self, on: date, *absent: int) -> None:
        """Record a list of a day on which those with these places were absent."""
        marks = {
            one.pk: DayMark.MISSED if place in absent else DayMark.DOSED
            for place, one in enumerate(self.people)
        }
        record_clinic_list(by=self.by, clinic=self.clinic, day=on, marks=marks)

    def sent(self, *absent: int, do: str = "record", **typed: str | Sequence[str]) -> dict[str, object]:
        """Return the form of a day with these people ticked; everybody else came."""
        codes = [one.code for one in self.people]
        return {
            "token": str(uuid4()),
            "shown": ",".join(codes),
            "absent": [codes[place] for place in absent],
            "lines_mean": "absent",
            "do": do,
            **{f"other-{code}": "dosed" for code in codes},
            **typed,
        }


def make_clinic(by: Actor, site: Site, count: int = 4) -> Clinic:
    """Make a clinic whose list of yesterday has so many people, KRMAT-1 and so on; all came."""
    clinic = MatClinic.objects.create(
        organisation_id=site.organisation_id, site=site, name="Karuri MAT clinic"
    )
    people = [person(by, site, first="Zawadi", last=f"Mkamburi{number}") for number in range(count)]
    for number, one in enumerate(people, start=1):
        add_outside_number(by=by, client=one, kind=NumberKind.MAT_NUMBER, number=f"KRMAT-{number}")
    made = Clinic(by, clinic, people)
    made.list_came(yesterday())
    return made


def words_of(answer: HttpResponse) -> str:
    """Return a page with its white space made single."""
    return " ".join(answer.content.decode().split())


def followed(browser: Browser, answer: HttpResponse) -> str:
    """Return the page that an answer leads to."""
    assert answer.status_code == 302, words_of(answer)[:3000]
    return words_of(browser.get(answer.headers["Location"]))

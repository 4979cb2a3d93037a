"""Fills a new home with fictional people through the real batch actions: `python -m bench.build PEOPLE SEED`."""

import json
import sys
from random import Random
from typing import Any

from bench.fictional import Fictional, fictional_people
from bench.home import DESK, MANAGER, PASSWORD, new_root_key, write_people
from bench.timing import Series


def main(count: int, seed: int) -> dict[str, Any]:
    """Make the home, and return how long registering everybody took."""
    new_root_key()
    from kimbilio.accounts.queries import actor_named, sites_in

    _set_up()
    by = actor_named(MANAGER)
    site = sites_in(by.organisation_id)[0]
    _add_desk_officer(by, site)
    people = fictional_people(count, seed)
    registering, recording = Series(), Series()
    clients = registering.time(lambda: _register(by, site, people, seed))
    recording.time(lambda: _record(by, site, clients, people))
    write_people([(person, client.code) for person, client in zip(people, clients, strict=True)])
    _analyse()
    return {"batch.register": registering.figures(), "batch.record": recording.figures()}


def _set_up() -> None:
    from kimbilio.config.serving import migrate
    from kimbilio.desk.actions import NewHome, set_up_home

    migrate()
    programme = NewHome("Measured Programme", "Kiambu", "Karuri safe space", "Karuri MAT clinic")
    set_up_home(home=programme, username=MANAGER, password=PASSWORD)


def _add_desk_officer(by: Any, site: Any) -> None:
    from kimbilio.accounts.actions import add_staff
    from kimbilio.accounts.roles import Role

    add_staff(
        by=by, site=site, username=DESK, display_name="Wanja", role=Role.DESK_OFFICER, password=PASSWORD
    )


def _register(by: Any, site: Any, people: list[Fictional], seed: int) -> list[Any]:
    from kimbilio.people.actions import NewClient, register_clients
    from kimbilio.people.choices import ConsentManner
    from kimbilio.places.queries import wards_near

    wards, chance = list(wards_near(site)), Random(seed)
    new = [NewClient(about(person, chance.choice(wards)), ConsentManner.SPOKEN) for person in people]
    return register_clients(by=by, site=site, people=new)


def about(person: Fictional, ward: Any) -> Any:
    """Return what is recorded of a fictional person by code."""
    from django.utils import timezone

    from kimbilio.people.actions import AboutClient
    from kimbilio.people.choices import BirthPrecision, Sex

    return AboutClient(
        sex=Sex.FEMALE if person.female else Sex.MALE,
        birth_year=timezone.localdate().year - person.age,
        birth_precision=BirthPrecision.AGE,
        ward=ward,
    )


def _record(by: Any, site: Any, clients: list[Any], people: list[Fictional]) -> None:
    from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
    from kimbilio.identity.choices import MayCall, NumberKind

    known = [
        WhoTheyAre(
            client,
            Details(person.first, person.middle, person.last, person.nickname),
            [PhoneDetails(person.phone, may_call=MayCall.ANY_STAFF)] if person.phone else [],
            [(NumberKind.OLD_CODE, person.number)],
        )
        for client, person in zip(clients, people, strict=True)
    ]
    record_many(by=by, site=site, people=known)


def _analyse() -> None:
    """Let PostgreSQL count its tables now: it would within a minute, in the middle of measuring."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))

"""Another process at work on the same home: registers whoever it reads of, a line of JSON each, and says the code."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Any
from uuid import uuid4

from bench.build import about
from bench.fictional import Fictional
from bench.home import DESK, open_again


def new_person(person: Fictional) -> Any:
    """Return a fictional person as the register form gives them."""
    from kimbilio.desk.actions import NewPerson
    from kimbilio.identity.actions import Details, PhoneDetails
    from kimbilio.identity.choices import MayCall, NumberKind
    from kimbilio.people.actions import NewClient
    from kimbilio.people.choices import ConsentManner

    return NewPerson(
        client=NewClient(about(person, None), ConsentManner.SPOKEN),
        details=Details(person.first, person.middle, person.last, person.nickname),
        phone=PhoneDetails(person.phone, may_call=MayCall.ANY_STAFF) if person.phone else None,
        number=(NumberKind.OLD_CODE, person.number),
    )


@contextmanager
def another_process() -> Iterator[Any]:
    """Start one, and give a function that has it register somebody and returns their card code."""
    with Popen([sys.executable, "-m", "bench.elsewhere"], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout

        def register(person: Fictional) -> str:
            print(json.dumps(vars(person)), file=process.stdin, flush=True)
            return process.stdout.readline().strip()

        yield register
        process.stdin.close()


def main() -> None:
    """Register until nobody asks any more."""
    open_again()
    from kimbilio.accounts.queries import actor_named, sites_in
    from kimbilio.desk.actions import register_person

    by = actor_named(DESK)
    site = sites_in(by.organisation_id)[0]
    for line in sys.stdin:
        person = new_person(Fictional(**json.loads(line)))
        print(register_person(by=by, site=site, token=uuid4(), person=person).code, flush=True)


if __name__ == "__main__":
    main()

"""How long it takes to find a person: by name, phone, outside number and card code."""

from random import Random

from django.db import connection

from bench.fictional import Fictional
from bench.home import open_again
from bench.pages import Desk, Known
from bench.raw import clients_with_phone_index
from bench.searches import name_searches, typed_code, typed_number, typed_phone
from bench.timing import ROUNDS, Series, thirds
from kimbilio.core import vault
from kimbilio.desk.queries import find_people
from kimbilio.identity.queries import clients_with_phone, phone_index
from kimbilio.identity.rules import normalise_phone

_FIRST_SEARCHES = 3


def first_search(desk: Desk, known: Known) -> dict[str, Series]:
    """Time the search that reads and unseals everybody's names: the first after the home was opened."""
    first = Series()
    for person, _code in known[:_FIRST_SEARCHES]:
        connection.close()
        vault.lock_vault()
        open_again()
        desk.find("")
        first.time(lambda person=person: desk.find(person.first))
    return {"name.first": first}


def name_searches_timed(
    desk: Desk, known: Known, count: int, chance: Random
) -> tuple[dict[str, Series], dict[str, float]]:
    """Time searches by name of every kind, and say how often the person meant was among those shown."""
    codes = {person.number: code for person, code in known}
    searches = name_searches([person for person, _code in known], count, chance)
    timings = {"name.page": Series(), "name.query": Series()}
    shown: dict[str, list[bool]] = {}
    for kind, person, text in searches:
        of_kind = timings.setdefault(f"name.page: {kind}", Series())
        answer = of_kind.time(lambda text=text: desk.find(text))
        timings["name.page"].wall.append(of_kind.wall[-1])
        timings["name.page"].cpu.append(of_kind.cpu[-1])
        shown.setdefault(kind, []).append(f"/p/{codes[person.number]}".encode() in answer.content)
        timings["name.query"].time(lambda text=text: find_people(desk.by, text))
    return timings, {kind: round(sum(hits) / len(hits), 3) for kind, hits in sorted(shown.items())}


def look_ups(desk: Desk, known: Known, count: int, chance: Random) -> dict[str, Series]:
    """Time finding by phone, outside number and card code: by the page, and by the query alone."""
    with_phone = [person for person, _code in known if person.phone]
    phones = [typed_phone(person.phone, chance) for person in chance.choices(with_phone, k=count)]
    drawn = chance.choices(known, k=count)
    numbers = [typed_number(person.number, chance) for person, _code in drawn]
    codes = [typed_code(code, chance) for _person, code in drawn]
    timings: dict[str, Series] = {}
    kinds = {"phone": thirds(phones), "number": thirds(numbers), "code": thirds(codes)}
    for kind, typed in ((kind, rounds[place]) for place in range(ROUNDS) for kind, rounds in kinds.items()):
        timings.setdefault(f"{kind}.page", Series()).time_each(desk.find, typed)
        timings.setdefault(f"{kind}.query", Series()).time_each(
            lambda text: find_people(desk.by, text), typed
        )
    return timings | _phones_beside_raw(desk, with_phone[:count])


def _phones_beside_raw(desk: Desk, people: list[Fictional]) -> dict[str, Series]:
    """Time who has a phone, and the same statement on the same column without anything of ours."""
    organisation_id = desk.by.organisation_id
    indexes = [phone_index(organisation_id, normalise_phone(person.phone) or "") for person in people]
    return {
        "phone.look_up": Series().time_each(
            lambda person: clients_with_phone(organisation_id, person.phone), people
        ),
        "phone.raw": Series().time_each(
            lambda index: clients_with_phone_index(organisation_id, index), indexes
        ),
    }

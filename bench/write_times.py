"""How long it takes to register, what the next search then costs, and the same rows without Kimbilio."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

from bench import raw
from bench.elsewhere import another_process, new_person
from bench.fictional import Fictional
from bench.pages import Desk
from bench.timing import Series
from kimbilio.desk.actions import register_person
from kimbilio.people.models import Client


def registering(desk: Desk, people: list[Fictional]) -> dict[str, Series]:
    """Time registering by the page, by the action alone, and the same rows by the driver alone."""
    by_page, by_action = people[::2], people[1::2]
    timings = {"register.page": Series(), "register.action": Series()}
    for person in by_page:
        code = timings["register.page"].time(lambda person=person: desk.register(person))
        desk.open_person(code)  # where the browser is led, and reads that it is done
    registered = []
    for person in by_action:
        new = new_person(person)
        timings["register.action"].time(
            lambda new=new: register_person(by=desk.by, site=desk.site, token=uuid4(), person=new)
        )
        registered.append(new.client.id)
    return timings | {"register.raw": _the_same_rows(desk, registered)}


def _the_same_rows(desk: Desk, registered: list[UUID]) -> Series:
    another = raw.SecondOrganisation(desk.by.organisation_id, desk.site.pk)
    series = Series()
    for client_id in registered:
        rows = another.rows_of([client_id], (*raw.OF_PEOPLE, *raw.BESIDE_THEM))
        series.time(lambda rows=rows: raw.write(rows, in_bulk=False))
    return series


def raw_batch(desk: Desk) -> dict[str, Series]:
    """Time the rows of everybody written in bulk by the driver alone."""
    everybody = Client.objects.filter(organisation=desk.by.organisation_id).values_list("pk", flat=True)
    another = raw.SecondOrganisation(desk.by.organisation_id, desk.site.pk)
    rows = another.rows_of(everybody, raw.OF_PEOPLE)
    series = Series()
    series.time(lambda: raw.write(rows, in_bulk=True))
    return {"batch.raw": series}


def after_registering(desk: Desk, people: list[Fictional]) -> dict[str, Series]:
    """Time the search that follows a registration: made in this process, and made in another."""
    half = len(people) // 2
    named = [
        replace(person, nickname=nickname) for person, nickname in zip(people, _rare_names(), strict=False)
    ]
    here, elsewhere = Series(), Series()
    for person in named[:half]:
        code = desk.register(person)
        desk.open_person(code)
        _find_after(desk, here, person, code)
    with another_process() as register:
        for person in named[half:]:
            _find_after(desk, elsewhere, person, register(person))
    return {"name.after_registering_here": here, "name.after_registering_elsewhere": elsewhere}


def _find_after(desk: Desk, series: Series, person: Fictional, code: str) -> None:
    answer = series.time(lambda: desk.find(person.nickname))
    assert f"/p/{code}".encode() in answer.content, f"{person.nickname} was registered and is not found."


def _rare_names() -> list[str]:
    """Return names that nobody else has, so that whoever was registered just now is found first."""
    return [f"Zu{one}{two}vyo" for one, two in product(("ba", "de", "fi", "go", "ku", "la"), repeat=2)]

"""The month's figures, counted afresh: each indicator whole and by its splits, from the tallies of the month."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from kimbilio.core.many import Keys
from kimbilio.people.choices import PopulationType, Sex
from kimbilio.people.models import Client
from kimbilio.people.rules import AGE_BANDS, age_band, age_on
from kimbilio.reports.choices import NOT_KNOWN, Split
from kimbilio.reports.figures import Figure
from kimbilio.reports.indicators import INDICATORS, Indicator, Measure, Records
from kimbilio.reports.queries.heads import Cell, Heads, heads_in
from kimbilio.reports.queries.tallies import Tallies, Tally, tallies_in, tallies_on_mat
from kimbilio.reports.scope import Scope

# A report shows both sexes also where there is nobody; any other part only where there is somebody.
_ALWAYS = (Sex.MALE.value, Sex.FEMALE.value)
_ON_MAT = [one for one in INDICATORS.values() if one.counts.records in (Records.MAT, Records.STEPS)]
_OF_RECORDS = [one for one in INDICATORS.values() if one not in _ON_MAT]
_OF_A_PERSON = (Split.SEX, Split.AGE, Split.WARD, Split.POPULATION)


class About(NamedTuple):
    """What numbers are split by, of one person: in the order of _OF_A_PERSON."""

    sex: str
    age: str
    ward: str
    population: str


def counted(scope: Scope) -> list[Figure]:
    """Return every figure of a month as the records stand now."""
    return in_order([*counted_of_records(scope), *counted_on_mat(scope)])


def counted_of_records(scope: Scope) -> list[Figure]:
    """Return the figures that are counted of visits, sessions and events."""
    return _figures(scope, tallies_in(scope), heads_in(scope), _OF_RECORDS)


def counted_on_mat(scope: Scope) -> list[Figure]:
    """Return the figures that are counted of steps on MAT and of the clinics' lists."""
    return _figures(scope, tallies_on_mat(scope), {}, _ON_MAT)


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Return figures in the order of the report."""
    places = {code: place for place, code in enumerate(INDICATORS)}
    return sorted(figures, key=lambda one: places[one.code])


def _figures(scope: Scope, tallies: Tallies, heads: Heads, indicators: Iterable[Indicator]) -> list[Figure]:
    everybody = set().union(*(tally.people() for tally in tallies.values()))
    about = about_people(scope, everybody)
    found: list[Figure] = []
    values: dict[tuple[str, Cell], int] = {}
    for one in indicators:
        source = (one.counts.records, one.counts.key)
        if source in heads:
            cells = _cells_of_heads(one, heads[source], scope)
        else:
            cells = _cells_of_people(one, tallies.get(source) or Tally(), about, scope)
        values |= {(one.code, cell): value for cell, value in cells.items()}
        found += [
            Figure(
                one.code,
                one.title,
                value,
                _out_of(one, cell, values),
                {split.value: part for split, part in cell},
            )
            for cell, value in sorted(cells.items(), key=_in_order)
        ]
    return found


def about_people(scope: Scope, people: Iterable[UUID]) -> dict[UUID, About]:
    """Return what is known of these people. One question."""
    rows = Client.objects.filter(organisation=scope.organisation_id, pk__in=Keys(people)).values_list(
        *("pk", "sex", "birth_year", "birth_precision", "ward__name", "ward__sub_county__name", "population")
    )
    bands: dict[tuple[int | None, str], str] = {}
    found = {}
    for person, sex, year, precision, ward, sub_county, population in rows:
        if (year, precision) not in bands:
            age = age_on(year, precision, scope.last)
            bands[year, precision] = age_band(age.years) if age else NOT_KNOWN
        found[person] = About(sex, bands[year, precision], ward_name(ward, sub_county), population)
    return found


def ward_name(ward: str | None, sub_county: str | None) -> str:
    """Return what a report calls a ward: two may have one name, in two sub-counties."""
    return f"{ward}, {sub_county}" if ward else NOT_KNOWN


def _cells_of_people(
    one: Indicator, tally: Tally, about: Mapping[UUID, About], scope: Scope
) -> dict[Cell, int]:
    amounts = _together(tally)
    counts_people = one.counts.measure == Measure.PEOPLE
    alike: Counter[About] = Counter()
    for person, amount in amounts.items():
        alike[about[person]] += 1 if counts_people else amount
    cells: dict[Cell, int] = {(): alike.total()}
    for (split,) in one.splits:
        if split == Split.SITE:
            parts = _by_site(tally, scope, counts_people=counts_people)
        elif split in _OF_A_PERSON:
            parts = _folded(alike, _OF_A_PERSON.index(split))
        else:
            parts = tally.parts.get(split, {})
        cells |= _with_both_sexes(split, parts)
    return cells


def _together(tally: Tally) -> Mapping[UUID, int]:
    """Return how much each person has at all sites."""
    if len(tally.by_site) == 1:
        return next(iter(tally.by_site.values()))
    together: Counter[UUID] = Counter()
    for amounts in tally.by_site.values():
        together.update(amounts)
    return together


def _by_site(tally: Tally, scope: Scope, *, counts_people: bool) -> dict[str, int]:
    found = {}
    for site in scope.sites:
        amounts = tally.by_site.get(site.pk, {})
        found[site.name] = len(amounts) if counts_people else sum(amounts.values())
    return found


def _folded(alike: Mapping[About, int], place: int) -> dict[str, int]:
    parts: Counter[str] = Counter()
    for about, value in alike.items():
        parts[about[place]] += value
    return parts


def _with_both_sexes(split: Split, parts: Mapping[str, int]) -> dict[Cell, int]:
    if split == Split.SEX:
        parts = dict.fromkeys(_ALWAYS, 0) | dict(parts)
    always = {Split.SEX: _ALWAYS, Split.SITE: tuple(parts)}.get(split, ())
    return {((split, part),): value for part, value in parts.items() if value or part in always}


def _cells_of_heads(one: Indicator, heads: Mapping[Cell, int], scope: Scope) -> dict[Cell, int]:
    cells: dict[Cell, int] = {(): sum(heads.values())}
    for splits in one.splits:
        found: Counter[Cell] = Counter()
        if splits == (Split.SITE,):
            found.update({((Split.SITE, site.name),): 0 for site in scope.sites})
        if splits == (Split.SEX,):
            found.update({((Split.SEX, sex),): 0 for sex in _ALWAYS})
        for cell, value in heads.items():
            known = dict(cell)
            found[tuple((split, known[split]) for split in splits)] += value
        cells |= {cell: value for cell, value in found.items() if value or _always_shown(cell)}
    return cells


def _always_shown(cell: Cell) -> bool:
    known = dict(cell)
    return known.get(Split.SEX) in _ALWAYS or Split.SITE in known


def _out_of(one: Indicator, cell: Cell, values: Mapping[tuple[str, Cell], int]) -> int | None:
    return values.get((one.out_of, cell)) if one.out_of else None


_ORDER: dict[str, int] = {
    name: place for place, name in enumerate((*Sex.values, *AGE_BANDS, *PopulationType.values))
}


def _in_order(item: tuple[Cell, int]) -> tuple[object, ...]:
    """Sort the whole first, then split by split; sexes, ages and populations as they are asked, others by name."""
    cell = item[0]
    splits = tuple(list(Split).index(split) for split, _part in cell)
    parts = tuple((part == NOT_KNOWN, _ORDER.get(part, 0), part) for _split, part in cell)
    return len(splits), splits, parts

"""Reading a file of administrative areas: one ward a line, below its sub-county and county."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COLUMNS = ("county_code", "county", "sub_county", "ward")

# Source: the Constitution of Kenya, First Schedule.
LAST_COUNTY_CODE = 47

Faults = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area: a ward, or a sub-county or county of which nothing finer is known (then those are '')."""

    county_code: int
    county: str
    sub_county: str
    ward: str


class UnreadableAreas(ValueError):
    """A file of areas that was not understood. `faults` has every (line number, what is wrong)."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__("\n".join(f"line {number}: {reason}" for number, reason in faults))


def read_areas(lines: Iterable[str]) -> list[AreaLine]:
    """Return the areas of a comma-separated file, in its order; UnreadableAreas names every faulty line.

    Headings may stand in any order and case, after a byte-order mark, among other columns, which are
    ignored. Blank lines are skipped. Nothing is returned of a file with a fault.
    """
    faults: Faults = []
    areas: dict[AreaLine, int] = {}
    county_of_code: dict[int, str] = {}
    for number, cells in _rows(lines):
        try:
            area = _area(cells)
            _agree_on_county(county_of_code, area)
            _not_twice(areas, area, number)
        except ValueError as fault:
            faults.append((number, str(fault)))
    faults += [(areas[area], reason) for area, reason in _emptied(areas)]
    if faults:
        raise UnreadableAreas(sorted(faults))
    return list(areas)


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the cells, by column, of every line below the headings that is not blank."""
    reader = csv.reader(lines)
    headings = [heading.strip().lower() for heading in next(reader, [])]
    if headings:
        headings[0] = headings[0].removeprefix("\ufeff").strip().strip('"')
    missing = [column for column in COLUMNS if column not in headings]
    if missing:
        raise UnreadableAreas([(1, f"the headings lack {', '.join(missing)}")])
    for row in reader:
        if any(cell.strip() for cell in row):
            tidy = [" ".join(cell.split()) for cell in row]
            yield reader.line_num, dict(zip(headings, tidy, strict=False))


def _area(cells: dict[str, str]) -> AreaLine:
    code, county, sub_county, ward = (cells.get(column, "") for column in COLUMNS)
    if not (code.isascii() and code.isdigit() and 1 <= int(code) <= LAST_COUNTY_CODE):
        raise ValueError(f"the county code is a number from 1 to {LAST_COUNTY_CODE}, not '{code}'")
    if not county:
        raise ValueError("the county is missing")
    if ward and not sub_county:
        raise ValueError(f"the ward '{ward}' has no sub-county")
    return AreaLine(int(code), county, sub_county, ward)


def _agree_on_county(county_of_code: dict[int, str], area: AreaLine) -> None:
    """Refuse one code for two counties, and one county under two codes."""
    first = county_of_code.setdefault(area.county_code, area.county)
    if first != area.county:
        raise ValueError(f"county code {area.county_code} is '{first}' above and '{area.county}' here")
    for code, county in county_of_code.items():
        if county == area.county and code != area.county_code:
            raise ValueError(f"'{county}' has code {code} above and {area.county_code} here")


def _not_twice(areas: dict[AreaLine, int], area: AreaLine, number: int) -> None:
    if area in areas:
        name = area.ward or area.sub_county or area.county
        raise ValueError(f"'{name}' stands on line {areas[area]} already")
    areas[area] = number


def _emptied(areas: dict[AreaLine, int]) -> Iterator[tuple[AreaLine, str]]:
    """Yield lines that stop at a county or sub-county of which other lines know more."""
    parents = {AreaLine(area.county_code, area.county, "", "") for area in areas if area.sub_county}
    parents |= {AreaLine(area.county_code, area.county, area.sub_county, "") for area in areas if area.ward}
    for area in areas.keys() & parents:
        yield area, f"'{area.sub_county or area.county}' is on other lines with more; this line adds nothing"

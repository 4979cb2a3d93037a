"""The file of administrative areas, and what is said of a faulty one."""

from collections import Counter
from pathlib import Path

import pytest

from kimbilio.places.rules import AreaLine, UnreadableAreas, read_areas

KENYA = Path(__file__).parent.parent / "data" / "kenya.csv"
HEADINGS = "county_code,county,sub_county,ward"


@pytest.fixture(scope="module")
def kenya() -> list[AreaLine]:
    with KENYA.open(encoding="utf-8", newline="") as lines:
        return read_areas(lines)


def faults_of(*lines: str) -> list[tuple[int, str]]:
    with pytest.raises(UnreadableAreas) as raised:
        read_areas([HEADINGS, *lines])
    return raised.value.faults


def test_the_file_has_all_counties_sub_counties_and_wards_of_kenya(kenya):
    assert {area.county_code for area in kenya} == set(range(1, 48))
    assert len({area.county for area in kenya}) == 47
    assert len({(area.county, area.sub_county) for area in kenya}) == 290
    assert len(kenya) == 1450
    assert all(area.sub_county and area.ward for area in kenya)


@pytest.mark.parametrize(
    ("county", "sub_counties", "wards"),
    [
        ("Kiambu", 12, 60), ("Kilifi", 7, 35), ("Nairobi", 17, 85), ("Mombasa", 6, 30), ("Kwale", 4, 20),
        ("Lamu", 2, 10), ("Kisumu", 7, 35), ("Nakuru", 11, 55),
    ],
)  # fmt: skip
def test_a_county_has_its_sub_counties_and_wards(kenya, county, sub_counties, wards):
    here = [area for area in kenya if area.county == county]
    assert len({area.sub_county for area in here}) == sub_counties
    assert len(here) == wards


def test_the_two_safe_spaces_can_be_placed(kenya):
    assert AreaLine(22, "Kiambu", "Kiambaa", "Karuri") in kenya
    assert AreaLine(3, "Kilifi", "Kilifi North", "Watamu") in kenya
    assert AreaLine(3, "Kilifi", "Malindi", "Malindi Town") in kenya


def test_every_sub_county_has_between_three_and_eight_wards(kenya):
    sizes = Counter((area.county, area.sub_county) for area in kenya)
    assert all(3 <= size <= 8 for size in sizes.values())


def test_headings_may_be_in_any_case_and_order_after_a_byte_order_mark():
    lines = ["\ufeffWard, SUB_COUNTY,note,County,County_Code", " Shella ,Malindi,x,Kilifi,03"]
    assert read_areas(lines) == [AreaLine(3, "Kilifi", "Malindi", "Shella")]


def test_quoted_headings_after_a_byte_order_mark_are_read():
    lines = ['\ufeff"county_code","county","sub_county","ward"', '3,Kilifi,"Ganze","Bamba"']
    assert read_areas(lines) == [AreaLine(3, "Kilifi", "Ganze", "Bamba")]


def test_a_county_alone_is_an_area():
    assert read_areas([HEADINGS, "23,Turkana,,", "", " , , ,"]) == [AreaLine(23, "Turkana", "", "")]


def test_names_lose_stray_spaces():
    assert read_areas([HEADINGS, "3, Kilifi ,Kilifi  South,Shimo  la Tewa"])[0].ward == "Shimo la Tewa"


def test_two_wards_of_one_name_in_two_sub_counties_are_two():
    assert len(read_areas([HEADINGS, "22,Kiambu,Kiambu,Township", "22,Kiambu,Thika Town,Township"])) == 2


def test_every_faulty_line_is_named():
    assert faults_of("22,Kiambu,Kiambaa,Karuri", "22,Kiambu,Kiambaa,Karuri", "22,,Juja,Theta") == [
        (3, "'Karuri' stands on line 2 already"),
        (4, "the county is missing"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("22,Kiambu,,Karuri", "the ward 'Karuri' has no sub-county"),
        ("48,Elsewhere,,", "the county code is a number from 1 to 47, not '48'"),
        ("x,Kiambu,,", "the county code is a number from 1 to 47, not 'x'"),
        ("²,Kiambu,,", "the county code is a number from 1 to 47, not '²'"),
        ("Kiambu", "the county code is a number from 1 to 47, not 'Kiambu'"),
    ],
)
def test_a_faulty_line_is_refused_with_its_number(line, reason):
    assert faults_of("1,Mombasa,,", line) == [(3, reason)]


def test_one_code_for_two_counties_is_refused():
    assert faults_of("3,Kilifi,,", "3,Kwale,,") == [(3, "county code 3 is 'Kilifi' above and 'Kwale' here")]


def test_one_county_under_two_codes_is_refused():
    assert faults_of("3,Kilifi,,", "2,Kilifi,Ganze,Bamba") == [(3, "'Kilifi' has code 3 above and 2 here")]


def test_a_line_that_stops_short_of_what_others_know_is_refused():
    assert faults_of("3,Kilifi,,", "3,Kilifi,Ganze,Bamba")[0][0] == 2


@pytest.mark.parametrize("lines", [[], [""], ["county,ward", "Kilifi,Bamba"]])
def test_a_file_without_the_headings_is_refused(lines):
    with pytest.raises(UnreadableAreas, match="line 1: the headings lack county_code"):
        read_areas(lines)

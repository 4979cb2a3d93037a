"""Every indicator has a source and an oracle, says what it means in both languages, and can be opened."""

from dataclasses import replace

import pytest
from django.utils import translation

from kimbilio.reports.indicators import INDICATORS, Indicator, Measure, Records
from kimbilio.reports.tests.oracle import ORACLES
from tests.house.tree import ROOT

TEXTS = ("title", "definition", "why", "source")
AN_INDICATOR = INDICATORS["visits.people"]


def faults_in(one: Indicator, oracles: set[str]) -> list[str]:
    """What an indicator lacks."""
    faults = [f"{one.code}: no {text}" for text in TEXTS if not getattr(one, text).strip()]
    if one.code not in oracles:
        faults.append(f"{one.code}: no oracle")
    if one.out_of and one.out_of not in INDICATORS:
        faults.append(f"{one.code}: out of '{one.out_of}', which there is not")
    if not {split for splits in one.splits for split in splits}:
        faults.append(f"{one.code}: split by nothing, not even by site")
    return faults


def test_every_indicator_has_what_it_needs():
    assert len(INDICATORS) > 30
    faults = [fault for one in INDICATORS.values() for fault in faults_in(one, set(ORACLES))]
    assert not faults, "\n".join(faults)


def test_what_an_indicator_is_a_part_of_is_counted_before_it_and_split_alike():
    codes = list(INDICATORS)
    for one in INDICATORS.values():
        if one.out_of:
            assert codes.index(one.out_of) < codes.index(one.code)
            assert set(one.splits) <= set(INDICATORS[one.out_of].splits), one.code


def test_no_two_indicators_count_the_same():
    counted = [one.counts for one in INDICATORS.values()]
    assert len(counted) == len(set(counted))


def test_every_text_of_an_indicator_is_offered_to_translators():
    """A text that `gettext_noop` does not mark in the source would stand in English on a Kiswahili page."""
    marked = {
        text
        for path in (ROOT / "kimbilio" / "reports" / "indicators").glob("*.py")
        for text in _marked_in(path.read_text("utf-8"))
    }
    told = {
        getattr(one, text)
        for one in INDICATORS.values()
        for text in (*TEXTS, "leaves_out")
        if getattr(one, text)
    }
    assert told <= marked, told - marked


@pytest.mark.parametrize("language", ["en", "sw"])
def test_units_and_roles_are_said_in_words(language):
    with translation.override(language):
        assert all(str(one.unit.label) and str(one.reviewed_by.label) for one in INDICATORS.values())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"source": " "}, "visits.people: no source"),
        ({"definition": ""}, "visits.people: no definition"),
        ({"code": "visits.made_up"}, "visits.made_up: no oracle"),
        ({"out_of": "visits.none"}, "visits.people: out of 'visits.none', which there is not"),
        ({"splits": ()}, "visits.people: split by nothing, not even by site"),
    ],
)
def test_what_an_indicator_lacks_is_found(change, fault):
    assert faults_in(replace(AN_INDICATOR, **change), set(ORACLES)) == [fault]


def test_people_are_counted_of_records_about_people_alone():
    heads = {Records.SESSIONS, Records.EVENTS, Records.ANONYMOUS}
    assert not [
        one.code
        for one in INDICATORS.values()
        if one.counts.records in heads and one.counts.measure == Measure.PEOPLE
    ]


def _marked_in(source: str) -> set[str]:
    import ast

    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }

"""What the numbers of a month say, and what they leave unsaid."""

from datetime import date

import pytest
from django.utils import translation

from kimbilio.reports.rules.findings import (
    ENOUGH,
    FEW,
    Finding,
    FindingKind,
    Numbers,
    findings,
    gaps,
    months_of_nothing,
    of_a_hundred,
)
from kimbilio.reports.rules.survival import At
from kimbilio.reports.sentences import in_words
from kimbilio.reports.wording import split_words

JUNE = date(2025, 6, 1)
MONTH = {
    "visits.people": 644,
    "visits.visits": 2054,
    "visits.new_people": 55,
    "supplies.needles": 6846,
    "supplies.needles_returned": 1777,
    "support.people": 99,
    "legal.people": 44,
    "mat.ever_inducted": 835,
    "mat.active": 541,
    "mat.missing_1_2": 26,
    "mat.missing_3_4": 6,
    "mat.missing_5_plus": 35,
    "mat.returned": 12,
    "community.participants": 340,
}


def kinds(**more):
    return [one.kind for one in findings(Numbers(**({"month": JUNE, "now": MONTH} | more)))]


def said(kind, **more):
    numbers = Numbers(**({"month": JUNE, "now": MONTH} | more))
    with translation.override("en"):
        return [in_words(one) for one in [*findings(numbers), *gaps(numbers)] if one.kind == kind]


def test_a_month_says_what_was_done_and_with_whom():
    assert said(FindingKind.PEOPLE) == ["644 people came, 2,054 times in all."]
    assert said(FindingKind.NEW) == ["55 of 644 came for the first time."]
    assert said(FindingKind.WOMEN, women=23) == ["23 of 644 were women."]
    assert said(FindingKind.ACTIVE) == ["541 of the 835 who ever started MAT are active on it: 65 of 100."]
    assert said(FindingKind.MISSING) == [
        "67 people missed doses as the month ended, 35 of them 5 days or more."
    ]
    assert said(FindingKind.NEEDLES_BACK) == [
        "1,777 used needles and syringes came back: 26 for every 100 that were given."
    ]
    assert said(FindingKind.SUPPORT) == ["99 people had psychosocial support, and 44 had legal aid."]


def test_a_need_is_met_or_a_part_of_it():
    (part,) = said(FindingKind.NEED_PART, needs={"supplies.needles": 19320})
    assert part == "Needles and syringes given: 6,846, which is 35 of every 100 that were needed."
    (met,) = said(FindingKind.NEED_MET, needs={"supplies.needles": 6846})
    assert met == "Needles and syringes given: 6,846, and the need of 6,846 was met."


@pytest.mark.parametrize(("before", "kind"), [(500, "more_people"), (800, "fewer_people"), (640, None)])
def test_a_change_is_said_where_it_is_one(before, kind):
    found = kinds(before={"visits.people": before})
    assert (kind in found) == (kind is not None)
    assert {"more_people", "fewer_people"} & set(found) == ({kind} if kind else set())


def test_of_fewer_than_a_few_nothing_alarming_is_said():
    few = dict.fromkeys(MONTH, FEW - 1) | {
        "mat.missing_1_2": 1,
        "mat.missing_3_4": 1,
        "mat.missing_5_plus": 2,
    }
    found = findings(Numbers(month=JUNE, now=few, women=2, before={"visits.people": 1}))
    assert {one.kind for one in found} == {FindingKind.PEOPLE, FindingKind.ACTIVE, FindingKind.COMMUNITY}
    assert next(one for one in found if one.kind == FindingKind.ACTIVE).numbers["per_hundred"] == 0


def test_a_month_after_one_in_which_nobody_came_says_that():
    assert said(FindingKind.MORE_THAN_NOBODY, before={"visits.people": 0}) == [
        "In the month before, nobody is recorded as having come."
    ]
    assert FindingKind.MORE_PEOPLE not in kinds(before={"visits.people": 0})
    (fewer,) = said(FindingKind.FEWER_PEOPLE, now={}, before={"visits.people": 12})
    assert fewer == "That is 12 fewer people than in the month before, when 12 came."


@pytest.mark.parametrize(
    ("people", "legal", "sentence"),
    [
        (FEW, 1, "5 people had psychosocial support."),
        (1, FEW, "5 people had legal aid."),
        (FEW, FEW, "5 people had psychosocial support, and 5 had legal aid."),
    ],
)
def test_of_support_only_what_more_than_a_few_had_is_said(people, legal, sentence):
    assert said(FindingKind.SUPPORT, now={"support.people": people, "legal.people": legal}) == [sentence]


def test_a_reach_beyond_the_estimate_is_no_part_of_it():
    (beyond,) = said(FindingKind.REACH_BEYOND, reach=(900, 500, 400, 600))
    assert "more than the 500" in beyond
    assert said(FindingKind.REACH, reach=(900, 500, 400, 600)) == []


def test_months_in_which_nobody_came_are_said_once():
    gone = {code: [3, 0, 0] for code in ("visits.people", "visits.visits", "supplies.needles")}
    found = gaps(
        Numbers(JUNE, {}, months=gone | {"supplies.condoms": [3, 0, 0, 0], "community.participants": [1, 0]})
    )
    assert [(one.kind, one.about) for one in found] == [
        (FindingKind.NOBODY_CAME_FOR, ""),
        (FindingKind.NOTHING_FOR, "supplies.condoms"),
    ]


def test_nobody_is_said_as_such():
    assert said(FindingKind.PEOPLE, now={}) == ["Nobody is recorded as having come."]
    assert findings(Numbers(month=JUNE, now={})) == [Finding(FindingKind.PEOPLE, {"people": 0, "visits": 0})]


def test_staying_is_said_where_enough_were_watched_and_their_days_are_known():
    at = At(t=365, at_risk=ENOUGH, left=9, censored=3, s=0.584, low=0.52, high=0.632)
    assert said(FindingKind.STAYING, after_a_year=at, left=40, undated=4) == [
        "Of 100 people who start MAT, 58 stay for a year or longer (between 52 and 63)."
    ]
    assert FindingKind.STAYING_UNDATED in kinds(after_a_year=at, left=40, undated=5)
    few = At(t=365, at_risk=ENOUGH - 1, left=9, censored=3, s=0.5, low=0.4, high=0.6)
    assert not {FindingKind.STAYING, FindingKind.STAYING_UNDATED} & set(kinds(after_a_year=few))


def test_reach_is_said_with_the_uncertainty_of_the_estimate():
    assert said(FindingKind.REACH, reach=(835, 3312, 3000, 4000)) == [
        "835 people came in twelve months: 25 of every 100 that there are by the estimate (between 21 and 28)."
    ]


def test_months_without_a_start_are_a_gap_with_those_who_wait():
    waiting = MONTH | {"mat.waiting": 7}
    (gap,) = said(FindingKind.NO_START, now=waiting, last_start=date(2024, 12, 14))
    assert gap == "Nobody has started MAT for 6 months, since 14 December 2024. 7 people wait to start."
    assert said(FindingKind.NO_START, last_start=date(2025, 5, 30)) == []
    assert said(FindingKind.NO_START_EVER, now=waiting) == [
        "Nobody has started MAT yet. 7 people wait to start."
    ]
    assert said(FindingKind.NO_START_EVER) == []


@pytest.mark.parametrize(
    ("values", "months"),
    [((None, None), 0), ((0, 0, 0), 0), ((None, 5, 0, 0), 2), ((5, 0, 3), 0), ((), 0), ((4, 0), 1)],
)
def test_a_gap_begins_after_there_was_something(values, months):
    assert months_of_nothing(values) == months


def test_what_was_not_given_for_months_is_a_gap():
    found = gaps(Numbers(JUNE, MONTH, months={"supplies.naloxone_kits": [25, 0, 0], "visits.visits": [3, 0]}))
    assert [(one.kind, one.about) for one in found] == [
        (FindingKind.NOTHING_FOR, "supplies.naloxone_kits"),
        (FindingKind.NO_NEED_SET, ""),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "of"),
    [(1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 5, 0), (5, 5, 100), (1, 999, 1), (998, 999, 99), (3, 2, 150)],
)
def test_parts_of_a_hundred_are_rounded_to_the_nearest(part, whole, of):
    assert of_a_hundred(part, whole) == of


def test_every_kind_has_its_words_in_both_languages():
    numbers = dict.fromkeys(
        (
            "people visits by before part whole per_hundred given need back legal long s low high undated left heads "
            "estimate months waiting"
        ).split(),
        20,
    )
    for language in ("en", "sw"):
        with translation.override(language):
            for kind in FindingKind:
                words = in_words(Finding(kind, numbers, "visits.people", JUNE))
                assert words
                assert "%(" not in words


def test_parts_are_named_in_words():
    with translation.override("en"):
        assert split_words({"activity": "clean_up", "sex": "female"}) == "Clean-up, Female"
        assert split_words({"week": "2025-W23"}) == "2025-W23"
        assert split_words({"ward": "not_known"}) == "Not known (Ward)"
        assert split_words({"population": "not_stated"}) == "Not stated (Population type)"

"""The lists of people the slow way: person by person, from all that was ever recorded, without any glance."""

from datetime import date
from typing import Any
from uuid import UUID

from kimbilio.mat.choices import DayMark, Standing
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.history import CLINICS, OUT_OF_TOUCH, Told


def listed_since(history: Told, clinic: int | None, since: date | None, on: date) -> int:
    """On how many days after one and by another a clinic's list came."""
    if clinic is None or since is None:
        return 0
    return len([day for day in history.papers.listed(clinic, on) if day > since])


def slow_runs(history: Told, on: date) -> dict[UUID, tuple[Any, ...]]:
    """Who has a run or is out of touch, person by person, without any glance."""
    found = {}
    for person, cards in history.persons().items():
        known = history.papers.marks_of(cards, on)
        claimed = history.claims_of(cards, on)
        seen = max((day for day, mark in known.items() if mark in oracle.FROM_CLINIC), default=None)
        where = oracle.standing_at(claimed, on, seen)
        if where == Standing.DIED or not (oracle.on_mat(claimed) or known):
            continue
        if not oracle.on_mat(claimed) and left(claimed) and not came_back(claimed, seen, on):
            continue
        marks = oracle.explained(known, claimed, on)
        missed, last_dose, unknown = oracle.run(marks, on)
        started = oracle.started(claimed)
        clinic = history.papers.last_clinic_of(cards, on)
        after = OUT_OF_TOUCH[clinic] if clinic is not None else OUT_OF_TOUCH[1]
        after_dose = last_dose or date.min
        in_prison = len(
            [day for day, mark in marks.items() if mark == DayMark.IMPRISONED and day > after_dose]
        )
        listed = (
            listed_since(history, clinic, last_dose or started or min(marks, default=None), on) - in_prison
        )
        gone = where == Standing.OUT_OF_TOUCH or (
            where not in (Standing.PAUSED, Standing.LEFT) and listed >= after
        )
        if missed or gone:
            found[history.people[person].pk] = (missed, last_dose, unknown, gone, where)
    return found


def left(claimed: oracle.Claims) -> bool:
    """Whether it was ever claimed that somebody left."""
    return any(kind in oracle.LEFT for _day, kind in claimed)


def came_back(claimed: oracle.Claims, seen: date | None, on: date) -> bool:
    """Whether somebody who left was dosed since, and not long ago."""
    left_on = max(day for day, kind in claimed if kind in oracle.LEFT)
    return seen is not None and seen > left_on and (on - seen).days < 28


def slow_active(history: Told, on: date) -> set[UUID]:
    """Who counts as active, person by person."""
    found = set()
    first_lists = [
        min(history.papers.listed(number, date.max), default=date.max) for number in range(CLINICS)
    ]
    for person, cards in history.persons().items():
        known = history.papers.marks_of(cards, on)
        claimed = history.claims_of(cards, on)
        clinic = history.papers.last_clinic_of(cards, on)
        first_list = min(first_lists) if clinic is None else first_lists[clinic]
        last_dose = max((day for day, mark in known.items() if mark in oracle.DOSES), default=None)
        after = OUT_OF_TOUCH[clinic] if clinic is not None else OUT_OF_TOUCH[1]
        dosed = last_dose is not None and (on - last_dose).days < after
        by_claims = oracle.standing(claimed) in (Standing.ON_MAT, Standing.PAUSED)
        if oracle.on_mat(claimed) and (by_claims if first_list > on else dosed):
            found.add(history.people[person].pk)
    return found

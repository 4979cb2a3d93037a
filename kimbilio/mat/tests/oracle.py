"""The same answers the slow, obvious way: day by day, list by list, claim by claim. Shares no rule with the product."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kimbilio.mat.choices import DayMark, Standing, StepKind

ON = {
    StepKind.INDUCTED,
    StepKind.ALREADY_ON_MAT,
    StepKind.RE_INDUCTED,
    StepKind.STABILISING,
    StepKind.MAINTENANCE,
    StepKind.TAPERING,
    StepKind.RETURNED,
}
LEFT = {StepKind.COMPLETED, StepKind.TRANSFERRED, StepKind.STOPPED_BY_CHOICE, StepKind.STOPPED_BY_CLINIC}
AWAY = {
    StepKind.IN_TRANSIT: Standing.PAUSED,
    StepKind.ADMITTED: Standing.PAUSED,
    StepKind.IMPRISONED: Standing.PAUSED,
    StepKind.OUT_OF_TOUCH: Standing.OUT_OF_TOUCH,
}
ON_THE_WAY = {
    StepKind.IDENTIFIED,
    StepKind.REFERRED,
    StepKind.SCREENED_ELIGIBLE,
    StepKind.SCREENED_NOT_ELIGIBLE,
    StepKind.PREPARING,
}
DOSES = {DayMark.DOSED, DayMark.TAKE_HOME, DayMark.TRANSIT, DayMark.ADMITTED}
FROM_CLINIC = {DayMark.DOSED, DayMark.TAKE_HOME}
STRENGTH = [
    DayMark.UNKNOWN,
    DayMark.MISSED,
    DayMark.IMPRISONED,
    DayMark.TRANSIT,
    DayMark.ADMITTED,
    DayMark.TAKE_HOME,
    DayMark.DOSED,
]
Claims = list[tuple[date, StepKind]]


def standing(claims: Claims) -> Standing:
    """Where somebody stands whose claims these are, in order: told by the last one, and by who they were before it."""
    if any(kind == StepKind.DIED for _day, kind in claims):
        return Standing.DIED
    if not claims:
        return Standing.NOTHING_KNOWN
    *before, (_day, last) = claims
    if last in ON:
        return Standing.ON_MAT
    if last in LEFT:
        return Standing.LEFT
    if last in AWAY:
        return Standing.LEFT if standing(before) == Standing.LEFT else AWAY[last]
    if on_mat(before):
        return standing(before)
    return Standing.CANNOT_START if last == StepKind.SCREENED_NOT_ELIGIBLE else Standing.BEFORE


def on_mat(claims: Claims) -> bool:
    """Whether the last claim of being on MAT or off it is one of being on it, and nobody died."""
    telling = [kind for _day, kind in claims if kind in ON | LEFT | {StepKind.DIED}]
    return bool(telling) and telling[-1] in ON and StepKind.DIED not in telling


def started(claims: Claims) -> date | None:
    """When the stretch on MAT began that is open after these claims; None for somebody who is not on MAT."""
    begun = None
    for number, (day, kind) in enumerate(claims):
        opens = kind == StepKind.RE_INDUCTED or not on_mat(claims[:number])
        begun = day if kind in ON and opens else begun
    return begun if on_mat(claims) else None


def standing_at(claims: Iterable[tuple[date, StepKind]], on: date, last_dose: date | None) -> Standing:
    """Where somebody stands on a day: a dose from the clinic since they went away brings them back."""
    told = [claim for claim in in_order(claims) if claim[0] <= on]
    where = standing(told)
    if where in (Standing.PAUSED, Standing.OUT_OF_TOUCH) and on_mat(told):
        went = next(day for day, kind in reversed(told) if kind in AWAY)
        if last_dose is not None and last_dose > went:
            return Standing.ON_MAT
    return where


def in_order(claims: Iterable[tuple[date, StepKind]]) -> Claims:
    """Claims as they happened: of one day the way to MAT first, then on it, elsewhere, left, again, died."""
    order = [
        "identified referred screened_not_eligible screened_eligible preparing inducted already_on_mat out_of_touch",
        "returned stabilising maintenance tapering in_transit admitted imprisoned completed transferred",
        "stopped_by_choice stopped_by_clinic re_inducted died",
    ]
    rank = " ".join(order).split()
    return sorted(set(claims), key=lambda claim: (claim[0], rank.index(claim[1].value)))


def run(marks: Mapping[date, DayMark], up_to: date) -> tuple[int, date | None, int]:
    """Missed days, last dose and unknown days, by walking over every single day."""
    missed, last_dose, unknown = 0, None, 0
    known = [day for day in marks if day <= up_to]
    day = min(known, default=up_to + timedelta(days=1))
    while day <= up_to:
        mark = marks.get(day, DayMark.UNKNOWN)
        if mark in DOSES:
            missed, last_dose, unknown = 0, day, 0
        elif mark == DayMark.MISSED:
            missed += 1
        else:
            unknown += 1
        day += timedelta(days=1)
    return missed, last_dose, unknown


def explained(
    marks: Mapping[date, DayMark], claims: Iterable[tuple[date, StepKind]], on: date
) -> dict[date, DayMark]:
    """The marks, with absences explained by the pause that each day lies in."""
    told = [claim for claim in in_order(claims) if claim[0] <= on]
    pause_marks = {
        StepKind.IN_TRANSIT: DayMark.TRANSIT,
        StepKind.ADMITTED: DayMark.ADMITTED,
        StepKind.IMPRISONED: DayMark.IMPRISONED,
    }
    result = dict(marks)
    for number, (went, kind) in enumerate(told):
        if kind in pause_marks and standing(told[: number + 1]) == Standing.PAUSED:
            result[went] = max(result.get(went, DayMark.UNKNOWN), pause_marks[kind], key=STRENGTH.index)
    for day, mark in marks.items():
        if mark == DayMark.MISSED and result[day] == DayMark.MISSED and lies_in_a_pause(day, told, result):
            result[day] = DayMark.UNKNOWN
    return result


def lies_in_a_pause(day: date, told: Claims, marks: Mapping[date, DayMark]) -> bool:
    """Whether somebody was away on a day: the claims before it say so, none of it does, and no dose came since."""
    before = [claim for claim in told if claim[0] < day]
    of_the_day = [kind for on, kind in told if on == day]
    if standing(before) != Standing.PAUSED or any(
        kind not in ON_THE_WAY or not on_mat(before) for kind in of_the_day
    ):
        return False
    went = next(on for on, kind in reversed(before) if kind in AWAY)
    return not any(went < on < day and mark in FROM_CLINIC for on, mark in marks.items())


@dataclass
class Paper:
    """A list as it came: whole for its day or not, what it says of whom, and whether it was taken back."""

    clinic: Hashable
    marks: Mapping[Hashable, Mapping[date, DayMark]]
    whole_day: date | None = None
    of_one: bool = False
    taken_back: bool = False


@dataclass
class Clinic:
    """Everything that was recorded, in the order in which it was."""

    papers: list[Paper] = field(default_factory=list)

    def at(self, clinic: Hashable) -> dict[tuple[Hashable, date], DayMark]:
        """What stands at one clinic, laid down paper by paper."""
        told: dict[tuple[Hashable, date], DayMark] = {}
        for paper in self.papers:
            if paper.taken_back or paper.clinic != clinic:
                continue
            told = {key: mark for key, mark in told.items() if key[1] != paper.whole_day}
            for person, marks in paper.marks.items():
                told |= {(person, day): mark for day, mark in marks.items()}
        return told

    def marks_of(self, persons: Iterable[Hashable], on: date) -> dict[date, DayMark]:
        """What is known of somebody's days by then, under whichever card and at whichever clinic."""
        result: dict[date, DayMark] = {}
        for clinic in {paper.clinic for paper in self.papers}:
            for (person, day), mark in self.at(clinic).items():
                if person in persons and day <= on:
                    result[day] = max(result.get(day, DayMark.UNKNOWN), mark, key=STRENGTH.index)
        return result

    def listed(self, clinic: Hashable, on: date) -> set[date]:
        """The days by then of which a clinic's lists or books say anything."""
        return {
            day
            for paper in self.papers
            if paper.clinic == clinic and not paper.taken_back and not paper.of_one
            for marks in paper.marks.values()
            for day, mark in marks.items()
            if mark != DayMark.UNKNOWN and day <= on
        }

    def last_clinic_of(self, persons: Iterable[Hashable], on: date) -> Hashable | None:
        """The clinic on whose list somebody stood last."""
        told = [
            (day, clinic)
            for clinic in {paper.clinic for paper in self.papers}
            for person, day in self.at(clinic)
            if person in persons and day <= on
        ]
        return max(told)[1] if told else None

"""The tables of a written report: which numbers stand together, with their parts by sex."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kimbilio.community.choices import Activity
from kimbilio.people.choices import Sex
from kimbilio.reports.choices import Split
from kimbilio.reports.figures import Figure
from kimbilio.reports.indicators import INDICATORS
from kimbilio.reports.written.parts import Definition, Headline, Row

PEOPLE = ("visits.people", "visits.new_people", "visits.returning_people", "visits.visits")
SUPPLIES = (
    "supplies.needles",
    "supplies.needles_people",
    "supplies.needles_returned",
    "supplies.condoms",
    "supplies.lubricants",
    "supplies.naloxone_kits",
    "supplies.anonymous_needles",
    "supplies.anonymous_needles_returned",
    "supplies.anonymous_condoms",
    "supplies.anonymous_lubricants",
    "supplies.anonymous_naloxone_kits",
)
SERVICES = (
    "support.people",
    "support.peer_counselling",
    "support.sessions",
    "support.session_people",
    "support.guests",
    "referrals.hiv",
    "referrals.tb",
    "legal.people",
)
MAT = (
    "mat.ever_inducted",
    "mat.active",
    "mat.inducted",
    "mat.re_inducted",
    "mat.waiting",
    "mat.missing_1_2",
    "mat.missing_3_4",
    "mat.missing_5_plus",
    "mat.out_of_touch",
    "mat.returned",
    "mat.left",
    "mat.died",
)
# Where nothing of the sort was recorded, a row of nothing but zeros is left out.
_ONLY_WITH_SOMETHING = ("supplies.anonymous", "support.guests", "support.session", "mat.re_inducted")
_HEADLINES = ("visits.people", "visits.visits", "supplies.needles", "support.people", "mat.active")


class Figures:
    """The figures of a month by code and split."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.all = figures
        self._by_split = {(one.code, tuple(sorted(one.split.items()))): one for one in figures}

    def get(self, code: str, **split: str) -> Figure | None:
        """Return a figure, whole or of one part; None where there is none."""
        return self._by_split.get((code, tuple(sorted(split.items()))))

    def value(self, code: str, **split: str) -> int:
        """Return its value; 0 where there is none."""
        found = self.get(code, **split)
        return found.value if found else 0

    def whole(self) -> dict[str, int]:
        """Return every whole figure by code."""
        return {one.code: one.value for one in self.all if not one.split}

    def parts(self, code: str, split: Split) -> dict[str, Figure]:
        """Return the parts of a figure by one split alone, by its code."""
        return {
            one.split[split]: one for one in self.all if one.code == code and set(one.split) == {split.value}
        }


def rows_of(figures: Figures, codes: Sequence[str]) -> list[Row]:
    """Return the numbers of a table, each with its parts by sex where it has them."""
    return [_row(figures, one, _(one.title)) for one in _shown(figures, codes)]


def _shown(figures: Figures, codes: Sequence[str]) -> list[Figure]:
    found = [one for code in codes if (one := figures.get(code)) is not None]
    return [one for one in found if _is_shown(one)]


def _is_shown(one: Figure) -> bool:
    return one.value > 0 or not one.code.startswith(_ONLY_WITH_SOMETHING)


def _row(figures: Figures, whole: Figure, label: str, **split: str) -> Row:
    male = figures.get(whole.code, sex=Sex.MALE.value, **split)
    female = figures.get(whole.code, sex=Sex.FEMALE.value, **split)
    known = (male.value if male else 0) + (female.value if female else 0)
    is_split = male is not None or female is not None
    return Row(label, whole, male, female, whole.value - known if is_split else 0)


def community_rows(figures: Figures) -> list[Row]:
    """Return the heads at each activity, the largest first."""
    activities = figures.parts("community.participants", Split.ACTIVITY)
    labels = dict(Activity.choices)
    rows = [
        _row(figures, one, str(labels.get(activity, activity)), activity=activity)
        for activity, one in activities.items()
    ]
    return sorted(rows, key=lambda row: -row.figure.value)


def headlines_of(figures: Figures, before: Mapping[str, int]) -> list[Headline]:
    """Return the five numbers at the top, each with that of the month before."""
    return [
        Headline(_(one.title), one, before.get(one.code))
        for code in _HEADLINES
        if (one := figures.get(code)) is not None
    ]


def definitions_of(figures: Figures) -> list[Definition]:
    """Return what each number of the report means, in its order; of those without anything to show, nothing."""
    shown = {one.code for one in figures.all if not one.split and _is_shown(one)}
    return [
        Definition(
            one.code,
            _(one.title),
            _(one.definition),
            _(one.why),
            _(one.source),
            _(one.leaves_out) if one.leaves_out else "",
        )
        for one in INDICATORS.values()
        if one.code in shown
    ]

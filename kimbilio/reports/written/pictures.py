"""The pictures of a written report, each for a laptop, a phone and paper, with the table that says the same."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.reports.charts.months import MonthWords, columns_picture, line_picture
from kimbilio.reports.charts.shapes import Picture
from kimbilio.reports.charts.staying import CurveWords, staying_picture
from kimbilio.reports.queries.staying import Staying as StayingFound
from kimbilio.reports.queries.trends import Trend
from kimbilio.reports.wording import number, title_of
from kimbilio.reports.written.parts import Drawn, Table

WIDE, NARROW, PAPER = 640, 320, 440
_NARROW_MONTHS = 12
_TIMES = (0, 182, 365, 547, 730)
_MONTHS_OF_TIMES = ("0", "6", "12", "18", "24")
OF_PEOPLE = ("people", "visits-visits")
"""The names of the pictures that stand beside people and visits; the others beside each other."""
_LINES = ("supplies.needles", "mat.inducted", "community.participants")


def staying_drawn(staying: StayingFound, title: str) -> Drawn | None:
    """Return the curve of how long people stay; None where no start is known."""
    if not staying.curve.n:
        return None
    said = CurveWords(
        title=title or _("How many stay on MAT, of 100 who start"),
        description=_(
            "A line that falls in steps each time somebody leaves, with its 95 % band. The table says the same."
        ),
        below=_("months since the start"),
        rows=[_("Still watched"), _("Left so far"), _("Watched no longer")],
        at_times=_MONTHS_OF_TIMES,
    )
    wide, narrow, paper = (
        staying_picture(staying.curve, _TIMES, said, width=width) for width in (WIDE, NARROW, PAPER)
    )
    return Drawn("staying", wide, narrow, paper, _staying_table(staying))


def _staying_table(staying: StayingFound) -> Table:
    columns = [
        _("Months"),
        _("Still watched"),
        _("Left so far"),
        _("Watched no longer"),
        _("Stay, of 100"),
        _("95 % band"),
    ]
    rows = []
    for months, time in zip(_MONTHS_OF_TIMES, _TIMES, strict=True):
        at = staying.curve.at(time)
        known = at.at_risk > 0 or time == 0
        part = f"{100 * at.s:.0f}" if known else _("nobody watched so long")
        band = f"{100 * at.low:.0f} – {100 * at.high:.0f}" if known else ""
        rows.append([months, number(at.at_risk), number(at.left), number(at.censored), part, band])
    return Table(columns, rows)


def months_drawn(trend: Trend, *, is_open: bool) -> list[Drawn]:
    """Return people who came as columns, new and returning; and a line each of visits and what else goes over time."""
    new, returning = trend.values["visits.new_people"], trend.values["visits.returning_people"]
    drawn = [_columns(trend.months, new, returning, is_open=is_open)] if _can_be_compared(returning) else []
    for code in ("visits.visits", *_LINES):
        values = trend.values[code]
        if _can_be_compared(values):
            drawn.append(_line(trend.months, code, values, is_open=is_open))
    return drawn


def _can_be_compared(values: Sequence[int | None]) -> bool:
    """Tell whether there are two months or more of which anything is known: one month is no picture."""
    return sum(value is not None for value in values) > 1 and any(values)


def _columns(
    months: Sequence[date], new: Sequence[int | None], returning: Sequence[int | None], *, is_open: bool
) -> Drawn:
    title = _("People who came: new, and those who came before")
    labels = (_("New"), _("Came before"))

    def at(width: float, count: int) -> Picture:
        said = _month_words(title, months[-count:])
        return columns_picture(
            new[-count:], returning[-count:], said, width=width, last_is_open=is_open, labels=labels
        )

    rows = [
        [_month(month), _cell(one), _cell(two)]
        for month, one, two in zip(months, new, returning, strict=True)
    ]
    return Drawn("people", *_at_each_width(at, len(months)), Table([_("Month"), *labels], rows))


def _line(months: Sequence[date], code: str, values: Sequence[int | None], *, is_open: bool) -> Drawn:
    title = title_of(code)

    def at(width: float, count: int) -> Picture:
        said = _month_words(title, months[-count:])
        return line_picture(values[-count:], said, width=width, last_is_open=is_open)

    rows = [[_month(month), _cell(value)] for month, value in zip(months, values, strict=True)]
    name = code.replace(".", "-").replace("_", "-")
    return Drawn(name, *_at_each_width(at, len(months)), Table([_("Month"), title], rows))


def _at_each_width(at: Callable[[float, int], Picture], months: int) -> tuple[Picture, Picture, Picture]:
    """Return a picture of all months, one of the last twelve for a phone, and one of all for paper."""
    return at(WIDE, months), at(NARROW, min(months, _NARROW_MONTHS)), at(PAPER, months)


def trend_table(trend: Trend) -> Table:
    """Return every number over time, one row a month, the latest first."""
    columns = [_("Month"), *(title_of(code) for code in trend.values)]
    rows = [
        [_month(month), *(_cell(values[place]) for values in trend.values.values())]
        for place, month in enumerate(trend.months)
    ]
    return Table(columns, rows[::-1])


def _month_words(title: str, months: Sequence[date]) -> MonthWords:
    return MonthWords(
        title=title,
        description=_("%(first)s to %(last)s, month by month. The table says the same.")
        % {"first": _month(months[0]), "last": _month(months[-1])},
        months=[date_format(month, "M")[:1] for month in months],
        years=[
            str(month.year) if month.month == 1 or place == 0 else "" for place, month in enumerate(months)
        ],
    )


def _month(month: date) -> str:
    return date_format(month, "F Y")


def _cell(value: int | None) -> str:
    return "" if value is None else number(value)

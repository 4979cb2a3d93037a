"""What can be asked of the month: its figures, what is behind them, whether it is closed, what is to be put right."""

from kimbilio.reports.queries.behind import Behind, records_behind
from kimbilio.reports.queries.month import (
    Change,
    StateOfMonth,
    closed_figure,
    earlier_closes,
    figures_now,
    figures_of_months,
    month_figures,
    month_state,
)
from kimbilio.reports.queries.shown_rows import BehindRow

__all__ = [
    "Behind",
    "BehindRow",
    "Change",
    "StateOfMonth",
    "closed_figure",
    "earlier_closes",
    "figures_now",
    "figures_of_months",
    "month_figures",
    "month_state",
    "records_behind",
]

"""What staff can do with reports: open a number, take a report along, close a month, set estimates and needs."""

from kimbilio.reports.actions.closing import confirm_close, propose_close, withdraw_close
from kimbilio.reports.actions.estimates import (
    NewEstimate,
    NewNeed,
    set_estimate,
    set_need,
    withdraw_estimate,
    withdraw_need,
)
from kimbilio.reports.actions.opening import open_records, take_figures, write_down_export

__all__ = [
    "NewEstimate",
    "NewNeed",
    "confirm_close",
    "open_records",
    "propose_close",
    "set_estimate",
    "set_need",
    "take_figures",
    "withdraw_close",
    "withdraw_estimate",
    "withdraw_need",
    "write_down_export",
]

"""What is remembered of reports: closed months with their figures, estimates of how many there are, and needs."""

from kimbilio.reports.models.closing import FrozenFigure, MonthClose
from kimbilio.reports.models.estimates import PopulationEstimate, SupplyNeed

__all__ = ["FrozenFigure", "MonthClose", "PopulationEstimate", "SupplyNeed"]

"""Every indicator, by code, in the order of the report. A new one is one declaration here and one oracle in tests."""

from collections.abc import Mapping

from kimbilio.reports.indicators.base import Counts, Indicator, Measure, Records
from kimbilio.reports.indicators.community import COMMUNITY
from kimbilio.reports.indicators.mat import MAT
from kimbilio.reports.indicators.services import SERVICES
from kimbilio.reports.indicators.supplies import SUPPLIES
from kimbilio.reports.indicators.visits import VISITS

INDICATORS: Mapping[str, Indicator] = {
    one.code: one for one in (*VISITS, *SUPPLIES, *SERVICES, *MAT, *COMMUNITY)
}

__all__ = ["INDICATORS", "Counts", "Indicator", "Measure", "Records"]

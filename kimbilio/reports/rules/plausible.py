"""What is likely at one visit, and what is looked at again. Our own suggestion, from what two programmes give.

A hundred needles are three a day for a month; somebody who collects for others takes more, and is asked about.
"""

from collections.abc import Mapping
from datetime import timedelta

from kimbilio.stock.choices import SupplyKind

# Pieces at one visit above which somebody looks again.
MOST_LIKELY: Mapping[SupplyKind, int] = {
    SupplyKind.NEEDLES: 200,
    SupplyKind.CONDOMS: 200,
    SupplyKind.LUBRICANTS: 100,
    SupplyKind.NALOXONE: 5,
}
MOST_BROUGHT_BACK = 500
# So long after its day a visit is written down from memory.
LATE_AFTER = timedelta(days=7)

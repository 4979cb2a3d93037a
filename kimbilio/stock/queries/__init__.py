"""What can be asked about supplies. Every question takes who asks."""

from kimbilio.stock.queries.handed import handed_out
from kimbilio.stock.queries.item_ledger import ItemLedger, LedgerLine, ledger_of, movements_of, papers_at
from kimbilio.stock.queries.items import all_items, all_lots, items_in_use
from kimbilio.stock.queries.places import Carrier, OfferedPlace, Place, carriers_at, places_offered
from kimbilio.stock.queries.reach import item_within_reach, paper_within_reach
from kimbilio.stock.queries.supplies import Lying, Supplies, Supply, supplies_at
from kimbilio.stock.queries.warnings import StockWarning, warnings, warnings_of, weeks_words

__all__ = [
    "Carrier",
    "ItemLedger",
    "LedgerLine",
    "Lying",
    "OfferedPlace",
    "Place",
    "StockWarning",
    "Supplies",
    "Supply",
    "all_items",
    "all_lots",
    "carriers_at",
    "handed_out",
    "item_within_reach",
    "items_in_use",
    "ledger_of",
    "movements_of",
    "paper_within_reach",
    "papers_at",
    "places_offered",
    "supplies_at",
    "warnings",
    "warnings_of",
    "weeks_words",
]

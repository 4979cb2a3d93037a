"""What staff can do with supplies: allowed, whole and audited. A mistake is answered, never edited."""

from kimbilio.stock.actions.counting import Count, Found, count
from kimbilio.stock.actions.items import NewItem, Weeks, add_item, end_item, set_item_weeks, use_item_again
from kimbilio.stock.actions.moving import Line, Move, give_back, lose, transfer
from kimbilio.stock.actions.receiving import Receipt, Received, receive
from kimbilio.stock.actions.undoing import reverse_document
from kimbilio.stock.queries.places import Place

__all__ = [
    "Count",
    "Found",
    "Line",
    "Move",
    "NewItem",
    "Place",
    "Receipt",
    "Received",
    "Weeks",
    "add_item",
    "count",
    "end_item",
    "give_back",
    "lose",
    "receive",
    "reverse_document",
    "set_item_weeks",
    "transfer",
    "use_item_again",
]

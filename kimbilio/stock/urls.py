"""Addresses of supplies. They name no person; an item or a paper by a keyed reference."""

from django.urls import path

from kimbilio.stock.views import items, papers, supplies, writing

urlpatterns = [
    path("stock", supplies.supplies, name="supplies"),
    path("stock/receive", writing.receiving, name="receive_supplies"),
    path("stock/move", writing.moving, name="move_supplies"),
    path("stock/loss", writing.losing, name="lose_supplies"),
    path("stock/count", writing.counting, name="count_supplies"),
    path("stock/count/sheet", supplies.sheet, name="count_sheet"),
    path("stock/items", items.items, name="supply_items"),
    path("stock/items/new", items.add, name="add_supply_item"),
    path("stock/items/<slug:item>", supplies.ledger, name="supply_ledger"),
    path("stock/items/<slug:item>/weeks", items.weeks, name="supply_weeks"),
    path("stock/items/<slug:item>/end", items.end, name="end_supply_item"),
    path("stock/items/<slug:item>/again", items.use_again, name="use_supply_item_again"),
    path("stock/papers/<slug:day>/<slug:paper>", papers.paper, name="supply_paper"),
    path("stock/papers/<slug:day>/<slug:paper>/undo", papers.undo, name="undo_supply_paper"),
]

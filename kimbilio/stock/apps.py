"""The room 'stock' as a Django application."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.stock"
    label = "stock"

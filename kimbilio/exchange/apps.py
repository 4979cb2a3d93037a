"""The room 'exchange' as a Django application."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.exchange"
    label = "exchange"

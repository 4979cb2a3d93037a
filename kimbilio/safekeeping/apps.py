"""The room 'safekeeping' as a Django application."""

from django.apps import AppConfig


class SafekeepingConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.safekeeping"
    label = "safekeeping"

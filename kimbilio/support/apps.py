"""The room 'support' as a Django application."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.support"
    label = "support"

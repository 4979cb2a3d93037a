"""The room 'visits' as a Django application."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.visits"
    label = "visits"

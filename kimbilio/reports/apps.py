"""The room 'reports' as a Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.reports"
    label = "reports"

"""The room 'caseload' as a Django application."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.caseload"
    label = "caseload"

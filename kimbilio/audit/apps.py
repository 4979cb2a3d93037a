"""The room 'audit' as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.audit"
    label = "audit"

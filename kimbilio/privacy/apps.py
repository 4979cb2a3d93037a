"""The room 'privacy' as a Django application."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.privacy"
    label = "privacy"

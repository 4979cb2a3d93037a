"""The room 'identity' as a Django application."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.identity"
    label = "identity"

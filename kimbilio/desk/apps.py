"""The room 'desk' as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.desk"
    label = "desk"

"""The room 'demo' as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.demo"
    label = "demo"

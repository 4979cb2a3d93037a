"""The room 'mat' as a Django application."""

from django.apps import AppConfig


class MatConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.mat"
    label = "mat"

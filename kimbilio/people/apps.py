"""The room 'people' as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.people"
    label = "people"

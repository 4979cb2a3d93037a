"""The room 'places' as a Django application."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.places"
    label = "places"

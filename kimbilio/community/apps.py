"""The room 'community' as a Django application."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.community"
    label = "community"

"""The room 'followup' as a Django application."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.followup"
    label = "followup"

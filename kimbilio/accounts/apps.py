"""The room 'accounts' as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room under its plain name."""

    name = "kimbilio.accounts"
    label = "accounts"

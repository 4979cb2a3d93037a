"""The ground, as Django knows it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Encryption, keys and the base of tables and pages. It has no tables of its own."""

    name = "kimbilio.core"
    label = "core"

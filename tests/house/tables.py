"""The tables of our rooms, as the house tests ask about them."""

from typing import Any

from django.apps import apps
from django.db import models

from tests.house.tree import rooms

Model = type[models.Model]


def ours() -> list[Model]:
    """Every table of our rooms."""
    return [model for model in apps.get_models() if model._meta.app_label in rooms()]


def named(model: Model, field: str = "") -> str:
    """A model, or a field of it, as it is called in lists and messages."""
    return ".".join(filter(None, (model._meta.app_label, model.__name__, field)))


def planted_table(room: str, name: str, body: dict[str, Any], **meta: Any) -> Model:
    """A table as if it stood in a room, for proving that a rule can fail. Only inside `isolate_apps`."""
    inner = type("Meta", (), {"app_label": room, **meta})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": inner, **body})

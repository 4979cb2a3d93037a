"""Relations between rooms lead down, as imports do, and nothing below can follow them back up."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.tables import Model, named, ours, planted_table
from tests.house.tree import is_below, rooms


def upward(model: Model) -> list[str]:
    """The relations of this table that can be followed from a lower room, or that lead out of the house."""
    faults = []
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if field.auto_created or not field.is_relation or not hasattr(field, "remote_field"):
            continue
        here, there = model._meta.app_label, target._meta.app_label if target else "anything"
        if there not in rooms():
            faults.append(f"{named(model, field.name)}: leads to {there}, which is no room")
        elif here != there and not is_below(there, here):
            faults.append(f"{named(model, field.name)}: leads up to {there}")
        elif here != there and not str(field.remote_field.related_name or "").endswith("+"):
            faults.append(f"{named(model, field.name)}: can be followed back from {there}")
    return faults


def to(target: Model | str, related_name: str | None) -> models.ForeignKey:
    """A relation to a table, for planting."""
    return models.ForeignKey(target, on_delete=models.PROTECT, related_name=related_name)


def test_relations_between_rooms_lead_down_and_not_back():
    faults = [fault for model in ours() for fault in upward(model)]
    assert not faults, "\n".join(faults)


@isolate_apps("kimbilio.people", "kimbilio.identity", "kimbilio.places", "django.contrib.contenttypes")
def test_a_relation_that_leads_up_or_back_or_out_is_found():
    outside = planted_table("contenttypes", "Library", {})
    name = planted_table("identity", "Name", {})
    ward = planted_table("places", "Ward", {})
    fields = {
        "name": to(name, "+"),
        "ward": to(ward, "people"),
        "born_in": to(ward, None),
        "seen_in": to(ward, "+"),
        "mother": to("self", "children"),
        "kind": to(outside, "+"),
    }
    person = planted_table("people", "Person", fields)
    assert upward(person) == [
        "people.Person.name: leads up to identity",
        "people.Person.ward: can be followed back from places",
        "people.Person.born_in: can be followed back from places",
        "people.Person.kind: leads to contenttypes, which is no room",
    ]


def test_every_room_of_the_storeys_is_an_installed_application():
    installed = {config.label for config in apps.get_app_configs() if config.name.startswith("kimbilio.")}
    assert installed == set(rooms()) - {"config"}

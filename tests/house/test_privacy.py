"""Every field of every table says how private it is, and what tells who a person is stands sealed."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from kimbilio.core.keyring import Domain
from kimbilio.core.privacy import Privacy, sort_fields
from kimbilio.core.sealed import SealedText
from tests.house.tables import Model, named, ours, planted_table
from tests.house.tree import is_below

# What a field that would tell who somebody is, or where, calls itself: whole, or at its end.
IDENTITY_WORDS = tuple(
    "name first middle last nickname surname alias phone number where address village landmark birth_date birthday "
    "email contact relationship locator note notes text words_said photo fingerprint latitude longitude".split()
)

# Fields that are called so and tell of a thing, in rooms that otherwise tell of people.
OF_THINGS = {
    "stock.Item.name": "what is kept and given, such as condoms",
    "stock.Batch.number": "the maker's number on a box",
    "visits.SiteService.name": "a service that a site adds, such as a shave",
}


def unsorted(model: Model) -> list[str]:
    """The fields of a table without exactly one class of privacy, or with one that does not fit."""
    there = {field.name: field for field in model._meta.concrete_fields}
    given = getattr(model, "privacy", {})
    faults = [f"{named(model, name)}: not sorted" for name in sorted(there.keys() - given.keys())]
    faults += [f"{named(model, name)}: sorted, and not there" for name in sorted(given.keys() - there.keys())]
    for name in there.keys() & given.keys():
        if not isinstance(given[name], Privacy):
            faults.append(f"{named(model, name)}: no class of privacy")
        if isinstance(there[name], SealedText) != (given[name] == Privacy.SEALED):
            faults.append(f"{named(model, name)}: sealed and said to be sealed do not agree")
    return faults


def readable_identity(model: Model) -> list[str]:
    """The fields of a table about people that, by name or kind, tell who somebody is, and are not sealed."""
    hidden = {Privacy.SEALED, Privacy.INDEX}
    return [
        named(model, field.name)
        for field in model._meta.concrete_fields
        if tells_who(field) and model.privacy.get(field.name) not in hidden
    ]


def tells_who(field: models.Field) -> bool:
    """Tell whether a field's name or kind suggests identity or free text."""
    named_so = any(field.name == word or field.name.endswith(f"_{word}") for word in IDENTITY_WORDS)
    return named_so or isinstance(field, models.TextField | models.JSONField | models.FileField)


def test_every_field_has_exactly_one_class_of_privacy():
    assert len(ours()) > 15
    faults = [fault for model in ours() for fault in unsorted(model)]
    assert not faults, "\n".join(faults)


def test_what_tells_who_a_person_is_is_sealed():
    about_people = [model for model in ours() if not is_below(model._meta.app_label, "people")]
    assert any(model.__name__ == "PersonalDetails" for model in about_people)
    faults = [name for model in about_people for name in readable_identity(model) if name not in OF_THINGS]
    assert not faults, "\n".join(faults)


@isolate_apps("kimbilio.people")
def test_fields_that_are_not_sorted_or_not_sealed_are_found():
    fields = {
        "first": SealedText(),
        "mother_phone": models.CharField(max_length=20),
        "story": models.TextField(),
        "sealing_domain": Domain.IDENTITY,
        "privacy": sort_fields(coded="id first mother_phone gone"),
    }
    note = planted_table("people", "Note", fields)
    assert unsorted(note) == [
        "people.Note.story: not sorted",
        "people.Note.gone: sorted, and not there",
        "people.Note.first: sealed and said to be sealed do not agree",
    ]
    assert readable_identity(note) == ["people.Note.first", "people.Note.mother_phone", "people.Note.story"]


def test_a_field_that_is_sorted_twice_is_refused():
    with pytest.raises(ValueError, match="sorted twice"):
        sort_fields(coded="sex", staff="sex")

"""Whatever tells who a person was is reached when they are forgotten, in whatever table of whatever room it stands."""

import pytest
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from kimbilio.core.keyring import Domain
from kimbilio.core.privacy import Privacy, sort_fields
from kimbilio.core.sealed import SealedText
from kimbilio.core.sealed_books import book_texts
from kimbilio.people.models import Client
from kimbilio.people.traces import tables_about_people
from kimbilio.privacy.blanking import Fate, fate_of, telling_columns
from tests.house.tables import Model, named, ours, planted_table

# Digests that stay, each with its reason. None of them is of a name, a phone or a number alone.
STAY = {
    "audit.AuditEvent.previous": "binds an entry to the one before",
    "audit.AuditEvent.digest": "binds an entry to the one before",
    "exchange.BookImport.digest": "of a whole file",
    "exchange.BookLine.identity": "of a whole line: the same book taken in again would bring them back",
    "exchange.RememberedColumns.headings": "of the headings of a book",
    "mat.ClinicList.digest": "of a whole list",
}


def unreached(model: Model, about_people: set[Model]) -> list[str]:
    """The columns of a table that are sealed or a blind index and that forgetting somebody would pass by."""
    telling = {
        field.name
        for field in model._meta.concrete_fields
        if getattr(model, "privacy", {}).get(field.name) in {Privacy.SEALED, Privacy.INDEX}
    }
    of_books = {field.name for field in book_texts(model)}
    reached = of_books | (
        {field.name for field in telling_columns(model)} if model in about_people else set()
    )
    return sorted(named(model, name) for name in telling - reached)


def test_every_sealed_text_and_every_index_is_reached():
    about_people = {model for model, _columns in tables_about_people()}
    found = {name for model in ours() for name in unreached(model, about_people)}
    assert found == set(STAY)
    assert "kimbilio.exchange.forgetting_people" in settings.ALSO_FORGET


def test_texts_of_books_stand_in_the_room_that_forgets_them():
    assert {model._meta.app_label for model in ours() if book_texts(model)} == {"exchange"}


@isolate_apps("kimbilio.people")
@pytest.mark.parametrize("is_about_people", [True, False])
def test_a_sealed_table_that_leads_to_nobody_is_found(is_about_people):
    fields = {
        "story": SealedText(),
        "phone_index": models.BinaryField(),
        "sealing_domain": Domain.IDENTITY,
        "privacy": sort_fields(reference="id", sealed="story", index="phone_index"),
    }
    if is_about_people:
        fields["client"] = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
        fields["privacy"] |= sort_fields(coded="client")
    story = planted_table("people", "Story", fields)
    passed_by = ["people.Story.phone_index", "people.Story.story"]
    assert unreached(story, {story} if is_about_people else set()) == ([] if is_about_people else passed_by)
    assert fate_of(story) is Fate.GO


def test_what_counts_are_made_of_stays():
    counted = {
        "visits.Visit",
        "visits.GivenSupply",
        "visits.GivenService",
        "support.Attendance",
        "mat.JourneyStep",
    }
    counted |= {"mat.DoseLine", "mat.StandingMonth", "people.Alias"}
    fates = {named(model): fate_of(model) for model, _columns in tables_about_people()}
    assert {name for name in counted if fates[name] is not Fate.STAY} == set()
    assert {fates[name] for name in ("identity.PersonalDetails", "identity.Phone", "followup.Attempt")} == {
        Fate.GO
    }
    assert fates["exchange.BookLine"] is Fate.ARE_EMPTIED

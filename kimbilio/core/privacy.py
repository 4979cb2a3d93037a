"""How private each field of a table is. Every model says so for every field it has."""

from enum import StrEnum


class Privacy(StrEnum):
    """What a field would give away, from least to most."""

    REFERENCE = "reference"
    """Ids, dates of recording, names of places and organisations: nothing about a person."""
    CODED = "coded"
    """About a person known by code alone: sex, year of birth, what happened."""
    STAFF = "staff"
    """About the people who work here."""
    INDEX = "index"
    """A keyed digest by which something sealed is found."""
    SEALED = "sealed"
    """Encrypted under the person's own key: identity and narratives."""
    SECRET = "secret"
    """What opens something: password hashes, second factors, one-time codes."""


def sort_fields(**classes: str) -> dict[str, Privacy]:
    """Return the privacy of each field, from one list of names per class.

    `sort_fields(reference="id organisation", sealed="first last")`. Raises ValueError on a class that
    is not one of `Privacy`, and on a field named twice.
    """
    sorted_fields: dict[str, Privacy] = {}
    for name, fields in classes.items():
        privacy = Privacy(name)
        for field in fields.split():
            if field in sorted_fields:
                raise ValueError(f"'{field}' is sorted twice: {sorted_fields[field]} and {privacy}")
            sorted_fields[field] = privacy
    return sorted_fields

"""What rooms above say beside somebody's record: the settings name them (PERSON_MARKS), for nobody below knows them.

Each of them is a function of an actor and a person, and yields its marks with a bounded number of questions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client


@dataclass(frozen=True)
class PersonMark:
    """A sentence beside somebody's record, and where one reads on; '' for those who may not."""

    words: str
    url: str = ""


MarksOf = Callable[[Actor, Client], Iterable[PersonMark]]


def marks_beside(by: Actor, client: Client) -> list[PersonMark]:
    """Return all that rooms above say beside a person's record."""
    if not by.may(Permission.OPEN_PERSON, client.site_id):
        raise NotHere
    found: list[PersonMark] = []
    for name in settings.PERSON_MARKS:
        marks: MarksOf = import_string(name)
        found += marks(by, client)
    return found

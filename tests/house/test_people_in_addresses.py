"""Every parameter of an address is known to name a person or not: where it does, opening asks why (caseload.asking)."""

from types import SimpleNamespace

from django.http import HttpResponse
from django.urls import path

from kimbilio.caseload.asking import OF_PEOPLE
from tests.matrix.addresses import addresses

# What these name is no person: a day, a paper, a book, a place, a member of staff; or a part of what a code names.
OF_NO_PERSON = frozenset(
    "asked attempt check clinic event file imported indicator item kind month number on day paper passkey position "
    "rule serial session step told upload username visit".split()
)


def unsorted(urlconf: object = None) -> list[str]:
    """The parameters of which nobody said whether they name a person."""
    known = OF_NO_PERSON | set(OF_PEOPLE)
    return sorted({name for address in addresses(urlconf) for name in address.parameters} - known)


def test_every_parameter_is_known_to_name_a_person_or_not_to():
    assert unsorted() == []
    assert not OF_NO_PERSON & set(OF_PEOPLE)


def test_a_parameter_of_which_nobody_said_it_is_found():
    stranger = SimpleNamespace(urlpatterns=[path("p/<slug:card>/x", lambda request, card: HttpResponse())])
    assert unsorted(stranger) == ["card"]

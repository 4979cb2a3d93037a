"""Numbers that can be counted through are looked up by a keyed digest: without the key, not one is recovered."""

import hashlib
import hmac
from collections.abc import Iterator
from uuid import UUID

from django.db import models

from kimbilio.accounts.roles import Role
from kimbilio.identity.models import OutsideNumber, Phone
from tests.programme import Programme, actor_with, person

HOW_MANY = 100
CANDIDATES = 1000


def numbers(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        yield f"07123{number:05}", f"KSS {number:04}"


def stored_digests() -> set[bytes]:
    """Return every short run of bytes that the tables of phones and numbers hold."""
    found = set()
    for model in (Phone, OutsideNumber):
        columns = [one.name for one in model._meta.concrete_fields if isinstance(one, models.BinaryField)]
        for row in model.objects.values_list(*columns):
            found |= {bytes(value) for value in row if value is not None}
    return found


def guesses(organisation: UUID, text: str) -> Iterator[bytes]:
    """Yield every digest that somebody without the key would try for a number, as it may be written."""
    keys = [b"", bytes(32), organisation.bytes, str(organisation).encode(), b"kimbilio", b"index", b"secret"]
    forms = {text, text.replace(" ", ""), text.upper(), text.lower(), "+254" + text[1:], "254" + text[1:]}
    for plain in (form.encode() for form in forms):
        for make in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512, hashlib.blake2b):
            yield make(plain).digest()
            for key in keys:
                yield make(key + plain).digest()
                yield hmac.digest(key, plain, make)


def test_not_one_of_a_thousand_numbers_is_recovered_without_the_key(programme: Programme) -> None:
    by = actor_with(Role.DESK_OFFICER, programme.site)
    for phone, number in numbers(HOW_MANY):
        person(by, programme.site, phone=phone, number=number)
    stored, organisation = stored_digests(), programme.organisation.pk
    assert len(stored) >= 2 * HOW_MANY
    prefixes = {digest[:8] for digest in stored}
    recovered = [
        text
        for pair in numbers(CANDIDATES)
        for text in pair
        if any(guess[:8] in prefixes for guess in guesses(organisation, text))
    ]
    assert recovered == []

"""Codes for cards: random, and nobody's yet."""

import secrets
from uuid import UUID

from kimbilio.people.queries import taken_codes
from kimbilio.people.rules import ALPHABET, CODE_DIGITS, card_code_from


def free_codes(organisation_id: UUID, count: int) -> list[str]:
    """Return this many different card codes that nobody in the organisation carries."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {_random_code() for _ in range(count - len(free))} - free
        free |= drawn - taken_codes(organisation_id, drawn)
    return list(free)


def _random_code() -> str:
    return card_code_from([secrets.randbelow(len(ALPHABET)) for _ in range(CODE_DIGITS)])

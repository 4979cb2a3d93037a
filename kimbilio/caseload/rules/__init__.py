"""Decisions about whose record belongs to whose work, and about what stands out of a week."""

from kimbilio.caseload.rules.belonging import BONDS_OF_ROLE, Bond, bonds_that_count, works_for_everybody
from kimbilio.caseload.rules.looking import Look, Outside, Week, Work
from kimbilio.caseload.rules.standing_out import Limits, StandsOut, standing_out

__all__ = [
    "BONDS_OF_ROLE",
    "Bond",
    "Limits",
    "Look",
    "Outside",
    "StandsOut",
    "Week",
    "Work",
    "bonds_that_count",
    "standing_out",
    "works_for_everybody",
]

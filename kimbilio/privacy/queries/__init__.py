"""What can be asked about a person's rights."""

from kimbilio.privacy.queries.forgotten import (
    asked_by_person,
    erasure_referred_to,
    forgotten_lately,
    open_requests,
)
from kimbilio.privacy.queries.periods import KindKept, date_is_doubtful, kind_kept, kinds_kept
from kimbilio.privacy.queries.told import (
    Told,
    disagreements_of,
    disclosure_referred_to,
    told_about,
    told_at_sites,
)

__all__ = [
    "KindKept",
    "Told",
    "asked_by_person",
    "date_is_doubtful",
    "disagreements_of",
    "disclosure_referred_to",
    "erasure_referred_to",
    "forgotten_lately",
    "kind_kept",
    "kinds_kept",
    "open_requests",
    "told_about",
    "told_at_sites",
]

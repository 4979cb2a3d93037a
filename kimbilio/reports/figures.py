"""A figure: one number of the month's report, whole or of one part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Figure:
    """One number: of which indicator, out of how many (None: of nothing), and of which part.

    `title` is the English msgid of the indicator's title. `split` is {} for the whole, else such as
    {"sex": "male"}; its values are the codes of the vocabulary, never localised.
    """

    code: str
    title: str
    value: int
    of: int | None = None
    split: Mapping[str, str] = field(default_factory=dict)

"""A name as another clerk would write it: one slip of the kinds that stand in Kenyan books."""

import re
from random import Random

# What is written, and what another hand writes for it. Source: the pairs in kimbilio/identity/tests/name_pairs.py.
_SLIPS = [
    (re.compile(pattern), written)
    for pattern, written in [
        (r"oge$", "oje"),
        (r"iu", "io"),
        (r"ch", "sh"),
        (r"th", "dh"),
        (r"ng(?=[aeiou])", "g"),
        (r"mb", "b"),
        (r"(?<=[aeiou])h(?=[aeiou])", ""),
        (r"(?<=[aeiou])l(?=[aeiou])", "r"),
        (r"(?<=[aeiou])r(?=[aeiou])", "l"),
        (r"mw", "mu"),
        (r"m(?=[aeiou])", "mm"),
        (r"s(?=[aeiou])", "ss"),
        (r"u$", "o"),
        (r"i$", "e"),
        (r"ph", "f"),
        (r"ai", "ei"),
        (r"(?<=[dfmnrs])$", "i"),
        (r"k", "g"),
        (r"(?<=[^aeiou])i(?=[^aeiou])", "e"),
        (r"(?<=[^aeiou])u(?=[^aeiou])", "o"),
    ]
]


def spelled_another_way(name: str, chance: Random) -> str:
    """Return the name with one such slip; as it is where none fits."""
    fitting = [(pattern, written) for pattern, written in _SLIPS if pattern.search(name.lower())]
    if not fitting:
        return name
    pattern, written = chance.choice(fitting)
    return pattern.sub(written, name.lower(), count=1).capitalize()

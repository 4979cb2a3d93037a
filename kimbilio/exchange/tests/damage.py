"""Damages and reads so many books in a process of its own, and says how that went: `python damage.py COUNT SEED`."""

import json
import random
import re
import resource
import sys
from collections import Counter
from pathlib import Path

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.tests.mutations import damaged, some_books
from kimbilio.exchange.tests.reading import read_as_anything

_UNIT = 1 if sys.platform == "darwin" else 1024


def read_damaged_books(count: int, seed: int) -> Counter[str]:
    """Damage and read so many books; returns how often each sentence was said."""
    chance = random.Random(seed)
    books = some_books()
    said: Counter[str] = Counter()
    for _ in range(count):
        name, data, kind = chance.choice(books)
        mutated = damaged(data, chance)
        if chance.random() < 0.3 and mutated:
            mutated = damaged(mutated, chance)
        kinds = [kind] if chance.random() < 0.75 else list(Kind)
        said.update(read_as_anything(mutated, name, kinds))
    return said


def own_memory() -> int:
    """The most bytes that this process has held; what the one that started it held before is no part of it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return most_memory(resource.RUSAGE_SELF)
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(peak) * 1024


def most_memory(who: int) -> int:
    """The most bytes that a process held, by the count that Linux hands on from whoever started it."""
    return resource.getrusage(who).ru_maxrss * _UNIT


if __name__ == "__main__":
    told = read_damaged_books(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({"said": told, "memory": max(own_memory(), most_memory(resource.RUSAGE_CHILDREN))}))

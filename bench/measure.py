"""Measures a home that `bench.build` filled: `python -m bench.measure SEARCHES SEED`. Prints one JSON document."""

import json
import sys
from random import Random
from typing import Any

from bench.fictional import fictional_people
from bench.home import open_again, read_people, resident_megabytes

_REGISTERED = 40
_REFRESHES = 15


def main(searches: int, seed: int) -> dict[str, Any]:
    """Measure everything, the first search of a fresh process first."""
    open_again()
    from bench.pages import Desk
    from bench.search_times import first_search, look_ups, name_searches_timed
    from bench.write_times import after_registering, raw_batch, registering

    desk, known, chance = Desk(), read_people(), Random(seed)
    new = fictional_people(_REGISTERED + 2 * _REFRESHES, seed + 1, len(known) + 1)
    desk.warm_up()
    memory = {"open": resident_megabytes()}
    timings = first_search(desk, known)
    memory["names_warm"] = resident_megabytes()
    named, found = name_searches_timed(desk, known, searches, chance)
    timings |= named | look_ups(desk, known, searches, chance) | desk.pages_timed(known, searches, chance)
    timings |= registering(desk, new[:_REGISTERED])
    timings |= after_registering(desk, new[_REGISTERED:])
    queries = desk.queries(known, new[0])
    timings |= raw_batch(desk)
    memory["at_the_end"] = resident_megabytes()
    return {
        "version": desk.database_version(),
        "timings": {name: series.figures() for name, series in timings.items()},
        "found_among_those_shown": found,
        "queries": queries,
        "memory_mb": memory,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))

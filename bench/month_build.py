"""Fills a new home with years of a programme of several sites: `python -m bench.month_build PEOPLE YEARS LAST SEED`.

LAST is the last day of it, as 2026-06-30.
"""

import json
import sys
import time
from datetime import date
from typing import Any

from bench.home import new_root_key


def main(people: int, years: int, last: date, seed: int) -> dict[str, Any]:
    """Make the home, and return how many rows it has and how long that took."""
    new_root_key()
    from bench.build import _set_up
    from bench.history import History
    from bench.programme import add_people, add_places
    from kimbilio.visits.models import Visit

    began = time.perf_counter()
    first = date(last.year - years, last.month, 1)
    _set_up()
    places = add_places()
    add_people(places, people, first, last, seed)
    History(places, first, last, seed).write()
    analyse()
    return {"seconds": round(time.perf_counter() - began), "visits": Visit.objects.count()}


def analyse() -> None:
    """Let the database count its tables now: PostgreSQL would within a minute, in the middle of measuring."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    print(
        json.dumps(
            main(int(sys.argv[1]), int(sys.argv[2]), date.fromisoformat(sys.argv[3]), int(sys.argv[4]))
        )
    )

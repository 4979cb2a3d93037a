import threading
import time

from kimbilio.core import ids
from kimbilio.core.ids import uuid7


def test_an_id_says_version_7_and_the_millisecond_it_was_made_in(monkeypatch):
    monkeypatch.setattr(ids, "_millisecond", 0)  # other tests set the clock ahead
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= after


def test_ids_made_in_the_same_millisecond_come_in_order(monkeypatch):
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_800_000_000_000_000_000)
    made = [uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_ids_keep_their_order_when_the_clock_is_set_back(monkeypatch):
    first = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000_000_000_000)
    assert uuid7() > first


def test_a_counter_that_is_full_borrows_the_next_millisecond(monkeypatch):
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_900_000_000_000_000_000)
    monkeypatch.setattr(ids, "_millisecond", 1_900_000_000_000)
    monkeypatch.setattr(ids, "_counter", (1 << 42) - 2)
    made = [uuid7() for _ in range(3)]
    assert made == sorted(made)
    assert [one.int >> 80 for one in made] == [1_900_000_000_000, 1_900_000_000_001, 1_900_000_000_001]


def test_threads_never_make_the_same_id():
    made = [[] for _ in range(8)]

    def make(mine):
        mine.extend(uuid7() for _ in range(2000))

    threads = [threading.Thread(target=make, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({one for mine in made for one in mine}) == 16_000

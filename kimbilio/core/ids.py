"""Identities that may be minted anywhere, offline too, and sort by when they were made."""

import secrets
import threading
import time
from uuid import UUID

_COUNTER_BITS = 42
_ROOM_TO_COUNT = _COUNTER_BITS - 1
_LOW_BITS = 30
_RANDOM_BITS = 32

_lock = threading.Lock()
_millisecond = 0
_counter = 0


def uuid7() -> UUID:
    """Return a new UUID of version 7, greater than every one this process made before.

    It carries the millisecond of its making, so it is never shown to people. Identities of the same
    millisecond, or of a clock that was set back, differ by a counter that starts at a random number;
    the last 32 bits are always random, so that two processes do not meet.

    Source: RFC 9562, section 5.7 (layout) and section 6.2, method 1 (a counter of fixed length).
    """
    millisecond, counter = _next_tick()
    return UUID(
        int=millisecond << 80
        | 0x7 << 76  # the version
        | counter >> _LOW_BITS << 64
        | 0b10 << 62  # the variant
        | (counter & (1 << _LOW_BITS) - 1) << _RANDOM_BITS
        | secrets.randbits(_RANDOM_BITS)
    )


def _next_tick() -> tuple[int, int]:
    """Return a millisecond and a counter that this process has not used, and none after them."""
    global _millisecond, _counter  # noqa: PLW0603  # what must never repeat is one per process
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _millisecond:
            _millisecond, _counter = now, secrets.randbits(_ROOM_TO_COUNT)
        else:
            _counter += 1
        if _counter >> _COUNTER_BITS:
            _millisecond, _counter = _millisecond + 1, secrets.randbits(_ROOM_TO_COUNT)
        return _millisecond, _counter

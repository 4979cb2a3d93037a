"""Damaged books: read or refused with one sentence; never a crash, never much memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kimbilio.exchange.books.limits import MEGABYTE

MOST = 256 * MEGABYTE
ROOT = Path(__file__).resolve().parents[3]


def damage(count: int, seed: int) -> dict[str, Any]:
    """Damage and read so many books in a process whose memory is nobody else's."""
    command = [sys.executable, "-m", "kimbilio.exchange.tests.damage", str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


# Two thousand in all, so divided that two cores share the work.
@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_and_fifty_damaged_books_are_read_or_refused(seed):
    told = damage(250, seed)
    assert len(told["said"]) >= 4  # they were damaged in more than one way
    assert told["memory"] < MOST


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_ten_thousand_damaged_books(seed):
    assert damage(1_000, seed)["memory"] < MOST

"""What somebody with the database in their hands, but not the audit key, can do to a chain of entries.

Each way of tampering says at which entry it must be found. The triggers that refuse changes are taken off
first, as such a person would.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from tests.faults.chains import Chain, faulty_entries, undone

Tampering = Callable[["Chain", random.Random], int]


def edit_a_column(chain: Chain, chance: random.Random) -> int:
    """Change one column of one entry to something else of its kind."""
    row = chance.choice(chain.rows())
    column = chance.choice([name for name in chain.columns if name not in ("seq", "organisation_id")])
    chain.change(row["seq"], **{column: _another(column, row[column], chain, chance)})
    return row["seq"]


def _another(column: str, value: Any, chain: Chain, chance: random.Random) -> Any:
    """Return a value that differs from the present one, sometimes by as little as can be."""
    if column in ("previous", "digest"):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if column == "recorded_at":
        return value + timedelta(microseconds=chance.choice([-1, 1, 10**6, -86_400 * 10**6]))
    if column == "detail":
        detail = json.loads(value)
        return json.dumps(chance.choice([detail | {"x": 1}, {}, []]) if detail else {"": 0})
    if column in ("event", "record_kind"):
        return value[:-1] if value and chance.random() < 0.5 else value + chance.choice([" ", "x"])
    may_be_empty = value is not None and column != "id" and chance.random() < 0.3
    return None if may_be_empty else chain.stored_id()


def edit_and_hide_it_in_the_next(chain: Chain, chance: random.Random) -> int:
    """Change an entry with a digest of one's own making, and have the next entry follow that."""
    seq = chance.randrange(1, chain.last)
    forged = chance.randbytes(32)
    chain.change(seq, event="sign_out", digest=forged)
    chain.change(seq + 1, previous=forged)
    return seq


def delete_from_the_middle(chain: Chain, chance: random.Random) -> int:
    """Delete one entry or several that are not the last."""
    first = chance.randrange(1, chain.last)
    chain.delete(first, chance.randrange(first, chain.last))
    return first


def delete_and_close_the_gap(chain: Chain, chance: random.Random) -> int:
    """Delete one entry and count the later ones anew."""
    seq = chance.randrange(1, chain.last)
    chain.delete(seq, seq)
    for later in range(seq + 1, chain.last + 1):
        chain.change(later, seq=later - 1)
    return seq


def cut_the_end(chain: Chain, chance: random.Random) -> int:
    """Delete the newest entries."""
    first = chance.randrange(2, chain.last + 1)
    chain.delete(first, chain.last)
    return first


def delete_everything(chain: Chain, _chance: random.Random) -> int:
    """Delete the whole chain."""
    chain.delete(1, chain.last)
    return 1


def swap_two(chain: Chain, chance: random.Random) -> int:
    """Have two entries change places."""
    one, other = sorted(chance.sample(range(1, chain.last + 1), 2))
    chain.change(one, seq=chain.last + 1)
    chain.change(other, seq=one)
    chain.change(chain.last + 1, seq=other)
    return one


def forge_at_the_end(chain: Chain, chance: random.Random) -> int:
    """Append an entry that looks like the last one."""
    row = chain.rows()[-1]
    digest = chance.choice([row["digest"], chance.randbytes(32)])
    new = {"id": chain.stored_id(), "seq": chain.last + 1, "previous": row["digest"], "digest": digest}
    chain.insert(row | new)
    return chain.last + 1


def forge_in_the_middle(chain: Chain, chance: random.Random) -> int:
    """Put an entry between two others and count the later ones anew."""
    seq = chance.randrange(1, chain.last + 1)
    copied = chance.choice(chain.rows())
    for later in range(chain.last, seq - 1, -1):
        chain.change(later, seq=later + 1)
    chain.insert(copied | {"id": chain.stored_id(), "seq": seq})
    return seq


def move_to_another_organisation(chain: Chain, chance: random.Random) -> int:
    """Make one entry another organisation's, as if it had never been this one's."""
    seq = chance.randrange(1, chain.last)
    far_away = 1_000_000 + seq
    chain.change(seq, seq=far_away)
    chain.change(far_away, organisation_id=chain.stored_other_organisation())
    return seq


def put_an_earlier_copy_back(chain: Chain, chance: random.Random) -> int:
    """Replace the table by a copy of it that was made some entries ago."""
    kept = chance.randrange(1, chain.last)
    copy = chain.rows()[:kept]
    chain.delete(1, chain.last)
    for row in copy:
        chain.insert(row)
    return kept + 1


WAYS: list[Tampering] = [
    edit_a_column,
    edit_and_hide_it_in_the_next,
    delete_from_the_middle,
    delete_and_close_the_gap,
    cut_the_end,
    swap_two,
    forge_at_the_end,
    forge_in_the_middle,
    move_to_another_organisation,
    put_an_earlier_copy_back,
]


def tampered_with(chain: Chain, count: int, seed: str) -> Iterator[tuple[str, int, list[int]]]:
    """Tamper this many times, each with an untouched chain, in every way in turn: how, where, and what was found."""
    chance = random.Random(seed)
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        with undone():
            at = way(chain, chance)
            yield way.__name__, at, faulty_entries(chain)
        assert faulty_entries(chain) == []

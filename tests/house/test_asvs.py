"""The ledger of OWASP ASVS 5.0.0 is whole: each requirement answered once, and each place that it names is there."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LEDGER = ROOT / "docs/asvs.md"
# The level of each requirement, section by section, in their order. Source: OWASP ASVS 5.0.0.
LEVELS = """
    1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123
    2.1:122 2.2:112 2.3:12223 2.4:23
    3.1:3 3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333
    4.1:12233 4.2:23333 4.3:22 4.4:1222
    5.1:2 5.2:112333 5.3:113 5.4:222
    6.1:122 6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222
    7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223 7.6:22
    8.1:1233 8.2:1123 8.3:133 8.4:23
    9.1:111 9.2:1222
    10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 10.6:22 10.7:222
    11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33
    12.1:12233 12.2:11 12.3:22223
    13.1:2333 13.2:222223 13.3:2233 13.4:1222233
    14.1:22 14.2:12223333 14.3:122
    15.1:12233 15.2:12233 15.3:1222222 15.4:3333
    16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223
    17.1:23 17.2:22223333 17.3:22
"""
# Those of the third level that we set ourselves as well.
ALSO = set("1.2.10 2.3.5 5.2.4 5.3.3 6.3.8 6.5.6 7.5.3 8.3.2 14.2.6 14.2.7 14.2.8".split())
ANSWERS = ("met", "not applicable", "open")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
HEAD = re.compile(r"(\d+) met, (\d+) not applicable, (\d+) open")
QUOTED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One answer of the ledger."""

    id: str
    level: str
    asks: str
    answer: str
    where: str


def rows_of(text: str) -> list[Row]:
    """Every answer of a ledger, in its order."""
    return [Row(*found) for found in ROW.findall(text)]


def levels() -> dict[str, str]:
    """The level of every requirement of the standard."""
    return {
        f"{section}.{number}": level
        for section, each in (said.split(":") for said in LEVELS.split())
        for number, level in enumerate(each, start=1)
    }


def misanswered(rows: list[Row]) -> Iterator[str]:
    """What is left out, answered twice, of another level, or no answer."""
    asked = {one for one, level in levels().items() if level in "12" or one in ALSO}
    times = Counter(row.id for row in rows)
    yield from (f"{one}: not answered" for one in asked if one not in times)
    yield from (f"{one}: answered {times[one]} times" for one in times if times[one] > 1)
    yield from (f"{one}: not asked here" for one in times if one not in asked)
    for row in rows:
        if row.level != levels().get(row.id):
            yield f"{row.id}: not of level {row.level}"
        if row.answer not in ANSWERS:
            yield f"{row.id}: {row.answer!r} is no answer"
        if row.answer != "met" and len(QUOTED.sub("", row.where).split()) < 2:
            yield f"{row.id}: no reason"


def places_in(text: str) -> list[tuple[str, str]]:
    """The files that a text names in quotes, each with what is named in it ('' for the whole)."""
    named = [found.partition("::") for found in QUOTED.findall(text)]
    return [
        (path, name) for path, _mark, name in named if "/" in path or re.search(r"\.(py|md|toml|txt)$", path)
    ]


def missing(text: str, root: Path = ROOT) -> Iterator[str]:
    """The files that are named and not there, and the names that do not stand in theirs."""
    for path, name in places_in(text):
        if path.startswith("/"):
            continue  # an address, not a file
        if not (root / path).exists():
            yield f"no {path}"
        elif name and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", (root / path).read_text("utf-8")):
            yield f"no {name} in {path}"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return rows_of(LEDGER.read_text("utf-8"))


def test_the_standard_has_as_many_requirements_as_it_says():
    assert len(levels()) == 345
    assert Counter(levels().values()) == {"1": 70, "2": 183, "3": 92}
    assert {levels()[one] for one in ALSO} == {"3"}


def test_each_requirement_is_answered_once_with_a_reason(rows):
    faults = list(misanswered(rows))
    assert not faults, "\n".join(faults)


def test_each_place_that_is_named_is_there(rows):
    faults = [f"{row.id}: {fault}" for row in rows for fault in missing(row.where)]
    assert not faults, "\n".join(faults)


def test_whatever_is_met_names_a_place(rows):
    faults = [row.id for row in rows if row.answer == "met" and not places_in(row.where)]
    assert not faults, faults


def test_the_counts_at_the_head_are_true(rows):
    said = HEAD.search(LEDGER.read_text("utf-8"))
    assert said, "the head does not count"
    counted = Counter(row.answer for row in rows)
    assert tuple(map(int, said.groups())) == tuple(counted[answer] for answer in ANSWERS)


def test_what_is_wrong_with_a_ledger_is_found(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_b(): ...\n", "utf-8")
    ledger = """
| 1.1.1 | 2 | once | met | `tests/test_a.py::test_b` |
| 1.1.1 | 2 | once | met | `tests/test_a.py::test_c` |
| 1.1.2 | 1 | last | perhaps | `tests/test_d.py` |
| 1.3.12 | 3 | backtracking | open | later |
"""
    rows = rows_of(ledger)
    faults = set(misanswered(rows))
    assert {
        "1.1.1: answered 2 times",
        "1.1.2: not of level 1",
        "1.1.2: 'perhaps' is no answer",
        "1.1.2: no reason",
        "1.3.12: not asked here",
        "1.3.12: no reason",
        "1.2.1: not answered",
    } <= faults
    assert [fault for row in rows for fault in missing(row.where, tmp_path)] == [
        "no test_c in tests/test_a.py",
        "no tests/test_d.py",
    ]

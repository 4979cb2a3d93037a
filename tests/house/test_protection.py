"""What the pages on protection say is so: limits, ciphers, and a test for each thing that can be taken."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account import app_settings
from django.conf import settings

from kimbilio.accounts import one_time_codes, passwords
from kimbilio.config.environment import Environment
from kimbilio.desk.queries import MOST_SHOWN
from kimbilio.exchange.books import limits
from kimbilio.exchange.forgetting import KEPT_FOR
from tests.house.test_asvs import missing, places_in
from tests.house.tree import ROOT, Module, imports, modules, planted

KEYS = ROOT / "docs/keys.md"
PROTECTION = ROOT / "docs/protection.md"
SECURITY = ROOT / "SECURITY.md"
# What brings ciphers, digests, or randomness that must not be guessed.
LIBRARIES = (
    "argon2",
    "cryptography",
    "fido2",
    "hashlib",
    "hmac",
    "pyrage",
    "random",
    "secrets",
    "sqlcipher3",
    "ssl",
)
FUNCTIONS = {"salted_hmac", "generate_totp_secret", "get_random_string", "urandom"}
DASH = "—"


def cells_below(text: str, heading: str) -> Iterator[list[str]]:
    """The rows of the first table below a heading, without its head."""
    part = text.partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


# Limits


def rate(action: str, per: str) -> tuple[int, int]:
    """How often something may be tried, and in how many seconds."""
    amount, duration, _per = next(
        each.split("/") for each in settings.ACCOUNT_RATE_LIMITS[action].split(",") if each.endswith(per)
    )
    return int(amount), int(duration.rstrip("m") or 1) * 60


def in_force() -> dict[str, list[int]]:
    """The limits that the code has, by what the page calls them."""
    (failures, in_seconds), (tries, in_a_minute) = rate("login_failed", "key"), rate("login", "ip")
    assert (in_seconds, in_a_minute) == (15 * 60, 60)
    idle = Environment.model_fields["idle_minutes"]
    mb = limits.MEGABYTE
    return {
        "Characters of a password, at least": [passwords.SHORTEST],
        "Characters of a password, at most": [passwords.LONGEST],
        "Wrong passwords or codes for one name, in 15 minutes": [failures],
        "Tries from one computer in a minute": [tries],
        "Hours that a one-time code lives": [one_time_codes.HOURS],
        "Minutes without a request before a sign-in locks": [idle.default],
        "Hours on one proof, also without a pause": [settings.SESSION_COOKIE_AGE // 3600],
        "Minutes after which ending sign-ins, a new second step and the like ask for the password again": [
            app_settings.REAUTHENTICATION_TIMEOUT // 60
        ],
        "People shown of a search by name": [MOST_SHOWN],
        "Megabytes of a book": [limits.MOST_BYTES // mb],
        "Megabytes of a book unpacked": [limits.MOST_UNPACKED // mb],
        "Lines of a book": [limits.MOST_LINES],
        "Seconds and megabytes for taking a workbook apart": [
            limits.PROCESS_SECONDS,
            limits.PROCESS_MEMORY // mb,
        ],
        "Hours that a chosen file is kept, sealed": [int(KEPT_FOR.total_seconds()) // 3600],
        "Chosen files that wait for one person": [limits.MOST_WAITING],
        "Fields of one form": [settings.DATA_UPLOAD_MAX_NUMBER_FIELDS],
    }


def numbers_in(cell: str) -> list[int]:
    """The numbers of a cell."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", cell)]


def test_the_limits_that_are_written_down_are_those_in_force():
    written = {row[0]: numbers_in(row[1]) for row in cells_below(PROTECTION.read_text("utf-8"), "## Limits")}
    assert written == in_force() | {"Open sign-ins of one person": []}


# Ciphers


def secret_arts(module: Module) -> set[str]:
    """What a module uses of ciphers, digests and randomness."""
    sources = {source.partition(".")[0] for source, _name, _here in imports(module.tree)}
    named = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    return (sources & set(LIBRARIES)) | (named & FUNCTIONS)


def test_every_place_that_uses_a_cipher_is_in_the_inventory():
    listed = {path for path, _name in places_in(KEYS.read_text("utf-8"))}
    used = {module.place for module in modules() if secret_arts(module)}
    assert not used - listed, f"not in the inventory: {sorted(used - listed)}"
    gone = {path for path in listed if path.startswith("kimbilio/")} - used
    assert not gone, f"in the inventory, and using nothing: {sorted(gone)}"


@pytest.mark.parametrize("source", ["import secrets", "from hashlib import md5", "os.urandom(8)"])
def test_a_cipher_is_found(source):
    assert secret_arts(planted(source))


# What can be taken


def unproved(rows: list[list[str]], root: Path = ROOT) -> Iterator[str]:
    """Lines without a test that is there, or a dash with a reason."""
    for row in rows:
        thing, proof = row[0], row[-1]
        faults = list(missing(proof, root))
        yield from (f"{thing}: {fault}" for fault in faults)
        tests = [path for path, name in places_in(proof) if name.startswith("test_")]
        if not tests and not (proof.startswith(DASH) and len(proof.split()) > 2):
            yield f"{thing}: neither a test nor a reason"


def test_every_thing_that_can_be_taken_names_its_test():
    rows = list(cells_below(SECURITY.read_text("utf-8"), "## What each seized thing gives away"))
    assert len(rows) > 12
    assert not [row for row in rows if len(row) != 4]
    faults = list(unproved(rows))
    assert not faults, "\n".join(faults)


def test_a_line_without_a_test_is_found(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_b(): ...\n", "utf-8")
    rows = [
        ["a disk", "`tests/test_a.py::test_b`"],
        ["a phone", "`tests/test_a.py`"],
        ["a key", "`tests/test_a.py::test_c`"],
        ["a book", "—"],
        ["a running machine", "— nothing is promised"],
    ]
    assert list(unproved(rows, tmp_path)) == [
        "a phone: neither a test nor a reason",
        "a key: no test_c in tests/test_a.py",
        "a book: neither a test nor a reason",
    ]

"""Who may import whom: the contracts of .importlinter hold, and each of them was seen to fail.

For the second, an empty copy of the package (every module, no content) gets one offence planted per contract.
"""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kimbilio"
CONTRACTS = ROOT / ".importlinter"
FLOORS = ("urls", "views", "forms", "actions", "queries", "models", "rules", "choices")
# The folder under test comes first on the path, before the installed package.
RUN_LINTER = """
import sys
sys.path.insert(0, ".")
from importlinter.cli import lint_imports_command
lint_imports_command()
"""
# Contract (its id in .importlinter): the offences that must each break it, as (module, what it says).
OFFENCES = {
    "storeys": [
        ("core/encryption/ciphers.py", "import kimbilio.audit.models"),
        ("people/queries.py", "from kimbilio.identity.models import Identity"),
        ("laundry/__init__.py", ""),
    ],
    "floors": [("people/models.py", "from kimbilio.people import actions")],
    "rules": [
        ("people/rules.py", "from django.db import models"),
        ("people/rules.py", "import time"),
        ("people/rules.py", "from kimbilio.people.models import Client"),
    ],
    "views": [("desk/forms.py", "from kimbilio.desk.views import find")],
    "ciphers": [
        ("people/actions.py", "from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV"),
        ("core/keyring.py", "import hmac"),
    ],
    "database-file": [("accounts/queries.py", "import sqlcipher3.dbapi2")],
}
CASES = [(contract, *offence) for contract, offences in OFFENCES.items() for offence in offences]
CLOCK_CALLS = {"now", "today", "utcnow", "time", "localdate", "localtime", "monotonic"}


def contracts() -> list[str]:
    """The ids of all contracts, as written in .importlinter."""
    start = "[importlinter:contract:"
    lines = CONTRACTS.read_text("utf-8").splitlines()
    return [line.removeprefix(start).rstrip("]") for line in lines if line.startswith(start)]


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Run the import linter on the package in a folder."""
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    options = ["--no-logo", "--no-cache", "--config", str(CONTRACTS), *chosen]
    command = [sys.executable, "-P", "-c", RUN_LINTER, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory) -> Path:
    """A folder with the package's modules, all empty, each room having every floor."""
    folder = tmp_path_factory.mktemp("house")
    for module in PACKAGE.rglob("*.py"):
        if not {"tests", "migrations"} & set(module.parts):
            write(folder / "kimbilio" / module.relative_to(PACKAGE))
    for room in ("desk", "identity", "people"):
        for floor in FLOORS:
            if not (folder / "kimbilio" / room / floor).exists():
                write(folder / "kimbilio" / room / f"{floor}.py")
    return folder


def write(module: Path, content: str = "") -> None:
    """Write a module, with the folder it needs."""
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(content + "\n", "utf-8")


def plant(folder: Path, module: str, offence: str) -> None:
    """Write an offence into a module, or into its package once it has outgrown one file."""
    package = folder / "kimbilio" / module.removesuffix(".py")
    write(package / "__init__.py" if package.is_dir() else folder / "kimbilio" / module, offence)


def test_every_room_keeps_the_import_contracts():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_an_empty_house_breaks_no_contract(empty_house):
    answer = lint(empty_house)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_contract_has_an_offence_that_proves_it():
    assert set(contracts()) == set(OFFENCES)


@pytest.mark.parametrize(("contract", "module", "offence"), CASES)
def test_a_planted_offence_breaks_its_contract(empty_house, tmp_path, contract, module, offence):
    house = shutil.copytree(empty_house, tmp_path / "house")
    plant(house, module, offence)
    answer = lint(house, contract)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "BROKEN" in answer.stdout


def modules(floor: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of one floor, as (dotted name, syntax tree); a floor may be a file or a package."""
    for path in sorted([*PACKAGE.glob(f"*/{floor}.py"), *PACKAGE.glob(f"*/{floor}/**/*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers_views(room: str, tree: ast.Module) -> list[str]:
    """The views of other rooms that an address list imports."""
    views = [name for name in imported(tree) if name.startswith("kimbilio.") and ".views" in name]
    return [name for name in views if not name.startswith(f"kimbilio.{room}.views")]


def clock_calls(tree: ast.Module) -> list[str]:
    """The calls by which a module reads the clock."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCK_CALLS]


def test_a_rooms_addresses_import_only_its_own_views():
    found = {name: strangers_views(name.split(".")[1], tree) for name, tree in modules("urls")}
    assert not any(found.values()), found


def test_an_address_list_that_borrows_another_rooms_view_is_noticed():
    tree = ast.parse("from kimbilio.people.views import person\nfrom kimbilio.desk.views import find")
    assert strangers_views("desk", tree) == ["kimbilio.people.views.person"]


def test_rules_read_no_clock():
    found = {name: clock_calls(tree) for name, tree in modules("rules")}
    assert not any(found.values()), found


def test_a_rule_that_asks_what_day_it_is_is_noticed():
    assert clock_calls(ast.parse("from datetime import date\nage = date.today().year - 1990")) == ["today"]

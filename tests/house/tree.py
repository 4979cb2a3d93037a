"""The source tree as the house tests read it: rooms, floors, files, syntax trees."""

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kimbilio"
# Folders of the package that are no room: what is in them, and why it has no subject.
NO_ROOMS = {"locale": "the translations of every room, where Django looks for them"}


@dataclass(frozen=True)
class Module:
    """A Python file of ours: where it is, and its syntax tree."""

    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        """Its path from the root of the tree, for messages."""
        return self.path.relative_to(ROOT).as_posix() if self.path.is_relative_to(ROOT) else self.path.name


def storeys() -> list[list[str]]:
    """The rooms that share a line of the first import contract, the highest first."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", "utf-8")
    lines = contracts["importlinter:contract:storeys"]["layers"].split("\n")
    return [[room.strip() for room in line.split("|")] for line in lines if line.strip()]


def rooms() -> list[str]:
    """Every room, the highest first."""
    return [room for storey in storeys() for room in storey]


def is_below(lower: str, upper: str) -> bool:
    """Tell whether the first room is on a lower storey than the second."""
    height = {room: -number for number, storey in enumerate(storeys()) for room in storey}
    return height[lower] < height[upper]


def python_files(*folders: str, tests: bool = False) -> list[Path]:
    """Every Python file of ours under these folders of the root, but for migrations."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    without = {"migrations", *(() if tests else ("tests",))}
    return [path for path in found if not without & set(path.relative_to(ROOT).parts)]


def modules(*folders: str) -> list[Module]:
    """Every module that is part of the product, or of these folders."""
    return [read(path) for path in python_files(*(folders or ("kimbilio",)))]


def floor(name: str) -> list[Module]:
    """Every module of one floor of every room; a floor may be a file or a package."""
    found = [*PACKAGE.glob(f"*/{name}.py"), *PACKAGE.glob(f"*/{name}/**/*.py")]
    return [read(path) for path in sorted(found)]


def read(path: Path) -> Module:
    """Read one Python file."""
    return Module(path, ast.parse(path.read_text("utf-8"), str(path)))


def planted(source: str, name: str = "planted.py") -> Module:
    """A module with this source, as if it stood in the tree: for proving that a rule can fail."""
    return Module(Path(name), ast.parse(source))


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the nodes that hold a docstring: of a module, class, function, or under an attribute."""
    found: set[int] = set()
    for node in ast.walk(tree):
        statements = getattr(node, "body", None)
        for statement in statements if isinstance(statements, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


def imports(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Every import as (module, name in it or '', name here)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.name, alias.asname or alias.name

"""Every folder is a known room with its README, and every file and function can be read in one go."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import NO_ROOMS, PACKAGE, ROOT, Module, planted, python_files, read, rooms

README_LINES = 40
FILE_LINES = 250
FUNCTION_LINES = 50
SAYS_NOTHING = ("utils", "util", "helpers", "helper", "common", "misc")
OUR_FOLDERS = ("kimbilio", "tests", "tools", "bench")


def readme_faults(package: Path, names: list[str]) -> list[str]:
    """Rooms without a README, or with one that nobody would read to its end."""
    faults = []
    for name in names:
        readme = package / name / "README.md"
        lines = readme.read_text("utf-8").splitlines() if readme.exists() else []
        if not lines:
            faults.append(f"{name}: no README.md")
        elif len(lines) > README_LINES:
            faults.append(f"{name}: README.md has {len(lines)} lines, more than {README_LINES}")
    return faults


def unknown_folders(package: Path) -> list[str]:
    """Folders of the package that are on no storey, and rooms of the storeys that have no folder."""
    folders = {path.name for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}
    known = {*rooms(), *NO_ROOMS}
    return sorted(folders - known) + [f"{room}: not there" for room in rooms() if room not in folders]


def rooms_on_the_map(text: str) -> list[str]:
    """The rooms that kimbilio/README.md names in its table, in its order."""
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def empty_names(paths: list[Path]) -> list[Path]:
    """Files and folders whose name says nothing of what is in them."""
    return [path for path in paths if path.stem in SAYS_NOTHING or path.parent.name in SAYS_NOTHING]


def too_long(paths: list[Path]) -> list[str]:
    """Files of more lines than one reads in one go."""
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return [
        f"{path.parent.name}/{path.name}: {count} lines"
        for path, count in lines.items()
        if count > FILE_LINES
    ]


def long_functions(module: Module) -> list[str]:
    """Functions of more lines than one reads in one go, counted from `def` to the end."""
    found = [
        node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [
        f"{module.place}:{node.lineno}: {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in found
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]


def every_file() -> list[Path]:
    """Every Python file that people read, tests too; migrations are written by Django."""
    return [*python_files(*OUR_FOLDERS, tests=True), *ROOT.glob("*.py")]


def test_the_map_of_rooms_names_every_room_from_the_top_down():
    assert rooms_on_the_map((PACKAGE / "README.md").read_text("utf-8")) == rooms()


def test_a_room_that_the_map_leaves_out_is_found():
    assert rooms_on_the_map("| room | its subject |\n|---|---|\n| `audit` | who |\n") == ["audit"]


def test_every_room_has_a_readme_of_at_most_forty_lines():
    faults = readme_faults(PACKAGE, rooms())
    assert not faults, "\n".join(faults)


def test_a_missing_and_an_endless_readme_are_found(tmp_path):
    for name, lines in (("desk", 40), ("people", 41)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text("A line.\n" * lines, "utf-8")
    assert readme_faults(tmp_path, ["desk", "people", "audit"]) == [
        "people: README.md has 41 lines, more than 40",
        "audit: no README.md",
    ]


def test_every_folder_of_the_package_is_a_known_room():
    faults = unknown_folders(PACKAGE)
    assert not faults, "\n".join(faults)


def test_a_folder_that_is_no_room_and_a_room_that_is_gone_are_found(tmp_path):
    for name in {*rooms(), "laundry"} - {"desk"}:
        (tmp_path / name).mkdir()
    assert unknown_folders(tmp_path) == ["laundry", "desk: not there"]


def test_no_file_has_a_name_that_says_nothing():
    inside = [path.relative_to(PACKAGE) for path in python_files("kimbilio", tests=True)]
    faults = empty_names(inside)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("name", ["desk/utils.py", "core/common.py", "desk/helpers/rows.py"])
def test_a_name_that_says_nothing_is_found(name):
    assert empty_names([Path(name)]) == [Path(name)]


def test_no_file_is_longer_than_one_reading():
    faults = too_long(every_file())
    assert not faults, "\n".join(faults)


def test_a_long_file_is_found(tmp_path):
    long, short = tmp_path / "long.py", tmp_path / "short.py"
    long.write_text("x = 1\n" * (FILE_LINES + 1), "utf-8")
    short.write_text("x = 1\n" * FILE_LINES, "utf-8")
    assert too_long([long, short]) == [f"{tmp_path.name}/long.py: {FILE_LINES + 1} lines"]


def test_no_function_is_longer_than_fifty_lines():
    faults = [fault for path in every_file() for fault in long_functions(read(path))]
    assert not faults, "\n".join(faults)


def test_a_long_function_is_found():
    fits = "def fits():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)
    long = "class Desk:\n    def long(self):\n" + "        x = 1\n" * FUNCTION_LINES
    assert long_functions(planted(fits + long)) == ["planted.py:52: long has 51 lines"]

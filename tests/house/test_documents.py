"""What is written beside the code is true: settings, decisions, dependencies, and every path that is named."""

import re
import tomllib
from pathlib import Path

import pytest

from kimbilio.config.environment import Environment
from tests.house.tree import ROOT, python_files

SETTING = re.compile(r"\bKIMBILIO_[A-Z_]+[A-Z]\b")
DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
NAMED_PATH = re.compile(r"(?<![\w/.-])docs/[\w./-]*\w")
# A document by its name alone, as one beside this tree would be cited; and a section of our page of sources.
NAMED_ALONE = re.compile(r"(?<![\w/.-])[a-z][a-z-]*\.md\b")
SECTION = re.compile(r"docs/sources\.md, '((?:[^'\n]|'s )+)'")
THIS = Path(__file__).resolve()
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
# Names beginning alike that are no settings of an installation: how the tests and `make` are told what to do.
FOR_DEVELOPERS = {"KIMBILIO_TEST_DATABASE", "KIMBILIO_NO_INSTALL"}


# Settings


def settings_of(environment: type[Environment]) -> set[str]:
    """The names under which the settings are read."""
    return {f"KIMBILIO_{name.upper()}" for name in environment.model_fields}


def undocumented(text: str, settings: set[str]) -> list[str]:
    """Settings that a document leaves out, and names in it that are no setting."""
    said = set(SETTING.findall(text))
    return [f"{name}: not in the document" for name in sorted(settings - said)] + [
        f"{name}: no such setting" for name in sorted(said - settings)
    ]


def read_elsewhere(text: str, settings: set[str]) -> set[str]:
    """Names in a source that look like settings and that Environment does not know."""
    return set(SETTING.findall(text)) - settings - FOR_DEVELOPERS


def test_every_setting_is_documented_and_nothing_else_is():
    path = ROOT / "docs" / "settings.md"
    faults = undocumented(path.read_text("utf-8") if path.exists() else "", settings_of(Environment))
    assert not faults, "\n".join(faults)


def test_an_undocumented_setting_and_an_invented_one_are_found():
    document = "`KIMBILIO_HOME` is a folder. `KIMBILIO_COLOUR` is a colour."
    assert undocumented(document, {"KIMBILIO_HOME", "KIMBILIO_HTTPS"}) == [
        "KIMBILIO_HTTPS: not in the document",
        "KIMBILIO_COLOUR: no such setting",
    ]


def test_no_setting_is_read_behind_the_back_of_environment():
    known = settings_of(Environment)
    places = {path: read_elsewhere(path.read_text("utf-8"), known) for path in python_files("kimbilio")}
    faults = [f"{path.relative_to(ROOT)}: {names}" for path, names in places.items() if names]
    assert not faults, "\n".join(faults)


def test_a_setting_that_is_read_in_passing_is_found():
    source = "os.environ.get('KIMBILIO_COLOUR'), os.environ['KIMBILIO_HOME']"
    assert read_elsewhere(source, {"KIMBILIO_HOME"}) == {"KIMBILIO_COLOUR"}


# Decisions


def misnumbered(names: list[str]) -> list[str]:
    """Decision records whose numbers are not 0001, 0002 and so on, each once."""
    faults = [f"{name}: not named NNNN-some-words.md" for name in names if not DECISION.match(name)]
    numbers = sorted(int(match.group(1)) for match in map(DECISION.match, names) if match)
    for place, number in enumerate(numbers, start=1):
        if number != place:
            return [*faults, f"number {place:04} is missing, or one before it is there twice"]
    return faults


def test_decisions_are_numbered_once_each_and_without_a_gap():
    folder = ROOT / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")
    assert names, "no decision is recorded yet"
    faults = misnumbered(names)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "names",
    [
        ["0001-a.md", "0003-b.md"],
        ["0001-a.md", "0001-b.md"],
        ["0002-a.md"],
        ["0001-a.md", "1-b.md"],
        ["0001-a.md", "notes.md"],
    ],
)
def test_a_number_used_twice_or_left_out_is_found(names):
    assert len(misnumbered(names)) == 1


# What is named


def dead_paths(text: str, root: Path) -> list[str]:
    """Paths under docs/ that a text names and that are not there; a decision may be named by number alone."""
    return [
        named
        for named in NAMED_PATH.findall(text)
        if not (root / named).exists() and not list(root.glob(f"{named}-*.md"))
    ]


def dead_links(document: Path) -> list[str]:
    """Links of a document to files that are not there."""
    return [
        link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()
    ]


def documents() -> list[Path]:
    """Every document that people read."""
    places = [ROOT.glob("*.md"), ROOT.glob("docs/**/*.md"), ROOT.glob("kimbilio/**/*.md")]
    return sorted(path for place in places for path in place)


def test_every_document_that_is_named_is_there():
    texts = [*python_files("kimbilio", "tools", "bench"), *documents(), ROOT / "Makefile"]
    found = {path.relative_to(ROOT).as_posix(): dead_paths(path.read_text("utf-8"), ROOT) for path in texts}
    faults = [f"{place}: {paths}" for place, paths in found.items() if paths]
    assert not faults, "\n".join(faults)


def unknown_sources(text: str, sections: set[str]) -> list[str]:
    """What a text cites that a reader of this tree alone cannot open."""
    return [*NAMED_ALONE.findall(text), *(name for name in SECTION.findall(text) if name not in sections)]


def sections_of(document: Path) -> set[str]:
    """The headings below the title of a document."""
    return {
        line.removeprefix("## ") for line in document.read_text("utf-8").splitlines() if line[:3] == "## "
    }


def test_every_source_that_is_cited_can_be_opened_here():
    sections = sections_of(ROOT / "docs" / "sources.md")
    texts = python_files("kimbilio", "tools", "bench", "tests", tests=True)
    found = {path: unknown_sources(path.read_text("utf-8"), sections) for path in texts if path != THIS}
    faults = [f"{path.relative_to(ROOT)}: {named}" for path, named in found.items() if named]
    assert not faults, "\n".join(faults)


def test_a_source_that_only_its_author_can_open_is_found():
    cited = "Source: sums.md 3; docs/sources.md, 'Words'; docs/sources.md, 'Wards'."
    assert unknown_sources(cited, {"Words"}) == ["sums.md", "Wards"]


def test_every_link_leads_somewhere():
    found = {path.relative_to(ROOT).as_posix(): dead_links(path) for path in documents()}
    faults = [f"{place}: {links}" for place, links in found.items() if links]
    assert not faults, "\n".join(faults)


def test_a_path_and_a_link_that_lead_nowhere_are_found(tmp_path):
    (tmp_path / "docs" / "decisions").mkdir(parents=True)
    (tmp_path / "docs" / "decisions" / "0001-a.md").write_text("", "utf-8")
    text = "See docs/decisions/0001, docs/decisions/0001-a.md. Not docs/decisions/0002 or docs/keys.md."
    assert dead_paths(text, tmp_path) == ["docs/decisions/0002", "docs/keys.md"]
    document = tmp_path / "README.md"
    document.write_text(
        "[a](docs/decisions/0001-a.md#b) [b](https://example.org/) [c](docs/none.md)", "utf-8"
    )
    assert dead_links(document) == ["docs/none.md"]


# Dependencies


def unexplained(pyproject: str) -> list[str]:
    """The dependencies of a project without a comment beside them that says why they are there."""
    project = tomllib.loads(pyproject)
    groups = project.get("dependency-groups", {}).values()
    declared = [*project["project"]["dependencies"], *(name for group in groups for name in group)]
    lines = [line.strip() for line in pyproject.splitlines()]
    return [
        name
        for name in declared
        if not any(re.match(rf'"{re.escape(name)}",\s+#\s+\S+', line) for line in lines)
    ]


def test_every_dependency_has_its_reason_beside_it():
    faults = unexplained((ROOT / "pyproject.toml").read_text("utf-8"))
    assert not faults, "\n".join(faults)


def test_a_dependency_without_a_reason_is_found():
    pyproject = """
        [project]
        dependencies = [
            "Django>=5.2",  # the ground
            "left-pad",
        ]
        [dependency-groups]
        test = [
            "pytest",  #
        ]
    """
    assert unexplained(pyproject) == ["left-pad", "pytest"]

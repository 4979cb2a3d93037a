"""Every feature that uses a purpose of consent asks by people/consent.py, and stands in a list; nobody else reads."""

import ast
from collections.abc import Iterator

import pytest

from kimbilio.people.choices import ConsentPurpose
from tests.house.consent_features import ABOUT_PEOPLE, FEATURES, NO_NEED, NOT_YET
from tests.house.test_actions import decoration, dotted, functions
from tests.house.tree import Module, floor, modules, planted

# By these an asking is known; each is in people/consent.py, or reads what it says.
ASKING = {
    "who_agreed",
    "who_said_no",
    "all_who_said_no",
    "who_among_agreed",
    "require_of_many",
    "require_agreement",
    "has_agreed",
    "standing_consent",
    "what_stands_among",
    "wishes_of",
    "wishes_of_people",
}
# Functions that are given what somebody asked, by its type.
GIVEN = {"Consents", "Wishes"}
MAY_READ_ROWS = ("people/models.py", "people/consent.py", "people/actions/")


def marks(module: Module) -> Iterator[tuple[str, ast.FunctionDef, set[str], set[str]]]:
    """Every marked function: its name, the purposes it says, and which of the two marks it bears."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            calls = [call for call in node.decorator_list if isinstance(call, ast.Call)]
            ours = [
                call for call in calls if getattr(call.func, "id", "") in ("asks_consent", "uses_consent")
            ]
            if ours:
                said = [part for call in ours for part in call.args]
                names = {part.attr if isinstance(part, ast.Attribute) else ast.unparse(part) for part in said}
                yield f"{dotted(module)}.{node.name}", node, names, {call.func.id for call in ours}  # type: ignore[attr-defined]


def asks(function: ast.FunctionDef) -> bool:
    """Tell whether a function asks in its body, or was given what somebody asked."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return bool(names & ASKING) or bool(names & GIVEN)


def reads_rows(module: Module) -> list[str]:
    """Where a module asks the table of answers itself."""
    if any(part in module.place for part in MAY_READ_ROWS):
        return []
    found = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
    return [
        f"{module.place}:{node.lineno}"
        for node in found
        if node.attr in ("objects", "_default_manager") and getattr(node.value, "id", "") == "Consent"
    ]


def unasked(module: Module) -> list[str]:
    """Actions about people that ask no consent and have no reason not to."""
    marked = {name for name, _node, _purposes, _kinds in marks(module)}
    return [
        name
        for name, function in functions(module)
        if decoration(function) and name not in marked and name not in NO_NEED
    ]


def test_each_feature_stands_in_the_list_and_each_of_the_list_is_marked():
    said: dict[str, set[str]] = {}
    for module in modules():
        for name, _node, purposes, _kinds in marks(module):
            for purpose in purposes:
                said.setdefault(purpose, set()).add(name)
    listed = {
        purpose: {one for of in features.values() for one in of} for purpose, features in FEATURES.items()
    }
    assert said == listed


def test_each_purpose_has_its_feature_or_says_which_will_have_it():
    assert set(FEATURES) | set(NOT_YET) == set(ConsentPurpose.__members__)
    assert not set(FEATURES) & set(NOT_YET)


def test_each_function_that_is_marked_asks():
    silent = [
        name
        for module in modules()
        for name, node, _purposes, kinds in marks(module)
        if "uses_consent" in kinds and not asks(node)
    ]
    assert not silent, "\n".join(silent)


def test_nothing_else_reads_what_people_answered():
    found = [place for module in modules() for place in reads_rows(module)]
    assert not found, "\n".join(found)


def test_each_action_about_people_asks_or_says_why_not():
    rooms = [module for module in floor("actions") if dotted(module).split(".")[0] in ABOUT_PEOPLE]
    faults = [name for module in rooms for name in unasked(module)]
    assert not faults, "\n".join(faults)


def test_each_reason_is_still_needed():
    there = {
        name for module in floor("actions") for name, function in functions(module) if decoration(function)
    }
    assert set(NO_NEED) <= there
    marked = {name for module in modules() for name, _node, _purposes, _kinds in marks(module)}
    assert not set(NO_NEED) & marked


@pytest.mark.parametrize(
    ("check", "offence"),
    [
        (reads_rows, "Consent.objects.filter(client=client)"),
        (unasked, "@action(P.X, event='a', at='client')\ndef note_down(*, by, client): ..."),
    ],
)
def test_an_offence_is_found(check, offence):
    assert check(planted(offence, "mat/actions.py"))

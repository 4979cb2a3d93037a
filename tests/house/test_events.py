"""Every kind of audit entry that is written has words, and every kind that has words is written by something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimbilio.audit.choices import Event
from tests.house.tree import PACKAGE, Module, imports, modules, planted, read

# Where the event stands in a call, by the name of what is called: as a keyword, or at this place.
WRITERS = {"action": None, "record": None, "note": 1, "write_down": 0}
WORDS = {member.value for member in Event}


def written(module: Module) -> Iterator[tuple[str, str | None]]:
    """Every event that a module writes, as (where, event); None where that can't be told from the source."""
    passed_on = parameters(module.tree)
    for node in ast.walk(module.tree):
        told = event_in(node) if isinstance(node, ast.Call) else None
        if told is not None and not (isinstance(told, ast.Name) and told.id in passed_on):
            yield f"{module.place}:{told.lineno}", value_of(told, module)


def event_in(call: ast.Call) -> ast.expr | None:
    """The argument of a call that says which event is written."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in WRITERS:
        return None
    keyword = next((word.value for word in call.keywords if word.arg == "event"), None)
    place = WRITERS[name]
    return keyword or (call.args[place] if place is not None and len(call.args) > place else None)


def value_of(told: ast.expr, module: Module) -> str | None:
    """The event that an expression stands for: a literal, a member of Event, or a constant here or where imported."""
    if isinstance(told, ast.Constant):
        return str(told.value)
    if isinstance(told, ast.Attribute):
        member = told.value if told.attr == "value" and isinstance(told.value, ast.Attribute) else told
        return getattr(Event, member.attr, None)
    return constant(told.id, module) if isinstance(told, ast.Name) else None


def constant(name: str, module: Module) -> str | None:
    """The text that a name at the top of a module holds, followed into the module it is imported from."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in node.targets
        ):
            return node.value.value if isinstance(node.value, ast.Constant) else None
    for source, inside, here in imports(module.tree):
        file = PACKAGE.parent / Path(*source.split(".")).with_suffix(".py")
        if here == name and source.startswith("kimbilio.") and file.exists():
            return constant(inside, read(file))
    return None


def parameters(tree: ast.Module) -> set[str]:
    """The names of arguments that hold an event which the caller says."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    named = {argument.arg for node in found for argument in [*node.args.args, *node.args.kwonlyargs]}
    return named & {"event"}


def wordless(places: list[tuple[str, str | None]]) -> list[str]:
    """Events that no reader of the audit page would understand."""
    return [f"{where}: {event or 'which event?'}" for where, event in places if event not in WORDS]


def unwritten(places: list[tuple[str, str | None]], words: set[str]) -> list[str]:
    """Events that have words and that nothing writes, so that the words promise what is not kept."""
    return sorted(words - {event for _where, event in places if event})


@pytest.fixture(scope="module")
def everywhere() -> list[tuple[str, str | None]]:
    """Every event that anything in the product writes."""
    return [found for module in modules() for found in written(module)]


def test_every_event_that_is_written_has_words(everywhere):
    assert len(everywhere) > 25
    faults = wordless(everywhere)
    assert not faults, "\n".join(faults)


def test_every_event_with_words_is_written_by_something(everywhere):
    faults = unwritten(everywhere, WORDS)
    assert not faults, "\n".join(faults)


def test_words_for_an_event_that_nothing_writes_are_found():
    assert unwritten([("here", "sign_in"), ("there", None)], {"sign_in", "visit.undone"}) == ["visit.undone"]


@pytest.mark.parametrize(
    "offence",
    [
        "@action(P.X, event='visit.undone')\ndef undo(*, by): ...",
        "def look(by):\n    note(by, 'visit.looked_at')",
        "def look(by):\n    note(by, event='visit.looked_at')",
        "def look(by):\n    record(organisation_id=1, actor_id=2, event='visit.looked_at')",
        "LOOKED = 'visit.looked_at'\ndef look(by):\n    note(by, LOOKED)",
        "def look(by):\n    note(by, Event.VISIT_LOOKED_AT)",
        "def look(by, kind):\n    note(by, f'visit.{kind}')",
    ],
)
def test_an_event_without_words_is_found(offence):
    assert len(wordless(list(written(planted(offence))))) == 1


def test_a_constant_is_followed_to_where_it_stands():
    module = planted("from kimbilio.identity.name_search import CHANGES_ONE as ONE\nnote(by, ONE)")
    assert [event for _where, event in written(module)] == ["identity.details_recorded"]
    assert [event for _where, event in written(planted("note(by, Event.SIGN_IN)"))] == ["sign_in"]


def test_what_hands_an_event_on_is_passed_over():
    module = planted("def note(by, event):\n    record(organisation_id=by.o, actor_id=by.s, event=event)")
    assert list(written(module)) == []

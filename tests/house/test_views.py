"""Views fetch, act and show by calling queries and actions; they never touch the ORM themselves.

What is looked for: a name from a `models` module or from django.db anywhere but in an annotation, a manager, a
QuerySet's method, and Django's shortcuts and generic views that ask the database on a view's behalf.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import Module, floor, imports, planted

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Methods that only a manager, a QuerySet or a record has.
OF_THE_ORM = set(
    "filter exclude create get_or_create update_or_create bulk_create bulk_update in_bulk save delete exists all "
    "select_related prefetch_related annotate alias aggregate values_list order_by distinct iterator defer "
    "select_for_update refresh_from_db first last latest earliest raw none asave adelete acreate aget".split()
)
# Methods that dictionaries, lists and texts have too; a QuerySet's are called with keywords, or with nothing.
SHARED_WITH_KEYWORDS = {"get", "update"}
SHARED_WITHOUT_ARGUMENTS = {"count"}
ASKS_FOR_THE_VIEW = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}


def annotated(tree: ast.Module) -> set[int]:
    """The ids of all nodes inside annotations."""
    notes: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            notes.append(node.returns)
        elif isinstance(node, ast.arg | ast.AnnAssign):
            notes.append(node.annotation)
    return {id(inner) for note in notes if note for inner in ast.walk(note)}


def models_used(tree: ast.Module) -> Iterator[str]:
    """Names of models, or of django.db, that are used for more than an annotation."""
    names = {
        here: f"{module}.{name}".rstrip(".")
        for module, name, here in imports(tree)
        if module.startswith("django.db") or "models" in module.split(".") or name == "models"
    }
    notes = annotated(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and id(node) not in notes:
            yield f"{node.lineno}: {names[node.id]} used"


def orm_touched(module: Module) -> list[str]:
    """Every touch of the ORM in a module, as 'place:line: what'."""
    found = list(models_used(module.tree))
    for source, name, _here in imports(module.tree):
        if name in ASKS_FOR_THE_VIEW or source.startswith("django.views.generic"):
            found.append(f"1: {source}.{name} imported")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            found.append(f"{node.lineno}: .{node.attr}")
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and asks(node, node.func.attr)
        ):
            found.append(f"{node.lineno}: .{node.func.attr}()")
    return [f"{module.place}:{fault}" for fault in found]


def asks(call: ast.Call, method: str) -> bool:
    """Tell whether a call of this method is a question to the database."""
    if method in SHARED_WITH_KEYWORDS:
        return bool(call.keywords) and not call.args
    if method in SHARED_WITHOUT_ARGUMENTS:
        return not (call.keywords or call.args)
    return method in OF_THE_ORM


def test_no_view_touches_the_orm():
    views = floor("views")
    assert len(views) > 5
    faults = [fault for module in views for fault in orm_touched(module)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "offence",
    [
        "def find(request):\n    return Client.objects.all()",
        "def find(request):\n    return clients_of(request.actor).filter(code='K7M49RW')",
        "def find(request):\n    return clients_of(request.actor).count()",
        "def find(request):\n    return people.get(pk=3)",
        "def find(request):\n    return person.site_roles.all()",
        "def save(request, client):\n    client.code = ''\n    client.save()",
        "from kimbilio.people.models import Client\ndef make(request):\n    return Client(code='')",
        "from kimbilio.people import models\ndef make(request):\n    return models.Client(code='')",
        "from django.db import connection\ndef ask(request):\n    connection.cursor()",
        "from django.shortcuts import get_object_or_404",
        "from django.views.generic import DetailView",
    ],
)
def test_a_view_that_touches_the_orm_is_found(offence):
    assert orm_touched(planted(offence)) != []


@pytest.mark.parametrize(
    "allowed",
    [
        "from kimbilio.people.models import Client\ndef shown(client: Client) -> list[Client]:\n    return [client]",
        "def find(request):\n    return request.POST.get('q', ''), dict(a=1).get('a')",
        "def shown(page):\n    page.update({'code': 1})\n    return 'aa'.count('a')",
        "from django.shortcuts import redirect, render",
    ],
)
def test_a_view_may_name_a_model_for_its_type_and_use_dictionaries(allowed):
    assert orm_touched(planted(allowed)) == []

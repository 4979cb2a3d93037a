"""What happens is written where it is called: no signals, and no workflow that runs when a row is saved."""

import ast

import pytest

from tests.house.tree import Module, imports, modules, planted

SIGNALS = set(
    "pre_init post_init pre_save post_save pre_delete post_delete m2m_changed pre_migrate post_migrate class_prepared "
    "request_started request_finished got_request_exception setting_changed connection_created user_logged_in "
    "user_logged_out user_login_failed receiver Signal".split()
)
# What a row does when it is saved, deleted or read belongs in actions, where it is permitted and audited.
WORKFLOW = {"save", "delete", "asave", "adelete", "full_clean", "clean", "from_db", "refresh_from_db"}
# Kept because they only refuse.
ONLY_REFUSES = {("kimbilio/audit/models.py", "AuditEvent", "delete")}


def signals(module: Module) -> list[str]:
    """Signals that a module takes or sends."""
    found = []
    for source, name, _here in imports(module.tree):
        if "signals" in [*source.split("."), name] or source.startswith("django.dispatch") or name in SIGNALS:
            found.append(f"{module.place}: {source} {name}".rstrip())
    return found


def workflow_in_rows(module: Module) -> list[str]:
    """Methods of classes by which something would happen whenever a row is saved, deleted or read."""
    return [
        f"{module.place}:{method.lineno}: {node.name}.{method.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        if method.name in WORKFLOW and (module.place, node.name, method.name) not in ONLY_REFUSES
    ]


def models_floors() -> list[Module]:
    """The modules that hold tables, or the base of them."""
    return [module for module in modules() if {"models", "models.py"} & set(module.path.parts)]


def test_nothing_happens_by_a_signal():
    faults = [fault for module in modules() for fault in signals(module)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "offence",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from allauth.account.signals import user_signed_up",
        "import django.core.signals",
        "from django.contrib.auth import user_logged_in",
    ],
)
def test_a_signal_is_found(offence):
    assert signals(planted(offence)) != []


def test_nothing_happens_because_a_row_is_saved():
    assert len(models_floors()) > 5
    faults = [fault for module in models_floors() for fault in workflow_in_rows(module)]
    assert not faults, "\n".join(faults)


def test_a_row_that_does_something_when_it_is_saved_is_found():
    offence = "class Visit(Model):\n    def save(self, **kwargs):\n        notify(self)\n        super().save(**kwargs)"
    assert workflow_in_rows(planted(offence)) == ["planted.py:2: Visit.save"]


def test_what_only_refuses_is_still_there():
    kept = {(module.place, fault.split()[-1]) for module in models_floors() for fault in all_of(module)}
    assert {(place, f"{name}.{method}") for place, name, method in ONLY_REFUSES} <= kept


def all_of(module: Module) -> list[str]:
    """Every such method of a module, as if it stood elsewhere."""
    return workflow_in_rows(Module(module.path.with_name("elsewhere.py"), module.tree))

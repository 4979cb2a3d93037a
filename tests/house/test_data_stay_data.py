"""Data stay data: no objects are read back from them, no template is made of them, no form of a table."""

import ast

from tests.house.tree import Module, imports, modules, planted

OBJECTS = {"dill", "jsonpickle", "marshal", "pickle", "shelve", "yaml"}
# A name that is used, wherever it was imported from.
TEMPLATES = {"from_string", "Template"}
FORMS = {"ModelForm", "modelform_factory", "modelformset_factory"}


def imported(module: Module, forbidden: set[str]) -> list[str]:
    """What of these a module imports."""
    named = {found for source, name, _here in imports(module.tree) for found in (source, f"{source}.{name}")}
    return [
        f"{module.place}: {one}"
        for one in sorted(named)
        if any(one == each or one.startswith(f"{each}.") for each in forbidden)
    ]


def named(module: Module, forbidden: set[str]) -> list[str]:
    """What of these a module names, as a name or an attribute."""
    found = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    return [f"{module.place}: {one}" for one in sorted(found & forbidden)]


def test_nothing_of_ours_reads_objects_back():
    faults = [fault for module in modules() for fault in imported(module, OBJECTS)]
    assert not faults, "\n".join(faults)


def test_no_template_is_made_of_text():
    faults = [fault for module in modules() for fault in named(module, TEMPLATES)]
    assert not faults, "\n".join(faults)


def test_no_form_is_made_of_a_table():
    faults = [fault for module in modules() for fault in named(module, FORMS)]
    assert not faults, "\n".join(faults)


def test_objects_a_template_and_a_form_are_found():
    assert imported(planted("import pickle"), OBJECTS)
    assert named(planted("engine.from_string(text)"), TEMPLATES) == ["planted.py: from_string"]
    assert named(planted("class Form(forms.ModelForm): ..."), FORMS) == ["planted.py: ModelForm"]


def test_what_is_near_to_it_is_let_be():
    near = planted("import json\nfrom django.template.loader import render_to_string")
    assert not imported(near, OBJECTS) + named(near, TEMPLATES) + named(near, FORMS)

"""Actions are permitted, whole and audited: each is keyword-only with `by` first, decorated, and in its floor."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import Module, floor, modules, planted

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Functions of the floor `actions` that are not decorated, each with what gives its guarantees instead.
OWN_SIGN_IN = "being signed in is the permission; it writes its audit entry in its own transaction"
GIVEN_OTHERWISE = {
    "audit.actions.record": "it is the audit itself: it refuses to be called outside a transaction",
    "accounts.actions.own.change_own_name": OWN_SIGN_IN,
    "accounts.actions.own.set_own_password": OWN_SIGN_IN,
    "accounts.actions.own.set_up_second_factor": OWN_SIGN_IN,
    "accounts.actions.own.make_recovery_codes": OWN_SIGN_IN,
    "accounts.actions.own.remove_own_second_factor": OWN_SIGN_IN,
    "accounts.actions.own.add_own_passkey": OWN_SIGN_IN,
    "accounts.actions.own.rename_own_passkey": OWN_SIGN_IN,
    "accounts.actions.own.remove_own_passkey": OWN_SIGN_IN,
    "accounts.actions.own.end_own_sign_in": OWN_SIGN_IN,
    "accounts.actions.own.end_own_other_sign_ins": OWN_SIGN_IN,
    "accounts.actions.own.choose_language": "how one reads, not what one does: permitted to oneself, not audited",
    "accounts.actions.own.set_password_with_code": "nobody is signed in: the code is the permission; audited",
    "accounts.actions.staff.create_first_administrator": "nobody is there yet who could permit it; calls actions",
    "accounts.actions.staff.give_one_time_code": "returns a code, which no row holds; calls an action",
    "people.actions.consenting.write_consents": "the inside of actions that are permitted and audited",
    "identity.actions.opening.open_identity": "returns what is read, which is no row; calls an action first",
    "identity.actions.opening.open_two_identities": "as open_identity, for two; whole",
    "identity.actions.opening.open_mat_numbers": "as open_identity, for many; calls an action first",
    "identity.actions.opening.open_names": "as open_identity, for many; calls an action first",
    "identity.actions.opening.open_names_of_each": "as open_two_identities, for a few",
    "identity.actions.opening.list_duplicates": "returns what is read, which is no row; calls an action",
    "exchange.actions.importing.import_book": "reads the book before a transaction is held; calls an action",
    "exchange.actions.uploading.take_file": "as import_book",
    "exchange.actions.uploading.import_upload": "as import_book",
    "exchange.actions.uploading.begin_import": "lets import_upload run beside other work",
    "exchange.actions.settling.open_waiting_line": "returns what is read, which is no row; calls an action first",
    "exchange.actions.taking_out.take_out": "returns a file, which no row holds; calls an action",
    "privacy.actions.copying.give_copy": "returns what is read, which is no row; calls actions first",
    "privacy.actions.copying.show_looks": "returns what is read, which is no row; calls an action first",
    "desk.actions.set_up_home": "nobody is there yet who could permit it; whole, and audited",
    "desk.actions.register_person": "several actions as one whole, each permitted and audited",
    "desk.actions.list_people_to_follow_up": "returns what is read, which is no row; calls an action",
    "reports.actions.opening.open_records": "returns what is read, which is no row; calls an action",
    "reports.actions.opening.take_figures": "as open_records",
    "reports.actions.opening.write_down_export": "an audit entry at each site of a report; calls an action",
    "accounts.actions.sites.open_site": "the inside of `places.actions.add_site`, which is permitted and audited",
    "places.actions.shipped_areas": "reads a file that comes with us",
    "places.actions.add_areas": "the inside of `load_areas`, which is permitted and audited, and of setting up a home",
}
# Of these, the ones nobody does on somebody's behalf: they have no `by`.
NOBODY_ACTS = {
    "audit.actions.record",
    "accounts.actions.own.choose_language",
    "accounts.actions.own.set_password_with_code",
    "accounts.actions.staff.create_first_administrator",
    "desk.actions.set_up_home",
    "places.actions.shipped_areas",
    "places.actions.add_areas",
}


def dotted(module: Module) -> str:
    """The name of a module below `kimbilio`, as 'room.actions'."""
    return (
        module.place.removeprefix("kimbilio/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )


def functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Every function at the top of a module, with its dotted name."""
    for node in module.tree.body:
        if isinstance(node, Function):
            yield f"{dotted(module)}.{node.name}", node


def decoration(function: Function) -> ast.Call | None:
    """The call of `@action(...)` above a function."""
    calls = [node for node in function.decorator_list if isinstance(node, ast.Call)]
    return next(
        (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "action"), None
    )


def shape_faults(name: str, function: Function) -> list[str]:
    """What is wrong with the arguments of an action."""
    given = function.args
    keywords = [argument.arg for argument in given.kwonlyargs]
    faults = []
    if given.args or given.posonlyargs or given.vararg:
        faults.append(f"{name}: takes arguments by place")
    if keywords[:1] != ["by"] and name not in NOBODY_ACTS:
        faults.append(f"{name}: `by` does not come first")
    place = next(
        (word.value for word in getattr(decoration(function), "keywords", []) if word.arg == "at"), None
    )
    if isinstance(place, ast.Constant) and place.value not in keywords:
        faults.append(f"{name}: is at '{place.value}', which it does not take")
    return faults


def faults_of_floor(module: Module) -> list[str]:
    """What in a module of the floor `actions` is no action, or not a right one."""
    faults = []
    for name, function in functions(module):
        decorated = decoration(function) is not None
        if not decorated and function.name.startswith("_"):
            continue
        if not decorated and name not in GIVEN_OTHERWISE:
            faults.append(f"{name}: not decorated with @action")
        if decorated or name not in NOBODY_ACTS:
            faults += shape_faults(name, function)
    return faults


def actions_elsewhere(module: Module) -> list[str]:
    """Actions that stand on another floor, where nobody would look for them."""
    on_floor = "actions" in dotted(module).split(".")
    found = [node for node in ast.walk(module.tree) if isinstance(node, Function) and decoration(node)]
    return (
        [] if on_floor else [f"{dotted(module)}.{node.name}: an action outside `actions`" for node in found]
    )


def test_every_action_is_decorated_and_keyword_only_with_by_first():
    assert len(floor("actions")) > 6
    faults = [fault for module in floor("actions") for fault in faults_of_floor(module)]
    assert not faults, "\n".join(faults)


def test_actions_stand_in_actions_only():
    faults = [fault for module in modules() for fault in actions_elsewhere(module)]
    assert not faults, "\n".join(faults)


def test_every_exception_is_still_there_and_still_one():
    there = {name: function for module in floor("actions") for name, function in functions(module)}
    assert set(GIVEN_OTHERWISE) <= set(there)
    assert [name for name in GIVEN_OTHERWISE if decoration(there[name])] == []
    assert set(GIVEN_OTHERWISE) >= NOBODY_ACTS


@pytest.mark.parametrize(
    ("offence", "fault"),
    [
        ("def end_visit(*, by, visit): ...", "not decorated with @action"),
        ("@action(P.X, event='a')\ndef end_visit(by, visit): ...", "takes arguments by place"),
        ("@action(P.X, event='a')\ndef end_visit(*, visit, by): ...", "`by` does not come first"),
        ("@action(P.X, event='a')\ndef _end(*, visit): ...", "`by` does not come first"),
        (
            "@action(P.X, event='a', at='site')\ndef end(*, by, visit): ...",
            "is at 'site', which it does not take",
        ),
    ],
)
def test_what_is_no_right_action_is_found(offence, fault):
    found = faults_of_floor(planted(offence, "desk/actions.py"))
    assert any(one.endswith(fault) for one in found), found


def test_a_right_action_is_passed_over():
    right = "@action(P.X, event='a', at='visit')\ndef end(*, by, visit): ...\ndef _row(visit): ..."
    assert faults_of_floor(planted(right)) == []


def test_an_action_on_another_floor_is_found():
    offence = "class A:\n    @action(P.X, event='a')\n    def end(*, by): ..."
    assert actions_elsewhere(planted(offence)) == ["planted.end: an action outside `actions`"]

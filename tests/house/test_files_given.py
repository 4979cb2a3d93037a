"""Which pages answer with a file, and what it holds: one address alone gives a list of people, and it takes two."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import Module, modules, planted

# Every function that answers with something other than a page, and what that is.
GIVES = {
    "kimbilio/config/pages.py:healthz": "that we are up",
    "kimbilio/privacy/views/copying.py:copy": "one person's own record, for themselves",
    "kimbilio/reports/views/months.py:month_file": "the month's figures: counts, of nobody",
    "kimbilio/exchange/views/taking_out.py:take": "a site's records line by line: two people, once, marked and locked",
}
ANSWERS = {"FileResponse", "StreamingHttpResponse", "JsonResponse"}
# Kinds of answer that are no file: a page, and plain words.
PAGES = ("text/html", "text/plain")


def files_given(module: Module) -> Iterator[str]:
    """The functions of a module that answer with a file."""
    for function in ast.walk(module.tree):
        if isinstance(function, ast.FunctionDef) and any(gives_file(node) for node in ast.walk(function)):
            yield f"{module.place}:{function.name}"


def gives_file(node: ast.AST) -> bool:
    """Tell whether this is an answer with another content than a page's, or one that a browser saves."""
    if isinstance(node, ast.Constant):
        return node.value == "Content-Disposition"
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    kinds = [word.value for word in node.keywords if word.arg == "content_type"]
    is_a_page = all(isinstance(kind, ast.Constant) and str(kind.value).startswith(PAGES) for kind in kinds)
    return name in ANSWERS or (name == "HttpResponse" and not is_a_page)


def test_every_page_that_gives_a_file_is_known_with_what_it_holds():
    found = {place for module in modules() for place in files_given(module)}
    assert found == set(GIVES)


@pytest.mark.parametrize(
    "offence",
    [
        "def everybody(request):\n    return FileResponse(people())",
        "def everybody(request):\n    return JsonResponse(people())",
        "def everybody(request):\n    return HttpResponse(people(), content_type='text/csv')",
        "def everybody(request):\n    return HttpResponse(people(), content_type=kind)",
        "def everybody(request):\n    answer = HttpResponse()\n    answer['Content-Disposition'] = 'attachment'",
        "def everybody(request):\n    return HttpResponse(people(), headers={'Content-Disposition': 'attachment'})",
    ],
)
def test_a_page_that_gives_a_file_is_found(offence):
    assert list(files_given(planted(offence))) == ["planted.py:everybody"]


def test_a_page_is_no_file():
    assert (
        list(
            files_given(
                planted("def page(request):\n    return HttpResponse('yes', content_type='text/plain')")
            )
        )
        == []
    )

"""Every address says who may enter, and no address or title says what this is about."""

import re
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kimbilio.accounts.entry import Entry, entry
from tests.house.tree import PACKAGE
from tests.matrix.addresses import METHODS, addresses

# HEAD follows from GET, and OPTIONS tells strangers what there is: neither is ever declared.
DECLARABLE = set(METHODS) - {"HEAD", "OPTIONS"}
# Words by which a browser's history, or a title seen over a shoulder, would tell what this is about.
# Source: docs/sources.md, 'What not to show' (neutral addresses and titles).
TELLING = re.compile(
    r"client|patient|mteja|drug|dawa|methadone|opioid|naloxone|heroin|overdose|needle|syringe|inject|addict"
    r"|identity|hiv|tuberculosis|hepatitis|\b(?:mat|art|tb|sti|uic|pwid|dose|sex|gender|arrest|police|legal)\b",
    re.IGNORECASE,
)
TITLE = re.compile(r"{%\s*block title\s*%}(.*?){%\s*endblock", re.DOTALL)


def undeclared(urlconf: object = None) -> list[str]:
    """The addresses whose view says not, or not rightly, who may enter and by which methods."""
    faults = []
    for address in addresses(urlconf):
        said = address.entry
        if not isinstance(said, Entry):
            faults.append(f"/{address.route}: no declared entry")
        elif not said.methods or not set(said.methods) <= DECLARABLE:
            faults.append(f"/{address.route}: methods {said.methods}")
        elif said.permission and not said.signed_in:
            faults.append(f"/{address.route}: a permission without a sign-in")
    return faults


def unnamed(urlconf: object = None) -> list[str]:
    """The addresses that no page can link to for certain: without a name, or with one used before."""
    faults, names = [], set()
    for address in addresses(urlconf):
        if not address.name:
            faults.append(f"/{address.route}: no name")
        elif address.name in names:
            faults.append(f"/{address.route}: named like another, '{address.name}'")
        names.add(address.name)
    return faults


def telling(words: list[str]) -> list[str]:
    """Those that say what this is about."""
    return [text for text in words if TELLING.search(re.sub(r"<[^>]*>", "", text))]


def titles() -> list[str]:
    """What stands in the title block of every page."""
    pages = sorted(PACKAGE.rglob("templates/**/*.html"))
    return [title for page in pages for title in TITLE.findall(page.read_text("utf-8"))]


def page(request: HttpRequest) -> HttpResponse:
    """A page that forgot to say who may enter."""
    return HttpResponse()


def test_every_address_declares_who_may_enter_and_by_which_methods():
    assert len(addresses()) > 40
    faults = undeclared()
    assert not faults, "\n".join(faults)


def test_an_undeclared_view_is_found_even_in_an_included_list():
    inner = [path("open", entry.anyone()(lambda request: HttpResponse())), path("silent", page)]
    assert undeclared(SimpleNamespace(urlpatterns=[path("deep/", include(inner))])) == [
        "/deep/silent: no declared entry"
    ]


def test_a_method_that_nobody_should_declare_is_found():
    heads = entry.anyone(methods="GET HEAD")(lambda request: HttpResponse())
    none = entry.anyone(methods="")(lambda request: HttpResponse())
    found = undeclared(SimpleNamespace(urlpatterns=[path("a", heads), path("b", none)]))
    assert found == ["/a: methods ('GET', 'HEAD')", "/b: methods ()"]


def test_no_address_says_what_this_is_about():
    faults = telling([address.route for address in addresses()])
    assert not faults, "\n".join(faults)


def test_an_address_that_tells_is_found():
    routes = ["p/<slug:client>/name", "p/<slug:code>/hiv", "mat/<slug:code>", "matters", "start"]
    assert telling(routes) == ["p/<slug:code>/hiv", "mat/<slug:code>"]


def test_every_address_has_a_name_of_its_own():
    faults = unnamed()
    assert not faults, "\n".join(faults)


def test_an_address_without_a_name_or_with_that_of_another_is_found():
    lines = [path("a", page), path("b", page, name="b"), path("c", page, name="b")]
    assert unnamed(SimpleNamespace(urlpatterns=lines)) == ["/a: no name", "/c: named like another, 'b'"]


def test_no_title_says_what_this_is_about():
    assert titles()
    assert telling(titles()) == []


def test_a_title_that_tells_is_found():
    found = TITLE.findall("{% block title %}{% translate 'Methadone' %}{% endblock title %}")
    assert telling(found) == ["{% translate 'Methadone' %}"]

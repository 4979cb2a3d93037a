"""Those who may not see names, and every page that they can reach."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from tests.browsing import Session
from tests.privacy.day import Day

ROLES = ("me_officer", "administrator", "report_reader")
A_FEW = 3
_ENDS_THE_VISIT = {"sign-out", "locked"}
_PART = re.compile(r"<(\w+):\w+>")


def look_everywhere(day: Day, role: str) -> Session:
    """Fetch every address there is as somebody with this role, for a few people each page, and follow every link."""
    session = day.visitor()
    session.sign_in(role, day.home.password)
    seen: set[str] = set()
    to_see = [address for person in day.people[:A_FEW] for address in _addresses(person.code, role)]
    to_see += [f"/p/{person.code}" for person in day.people]
    while to_see:
        path = to_see.pop()
        if path in seen:
            continue
        seen.add(path)
        page = session.get(path)
        assert page.status in {200, 302, 301, 403, 404, 405}, f"{role} {path}: {page.status}"
        to_see += [link for link in page.links if link.partition("?")[0].strip("/") not in _ENDS_THE_VISIT]
    for person in day.people:
        assert session.post(f"/p/{person.code}/name", {}).status == 403
    return session


def _addresses(code: str, username: str) -> Iterator[str]:
    """Yield every address of the product, filled in for one person and one member of staff."""
    for route in _routes(get_resolver().url_patterns):
        if route not in _ENDS_THE_VISIT:
            yield "/" + _PART.sub(lambda part: {"str": username, "int": "1"}.get(part[1], code), route)


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern.url_patterns, route)

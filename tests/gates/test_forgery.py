"""No address changes anything for a form that came from elsewhere: every method but looking asks for the token."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, get_resolver

from kimbilio.accounts.roles import Role
from tests.programme import Programme, sign_in_as, staff_with

_VALUES = {
    "int": "1",
    "str": "somebody",
    "slug": "some-thing",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
METHODS = ("post", "put", "patch", "delete")


def _addresses(patterns: list[Any], before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            for name, converter in pattern.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                route = route.replace(f"<{kind}:{name}>", _VALUES.get(kind, "x"))
            yield route
        else:
            yield from _addresses(pattern.url_patterns, route)


@pytest.mark.parametrize("method", METHODS)
def test_every_address_refuses_a_form_without_the_token(programme: Programme, method: str) -> None:
    browser = Browser(enforce_csrf_checks=True)
    sign_in_as(browser, staff_with(Role.PROGRAMME_MANAGER, programme.site))
    addresses = list(_addresses(get_resolver().url_patterns))
    assert len(addresses) > 100
    answers = {path: getattr(browser, method)(path, {"token": "x"}).status_code for path in addresses}
    assert {path: status for path, status in answers.items() if status != 403} == {}

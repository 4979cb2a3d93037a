"""Every address there is, read from the URLconf itself, so that no list of ours can forget one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from kimbilio.accounts.entry import Entry

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One line of an address list."""

    route: str
    name: str
    view: Callable[..., Any]

    @property
    def entry(self) -> Entry | None:
        """What its view declared; None where it declared nothing."""
        return getattr(self.view, "entry", None)

    @property
    def parameters(self) -> list[str]:
        """The names of what is filled in, in order."""
        return _PARAMETER.findall(self.route)

    def filled(self, values: dict[str, str]) -> str:
        """The path with its parameters filled in. KeyError names one that nobody knows."""
        return "/" + _PARAMETER.sub(lambda match: values[match.group(1)], self.route)


def addresses(urlconf: object = None) -> list[Address]:
    """Every address of a URLconf (by default the one in force), those of included lists too."""
    resolver = get_resolver(urlconf) if urlconf is None or isinstance(urlconf, str) else None
    patterns = resolver.url_patterns if resolver else urlconf.urlpatterns  # type: ignore[attr-defined]
    return list(_walk(patterns))


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield Address(route, pattern.name or "", pattern.callback)

"""Where a form may lead on to: one of our own pages that can be looked at, and nothing else."""

from allauth.account.adapter import get_adapter
from django.urls import Resolver404, resolve


def own_page(path: str, otherwise: str = "/") -> str:
    """Return this path where it is that of one of our own pages, else another."""
    try:
        declared = getattr(resolve(path.partition("?")[0]).func, "entry", None)
    except Resolver404:
        return otherwise
    is_ours = declared and "GET" in declared.methods and get_adapter().is_safe_url(path)
    return path if is_ours else otherwise

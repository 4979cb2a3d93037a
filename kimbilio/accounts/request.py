"""A request as our middlewares hand it on: the one name for its type in every view."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, Staff


class Request(HttpRequest):
    """A request of somebody signed in: what a view may count on after it declared so.

    Only the type is used. Django makes the object, and EntryMiddleware adds to it.
    """

    user: Staff
    actor: Actor
    site: Site  # type: ignore[assignment]  # not the site of django.contrib.sites; None without any role
    sites: list[Site]
    htmx: HtmxDetails
    draft: QueryDict

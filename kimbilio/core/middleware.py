"""What stands before everything else: while the home is locked, nothing is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from kimbilio.core import vault


class HomeLockMiddleware:
    """Answers 503 with a plain page while the keys are not in memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the locked page, or pass the request on."""
        if vault.is_open():
            return self.get_response(request)
        # The reader's own language: this stands before the middleware that would set it.
        with translation.override(translation.get_language_from_request(request)):
            response = render(None, "core/locked.html", status=503)
        response["Cache-Control"] = "no-store"
        return response

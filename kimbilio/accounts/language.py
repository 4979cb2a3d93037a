"""In which language a page is shown: the one chosen, else the one the browser asks for, else the installation's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

_ONE_YEAR = 365 * 24 * 60 * 60


class LanguageMiddleware:
    """Shows each page in the language of the person who asks for it.

    It stands before the sign-in is known, so the choice travels in a cookie of its own, which is set
    when somebody chooses and when somebody signs in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of this request."""
        language = translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep a choice of language in this browser. The cookie says nothing else."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_ONE_YEAR,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def is_offered(language: str) -> bool:
    """Say whether the pages exist in this language."""
    return language in dict(settings.LANGUAGES)

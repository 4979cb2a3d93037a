"""The application that the server calls, and how its process is made ready."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kimbilio.config.opening import open_home, set_up_django


def opened_application(home: Path, root_key: bytes, setup_token: str) -> Callable[..., Any]:
    """Open the home in this process, the one that serves, and return the application.

    The keyring's connection must not cross a fork, so the server calls this in its worker.
    """
    set_up_django()
    open_home(home, root_key)
    settings.SETUP_TOKEN = setup_token
    return get_wsgi_application()

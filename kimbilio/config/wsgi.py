"""The application that the server calls, and how its process is made ready."""

import functools
import gc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kimbilio.config.closing import end_soon
from kimbilio.config.daily import go_on_daily
from kimbilio.config.opening import open_home, set_up_django
from kimbilio.safekeeping.daily import go_on_backing_up
from kimbilio.safekeeping.joining import Place
from kimbilio.safekeeping.network import own_names


def opened_application(
    home: Path, root_key: bytes, setup_token: str, lan: Place | None = None
) -> Callable[..., Any]:
    """Open the home in this process, the one that serves, and return the application.

    The keyring's connection must not cross a fork, so the server calls this in its worker.
    """
    set_up_django()
    open_home(home, root_key)
    settings.SETUP_TOKEN = setup_token
    settings.LAN = lan
    if lan is not None:  # as they are now: the address may be another one since the start
        settings.ALLOWED_HOSTS = own_names(lan.name)
    settings.END_SERVING = functools.partial(end_soon, home)
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
    leave_out_of_collections()
    go_on_daily()
    go_on_backing_up(home)
    return application


def leave_out_of_collections() -> None:
    """Have Python's collector of garbage pass over everything that is loaded now.

    It stays as long as the process does, and a round through it takes a tenth of a second, which whoever asked for a
    page just then would wait (docs/measurements.md).
    """
    gc.collect()
    gc.freeze()

"""What is done once a day: when the server starts, and then each day while it serves, in a thread of its process.

`settings.DAILY` names the functions; each takes nothing, and does nothing twice.
"""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

# A laptop sleeps through midnight: so the day is looked at every hour, not waited for.
_LOOKED_AT_EVERY = 3600
logger = logging.getLogger("kimbilio.daily")


def do_all() -> None:
    """Do each once. One that fails is said in the log, by the kind of its fault alone, and does not stop the others."""
    for name in settings.DAILY:
        try:
            import_string(name)()
        except Exception as why:
            # No trace: it may hold what was typed.
            logger.error("%s was not done today: %s", name, type(why).__name__)


def go_on_daily() -> threading.Event:
    """Do it all again on every later day, as long as the process lives; returns what ends that when it is set."""
    ended = threading.Event()
    threading.Thread(target=_watch, args=(ended,), name="daily", daemon=True).start()
    return ended


def _watch(ended: threading.Event) -> None:
    done_on = timezone.localdate()
    while not ended.wait(_LOOKED_AT_EVERY):
        if (today := timezone.localdate()) != done_on:
            done_on = today
            close_old_connections()
            do_all()
            close_old_connections()

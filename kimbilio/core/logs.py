"""What a log line may say: where and of what kind something went wrong, never what was typed.

Addresses are left out (somebody may type a name into one) and so are the words of exceptions (they quote
what they could not read).
"""

import logging
import time
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Writes our own messages as they are, and of others only their fixed words. Times are UTC, and say so."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        """Return the line, in which a request is named by its view and never by its address."""
        if not record.name.startswith("kimbilio"):
            record.message = _fixed_words(record)
        return super().formatMessage(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # the library's name
        """Return the kinds of the errors and where they rose, without their words."""
        error = ei[1]
        return "" if error is None else "\n".join(_quiet_lines(error))


def _fixed_words(record: logging.LogRecord) -> str:
    """Return a message without its arguments; for a request its status and the name of its page."""
    status = getattr(record, "status_code", None)
    if status is None:
        return str(record.msg).split("%", 1)[0] if record.args else str(record.msg)
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"{status} at {match.view_name if match else 'no page of ours'}"


def _quiet_lines(error: BaseException) -> list[str]:
    """Return one line for each error of a chain, the first cause first, each followed by its frames."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _quiet_lines(earlier) if earlier else []
    lines.append(type(error).__name__)
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {PurePath(frame.filename).name}:{frame.lineno} in {frame.name}")
    return lines


# Logs say what went wrong and where, never with what was typed: no request bodies, no local variables.
QUIET_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kimbilio.core.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "kimbilio": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

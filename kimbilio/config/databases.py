"""What Django is told of each kind of database."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kimbilio.config.environment import is_remote


def postgresql(url: str) -> dict[str, object]:
    """Turn a postgresql:// address into Django's settings for a database."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    socket = options.pop("host", "")
    if is_remote(url):
        options.setdefault("sslmode", "verify-full")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlcipher(home: Path) -> dict[str, object]:
    """Describe the encrypted file in the home; its key comes from the open vault, never from here."""
    name = home / "kimbilio.db"
    return {
        "ENGINE": "kimbilio.core.sqlcipher",
        "NAME": str(name),
        "OPTIONS": {"timeout": 20},
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(home / "test.db")},
    }

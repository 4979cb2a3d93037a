"""The short conversation of a command: questions at a terminal, never answered in vain elsewhere."""

import getpass
import sys

from django.core.exceptions import ValidationError

from kimbilio.accounts.passwords import validate_new_password
from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.config.opening import passphrase_given

# Whoever holds the passphrase opens every record of the home (SECURITY.md).
SHORTEST_PASSPHRASE = 15


def answer(question: str, given: str | None) -> str:
    """Return what was given on the command line, or ask at the terminal."""
    if given:
        return given
    if not sys.stdin.isatty():
        print(
            f"{question}: give it on the command line, for nobody is at a terminal to ask.", file=sys.stderr
        )
        raise SystemExit(2)
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def new_passphrase() -> str:
    """Return the passphrase for a new home: from the environment, or asked for twice."""
    given = passphrase_given()
    if given is None:
        print(
            "Choose the passphrase that opens this home. If it is lost, so are the records.", file=sys.stderr
        )
        given = ask_twice("Passphrase: ", "KIMBILIO_PASSPHRASE")
    if len(given) < SHORTEST_PASSPHRASE:
        raise Failed(f"The passphrase needs {SHORTEST_PASSPHRASE} characters or more: five words are good.")
    return given


def new_password(username: str) -> str:
    """Return the first administrator's password: from the environment, or asked for twice; checked."""
    given = environment().admin_password
    password = (
        given.get_secret_value()
        if given
        else ask_twice(f"Password for {username}: ", "KIMBILIO_ADMIN_PASSWORD")
    )
    try:
        validate_new_password(password, username=username)
    except ValidationError as weak:
        raise Failed(" ".join(weak.messages)) from weak
    return password


def ask_twice(prompt: str, instead: str) -> str:
    """Ask for a secret twice at the terminal; Failed, naming the setting to use, where nobody is there."""
    if not sys.stdin.isatty():
        raise Failed(f"Nobody is at a terminal to ask. Set {instead}.")
    typed = getpass.getpass(prompt, stream=sys.stderr)
    if getpass.getpass("The same again: ", stream=sys.stderr) != typed:
        raise Failed("The two were not the same. Nothing was made.")
    return typed

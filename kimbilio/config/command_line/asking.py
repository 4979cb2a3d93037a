"""The short conversation of a command: questions at a terminal, never answered in vain elsewhere."""

import getpass
import sys
from collections.abc import Callable

from django.core.exceptions import ValidationError

from kimbilio.accounts.passwords import validate_new_password
from kimbilio.config.command_line.saying import Failed
from kimbilio.config.environment import environment
from kimbilio.config.opening import passphrase_given

# Whoever holds the passphrase opens every record of the home (SECURITY.md).
SHORTEST_PASSPHRASE = 15
_TRIES = 5


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
            "Choose the passphrase that opens this home. If it and every recovery sheet are lost, so are the records.\n"
            f"It needs {SHORTEST_PASSPHRASE} characters or more: five words are good.",
            file=sys.stderr,
        )
        return ask_twice("Passphrase: ", "KIMBILIO_PASSPHRASE", fault_of_passphrase)
    if fault := fault_of_passphrase(given):
        raise Failed(fault)
    return given


def fault_of_passphrase(typed: str) -> str:
    """Return why a passphrase is none, in one sentence; '' where it is good."""
    is_short = len(typed) < SHORTEST_PASSPHRASE
    return (
        f"The passphrase needs {SHORTEST_PASSPHRASE} characters or more: five words are good."
        if is_short
        else ""
    )


def new_password(username: str) -> str:
    """Return the first administrator's password: from the environment, or asked for twice; checked."""

    def fault(typed: str) -> str:
        try:
            validate_new_password(typed, username=username)
        except ValidationError as weak:
            return " ".join(weak.messages)
        return ""

    given = environment().admin_password
    if given is None:
        return ask_twice(f"Password for {username}: ", "KIMBILIO_ADMIN_PASSWORD", fault)
    if said := fault(given.get_secret_value()):
        raise Failed(said)
    return given.get_secret_value()


def ask_twice(prompt: str, instead: str, fault: Callable[[str], str]) -> str:
    """Ask for a secret twice at the terminal, anew where the two differ or `fault` says why it is none.

    Failed, naming the setting to use, where nobody is there; and after some tries.
    """
    if not sys.stdin.isatty():
        raise Failed(f"Nobody is at a terminal to ask. Set {instead}.")
    for _try in range(_TRIES):
        typed = getpass.getpass(prompt, stream=sys.stderr)
        said = fault(typed)
        if not said and getpass.getpass("The same again: ", stream=sys.stderr) == typed:
            return typed
        print(f"{said or 'The two were not the same.'} Try again.", file=sys.stderr)
    raise Failed("Nothing was changed.")

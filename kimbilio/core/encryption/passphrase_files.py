"""A file locked with a passphrase, in the age format, which other programs open too.

Source: the age format, version 1 (age-encryption.org/v1), its scrypt recipient.
"""

import subprocess
from pathlib import Path

from kimbilio.core.apart import python_apart

_SCRIPT = Path(__file__).with_name("passphrase_process.py")


def locked_with_passphrase(contents: bytes, passphrase: str) -> bytes:
    """Return the contents locked with a passphrase. It takes a second of work or more, and so does each guess.

    It is done in a process apart, since it takes up to a gigabyte and lets no other thread of its own process go on.
    RuntimeError where that process came to no end.
    """
    command, environment = python_apart("pyrage", _SCRIPT)
    done = subprocess.run(
        command,
        input=passphrase.encode().hex().encode() + b"\n" + contents,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a crash may print what it was locking
        env=environment,
        check=False,
    )
    if done.returncode:
        raise RuntimeError("the process that locks a file broke off")
    return done.stdout

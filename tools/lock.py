"""Writes requirements/run.txt and requirements/develop.txt: every package with its version and hashes.

One file serves every platform and every Python we support. A file names packages, never where they were found.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The resolver lives apart from .venv: nothing that Kimbilio runs or is tested with needs it.
RESOLVER_HOME = ROOT / "build" / "lock"
OLDEST_PYTHON = "3.11"
RUN = "requirements/run.txt"
DEVELOP = "requirements/develop.txt"


def resolver() -> Path:
    """Return the program `uv`, installing it into a virtual environment of its own the first time."""
    program = RESOLVER_HOME / "bin" / "uv"
    if not program.exists():
        venv.create(RESOLVER_HOME, with_pip=True)
        subprocess.run(
            [RESOLVER_HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True
        )
    return program


def lock(target: str, *extra: str) -> None:
    """Resolve pyproject.toml into one file; versions already there are kept unless an upgrade is asked for."""
    command = [
        *(str(resolver()), "pip", "compile", "pyproject.toml", "--output-file", target),
        *("--universal", "--python-version", OLDEST_PYTHON, "--no-python-downloads"),
        *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--quiet"),
        *("--custom-compile-command", "make lock"),
        *extra,
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def main(arguments: list[str]) -> int:
    """Lock what runs, then what is tested with on top of exactly the same versions."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    lock(RUN, "--group", "build", *upgrade)
    lock(DEVELOP, "--group", "build", "--group", "test", "--group", "lint", "--constraints", RUN, *upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

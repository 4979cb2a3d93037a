"""Starting Python apart: in a process that shares no memory and no environment with this one, and so no passphrase."""

import importlib.util
import os
import sys
from pathlib import Path


def python_apart(package: str, script: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment of a Python that runs a script, and may use one package.

    The script finds the folder of the package in `sys.argv[1]`.
    """
    found = importlib.util.find_spec(package)
    folder = str(Path(found.origin).parent.parent) if found and found.origin else ""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return [sys.executable, "-I", "-S", str(script), folder], needed

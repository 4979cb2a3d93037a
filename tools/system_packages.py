"""Says which programs of the system the tests still need, and installs them where that is ours to do.

Run without arguments to ask. With `--install`, on Debian and its kin, as root, what is missing is installed with
apt-get; `KIMBILIO_NO_INSTALL=1` forbids it. Needs nothing but Python itself: it runs before anything is installed.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class SystemPackage:
    """A program that pip cannot bring: its Debian package, the names it goes by, and what needs it."""

    package: str
    programs: tuple[str, ...]
    needed_for: str
    only_on: str | None = None

    def found(self) -> str | None:
        """Return where the program is, by the first of its names that is on the path."""
        places = (shutil.which(program) for program in self.programs)
        return next((place for place in places if place), None)

    def is_wanted(self) -> bool:
        """Say whether this platform can use the program at all."""
        return self.only_on is None or sys.platform == self.only_on


CHROMIUM = SystemPackage(
    package="chromium",
    programs=(
        "chromium",
        "chromium-browser",
        "google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    needed_for="the stories in a browser",
)
STRACE = SystemPackage(
    package="strace",
    programs=("strace",),
    needed_for="the tests that kill the server in the middle of a write",
    only_on="linux",
)
NEEDED = (CHROMIUM, STRACE)


def missing() -> list[SystemPackage]:
    """Return what this platform should have and has not."""
    return [package for package in NEEDED if package.is_wanted() and not package.found()]


def may_install() -> bool:
    """Say whether installing is possible here and not forbidden."""
    forbidden = os.environ.get("KIMBILIO_NO_INSTALL", "") not in ("", "0")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return not forbidden and is_root and shutil.which("apt-get") is not None


def install(packages: list[SystemPackage]) -> None:
    """Install Debian packages, saying so first. A failure is told by apt-get itself and found out by looking again."""
    names = [package.package for package in packages]
    print(f"Installing {' and '.join(names)} with apt-get (KIMBILIO_NO_INSTALL=1 forbids this)", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quietly, check=False, stdout=subprocess.DEVNULL)
    command = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *names]
    subprocess.run(command, env=quietly, check=False, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    """Answer 0 when nothing is missing; otherwise name it, with the command that brings it, and answer 1."""
    if "--install" in arguments and missing() and may_install():
        install(missing())
    for package in missing():
        how = f"apt-get install {package.package}"
        print(f"Missing: {package.package} ({how}), for {package.needed_for}.", file=sys.stderr)
    return int(bool(missing()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How long a backup of a big home takes, and how much memory: `python bench/keeping.py --home FOLDER`.

The home is made by `python bench/build.py` or `bench/month_build.py`; nothing in it changes. Prints one JSON document:
seconds and megabytes of a backup with its proof, and of putting it back on another computer.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_COMMAND = (
    "import sys; sys.argv[0] = 'kimbilio'; from kimbilio.config.command_line import main; sys.exit(main())"
)


def main() -> int:
    """Measure one home and print what it took."""
    parser = argparse.ArgumentParser(description="Measure a backup and a restore of a home.")
    parser.add_argument("--home", type=Path, required=True, help="a stopped home")
    parser.add_argument("--passphrase", required=True, help="its passphrase")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_measured(args.home, args.passphrase, Path(folder)), indent=2))
    return 0


def _measured(home: Path, passphrase: str, folder: Path) -> dict[str, object]:
    copy = folder / "home"
    shutil.copytree(home, copy)
    size = (copy / "kimbilio.db").stat().st_size
    environment = os.environ | {"KIMBILIO_HOME": str(copy), "KIMBILIO_PASSPHRASE": passphrase}
    sheet = _run(environment, "recovery", "new")[0]
    key = next(line.strip() for line in sheet.splitlines() if "AGE-SECRET-KEY-" in line)
    made, backing_up = _run(environment, "backup", str(folder / "backups"), "--json")
    said = json.loads(made)
    elsewhere = environment | {"KIMBILIO_HOME": str(folder / "new"), "KIMBILIO_RECOVERY_KEY": key}
    arguments = ["restore", said["data"], "--keyring", said["keys"], "--json"]
    back, putting_back = _run(elsewhere | {"KIMBILIO_NEW_PASSPHRASE": passphrase}, *arguments)
    return {
        "people": json.loads(back)["people"],
        "rows": said["rows"],
        "entries": said["entries"],
        "database_mb": size // 1_000_000,
        "backup_mb": said["bytes"] // 1_000_000,
        "backup": backing_up,
        "restore": putting_back,
    }


def _run(environment: dict[str, str], *arguments: str) -> tuple[str, dict[str, float]]:
    """Run a command; return what it printed, its seconds by the wall and of the processor, and its most memory."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, {
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak_mb": round(after.ru_maxrss / 1024),
    }


if __name__ == "__main__":
    raise SystemExit(main())

"""`make sbom`: what Kimbilio is made of, as CycloneDX JSON, from the exact set in requirements/run.txt.

Source: CycloneDX 1.6 (ECMA-424), the required fields of a bill of materials and of its components.
"""

import json
import re
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from kimbilio import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.txt"
OUT = ROOT / "dist" / "kimbilio.cdx.json"
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, object]]:
    """Return a component for each package of a lock file, with the digests of every file that may be installed."""
    found: list[dict[str, object]] = []
    for entry in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if match := _ENTRY.match(entry):
            name, version = match.groups()
            found.append(
                {
                    "type": "library",
                    "bom-ref": f"pkg:pypi/{name}@{version}",
                    "name": name,
                    "version": version,
                    "purl": f"pkg:pypi/{name}@{version}",
                    "hashes": [{"alg": "SHA-256", "content": one} for one in _HASH.findall(entry)],
                }
            )
    return found


def bill(lock: str) -> dict[str, object]:
    """Return the bill of materials: the same for the same lock."""
    program = {"type": "application", "bom-ref": "kimbilio", "name": "kimbilio", "version": __version__}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, __version__ + lock)}",
        "version": 1,
        "metadata": {"component": program},
        "components": components(lock),
    }


def main() -> int:
    """Write the bill into dist/ and say where."""
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(bill(LOCK.read_text("utf-8")), indent=2) + "\n", "utf-8")
    print(OUT.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())

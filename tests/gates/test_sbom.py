"""The bill of materials names every package that is installed, exactly, each with digests."""

import json
import re

from tools.sbom import LOCK, bill


def test_every_locked_package_is_in_the_bill_once_with_its_digests() -> None:
    lock = LOCK.read_text("utf-8")
    made = json.loads(json.dumps(bill(lock)))
    named = [f"{one['name']}=={one['version']}" for one in made["components"]]
    assert sorted(named) == sorted(re.findall(r"^([A-Za-z0-9._-]+==[^\s;\\]+)", lock, re.MULTILINE))
    assert len(set(named)) == len(named) > 20
    assert all(one["hashes"] for one in made["components"])
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)


def test_the_same_lock_gives_the_same_bill_and_another_one_another() -> None:
    lock = LOCK.read_text("utf-8")
    assert bill(lock) == bill(lock)
    assert bill(lock)["serialNumber"] != bill(lock + "\n")["serialNumber"]

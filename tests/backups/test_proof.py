"""A backup that does not hold is not called one: whatever is planted between writing it and proving it is found."""

import json
import subprocess
import sys

import pytest

from tests.backups.kept import Backup, KeptHome
from tests.running import ROOT

pytestmark = pytest.mark.long_on_postgresql

# The command `kimbilio`, but for something done to the two drafts, or to what was counted, just before they are proved.
_PLANTED = """
import sys
sys.argv[0] = "kimbilio"
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.safekeeping import backup, dumping, keys_file, figures
from kimbilio.core.keyring import Keyring
usual_prove, usual_figures, usual_packed = backup.prove, dumping.figures_of, backup.packed_keys

def spoilt(path, place):
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)

def prove(data, keys, **how):
    if planted == "bit":
        spoilt(data, 0.5)
    if planted == "bit in the keys":
        spoilt(keys, 0.5)
    if planted == "cut":
        data.write_bytes(data.read_bytes()[:-500])
    return usual_prove(data, keys, **how)

def figures_of(database):
    found = usual_figures(database)
    if planted == "row":
        found["rows"]["people_client"] += 1
    if planted == "ledger":
        found["ledger"].append(["x", "y", "z", 5])
    if planted == "head":
        found["heads"] = {one: [seq + 1, digest] for one, (seq, digest) in found["heads"].items()}
    return found

def packed_keys(home, root_key, about, scratch):
    if planted == "keys of nobody":
        from kimbilio.core import keyring
        usual = keys_file.copy_keyring
        def emptied(home, root_key, to):
            copy = usual(home, root_key, to)
            from kimbilio.core.sqlcipher.copying import open_database
            from kimbilio.core.encryption import derive
            with open_database(copy, derive(root_key, "keyring file")) as connection:
                connection.execute("DELETE FROM client_key")
            return copy
        keys_file.copy_keyring = emptied
    return usual_packed(home, root_key, about, scratch)

planted = sys.argv.pop(1)
backup.prove, dumping.figures_of, backup.packed_keys = prove, figures_of, packed_keys
from kimbilio.config.command_line.commands import run
sys.exit(run(sys.argv[1:]))
"""
PLANTED = ["bit", "bit in the keys", "cut", "row", "ledger", "head", "keys of nobody"]
A_FEW = {"bit in the keys", "row"}


def backs_up_with(planted: str, kept: KeptHome) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _PLANTED, planted, "backup", str(kept.folder / "backups"), "--json"],
        cwd=ROOT,
        env=kept.home.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_nothing_planted_it_is_proved(kept: KeptHome) -> None:
    assert backs_up_with("nothing", kept).returncode == 0


@pytest.mark.parametrize(
    "planted",
    [pytest.param(one, marks=[] if one in A_FEW else pytest.mark.soak) for one in PLANTED],
)
def test_what_is_planted_is_found_and_the_last_good_backup_stays(
    kept: KeptHome, backup: Backup, planted: str
) -> None:
    good = {path.name for path in backup.data.parent.rglob("*.age")}
    done = backs_up_with(planted, kept)
    assert done.returncode == 1, done.stdout
    assert done.stdout == ""
    assert "not proved" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name for path in backup.data.parent.rglob("*.age")} == good
    assert len(list(backup.data.parent.glob("data-*.unproved"))) == 1, (
        "the newest alone, or they fill the disk"
    )
    assert not list(backup.data.parent.rglob("*.part"))
    doctor = json.loads(kept.home.command("doctor", "--json").stdout)
    assert [check["check"] for check in doctor["checks"] if not check["ok"]] == ["backups"]
    kept.back_up()
    assert kept.home.command("doctor").returncode == 0

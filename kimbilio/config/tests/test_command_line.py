"""The command as scripts see it: a home of its own, exit codes, and JSON alone on standard output."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PASSPHRASE = "five words that open this"
PASSWORD = "a long walk by the river 91"
PROGRAMME = [
    "--organisation",
    "Safe Space",
    "--county",
    "Kiambu",
    "--site",
    "Karuri",
    "--clinic",
    "Karuri MAT",
]
COMMAND = "import sys; from kimbilio.config.command_line import main; sys.exit(main())"


def kimbilio(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process, on a SQLCipher home, with no terminal to ask at."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment(home) | settings,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def environment(home: Path) -> dict[str, str]:
    """Return what a command is told of a home."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KIMBILIO_")}
    return clean | {"KIMBILIO_HOME": str(home), "KIMBILIO_PASSPHRASE": PASSPHRASE}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home made by `kimbilio init`."""
    home = tmp_path_factory.mktemp("homes") / "home"
    made = kimbilio(home, "init", *PROGRAMME, "--admin", "asha", KIMBILIO_ADMIN_PASSWORD=PASSWORD)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Recovery sheet 1")
    return home


def test_a_new_home_is_only_for_its_user(home: Path) -> None:
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_home_is_never_overwritten(home: Path) -> None:
    again = kimbilio(home, "init", *PROGRAMME, "--admin", "asha", KIMBILIO_ADMIN_PASSWORD=PASSWORD)
    assert again.returncode == 1
    assert "never overwritten" in again.stderr
    assert kimbilio(home, "audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"KIMBILIO_ADMIN_PASSWORD": "short"}, "15"),
        ({"KIMBILIO_PASSPHRASE": "short", "KIMBILIO_ADMIN_PASSWORD": PASSWORD}, "15"),
    ],
)
def test_a_weak_secret_makes_nothing(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    refused = kimbilio(tmp_path / "new", "init", *PROGRAMME, "--admin", "asha", **settings)
    assert (refused.returncode, said in refused.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


def test_the_first_administrator_is_manager_too(home: Path) -> None:
    rows = json.loads(kimbilio(home, "user", "list", "--json").stdout)
    assert rows[0]["username"] == "asha"
    assert {held["role"] for held in rows[0]["roles"]} == {"administrator", "programme_manager"}


def test_staff_are_added_reset_and_disabled(home: Path) -> None:
    added = json.loads(kimbilio(home, "user", "add", "beni", "--role", "desk_officer", "--json").stdout)
    assert added["one_time_code"]
    again = json.loads(kimbilio(home, "user", "reset", "beni", "--json", "--by", "asha").stdout)
    assert again["one_time_code"] != added["one_time_code"]
    assert json.loads(kimbilio(home, "user", "disable", "beni", "--json").stdout) == {
        "username": "beni",
        "active": False,
    }


def test_by_whom_decides_whether_it_may_be_done(home: Path) -> None:
    given = {"KIMBILIO_USER_PASSWORD": PASSWORD}
    assert kimbilio(home, "user", "add", "chao", "--role", "Counsellor", **given).returncode == 0
    refused = kimbilio(home, "user", "list", "--by", "chao")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "role does not allow" in refused.stderr
    assert kimbilio(home, "user", "list", "--by", "nobody").returncode == 1


@pytest.mark.parametrize("arguments", [["user", "list", "--json"], ["user", "list"]])
def test_a_reader_who_leaves_early_is_no_fault_worth_a_word(home: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-c", COMMAND, *arguments]
    with subprocess.Popen(
        command,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (1, b"")


def test_the_audit_is_verified_as_one_json_document(home: Path) -> None:
    verdict = json.loads(kimbilio(home, "audit", "verify", "--json").stdout)
    assert verdict["ok"] is True
    assert verdict["organisations"][0]["organisation"] == "Safe Space"


def test_a_wrong_or_missing_passphrase_is_exit_code_three(home: Path, tmp_path: Path) -> None:
    assert kimbilio(home, "user", "list", KIMBILIO_PASSPHRASE="not the passphrase").returncode == 3
    assert kimbilio(home, "user", "list", KIMBILIO_PASSPHRASE="").returncode == 3
    written = tmp_path / "passphrase"
    written.write_text(PASSPHRASE + "\n")
    told = {"KIMBILIO_PASSPHRASE": "", "KIMBILIO_PASSPHRASE_FILE": str(written)}
    assert kimbilio(home, "user", "list", **told).returncode == 0


@pytest.mark.parametrize(
    "arguments", [[], ["nothing"], ["user", "add"], ["user", "add", "x", "--role", "king"]]
)
def test_wrong_usage_is_exit_code_two(home: Path, arguments: list[str]) -> None:
    assert kimbilio(home, *arguments).returncode == 2


def test_a_setting_that_cannot_be_used_is_named(home: Path) -> None:
    refused = kimbilio(home, "user", "list", KIMBILIO_IDLE_MINUTES="soon")
    assert (refused.returncode, "KIMBILIO_IDLE_MINUTES" in refused.stderr) == (1, True)


def test_the_doctor_finds_a_sound_home_well(home: Path) -> None:
    answer = kimbilio(home, "doctor", "--json")
    assert answer.returncode == 0, answer.stdout
    assert json.loads(answer.stdout)["ok"] is True


def test_the_doctor_says_what_is_wrong(home: Path, tmp_path: Path) -> None:
    assert "no home" in kimbilio(tmp_path / "none", "doctor").stdout
    assert kimbilio(home, "doctor", KIMBILIO_PASSPHRASE="not the passphrase").returncode == 3
    (home / "kimbilio.db").chmod(0o644)
    said = kimbilio(home, "doctor")
    (home / "kimbilio.db").chmod(0o600)
    assert (said.returncode, "kimbilio.db" in said.stdout) == (1, True)


def test_the_doctor_finds_a_damaged_database(home: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir(mode=0o700)
    for path in home.iterdir():
        (damaged / path.name).write_bytes(path.read_bytes())
        (damaged / path.name).chmod(0o600)
    content = bytearray((damaged / "kimbilio.db").read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / "kimbilio.db").write_bytes(content)
    said = kimbilio(damaged, "doctor")
    assert said.returncode == 1
    assert "WRONG" in said.stdout


def test_the_passphrase_is_changed_and_the_old_one_opens_no_more(home: Path) -> None:
    new = "five other words for this"
    assert kimbilio(home, "keys", "passphrase", KIMBILIO_NEW_PASSPHRASE=new).returncode == 0
    assert kimbilio(home, "user", "list").returncode == 3
    told = {"KIMBILIO_PASSPHRASE": new, "KIMBILIO_NEW_PASSPHRASE": PASSPHRASE}
    assert kimbilio(home, "keys", "passphrase", **told).returncode == 0
    assert kimbilio(home, "user", "list").returncode == 0


def test_keys_are_rotated_by_an_administrator_only(home: Path) -> None:
    given = {"KIMBILIO_USER_PASSWORD": PASSWORD}
    kimbilio(home, "user", "add", "dama", "--role", "desk_officer", **given)
    assert kimbilio(home, "keys", "rotate", "--by", "dama").returncode == 1
    assert kimbilio(home, "keys", "rotate", "--by", "asha").returncode == 0
    assert kimbilio(home, "audit", "verify").returncode == 0


def test_after_the_anchor_file_was_lost_the_chain_is_anchored_anew_on_purpose(home: Path) -> None:
    (home / "anchors.db").unlink()
    assert kimbilio(home, "audit", "verify").returncode == 1
    kimbilio(home, "user", "add", "eli", "--role", "counsellor")
    assert kimbilio(home, "audit", "verify").returncode == 1
    assert kimbilio(home, "audit", "anchor", "--by", "asha").returncode == 0
    assert kimbilio(home, "audit", "verify").returncode == 0


def test_a_lost_database_is_not_taken_for_a_fresh_start(home: Path, tmp_path: Path) -> None:
    lost = tmp_path / "lost"
    lost.mkdir(mode=0o700)
    for name in ("passphrase.json", "keyring.db", "anchors.db"):
        (lost / name).write_bytes((home / name).read_bytes())
        (lost / name).chmod(0o600)
    assert "has held records" in kimbilio(lost, "run", "--port", "8999").stderr
    assert "has held records" in kimbilio(lost, "doctor").stdout

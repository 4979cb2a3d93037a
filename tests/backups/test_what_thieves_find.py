"""A backup without the keys, keys without a sheet, a disk without either: of a thousand canaries, none.

Proves 'Done when' 4 of issue 5.
"""

import io
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest

from kimbilio.core.encryption.recovery_keys import read_recovery_key
from tests.backups.kept import Backup, KeptHome
from tests.privacy.scanner import Scanner

pytestmark = pytest.mark.long_on_postgresql

CANARIES = 1000
OF_A_PERSON = 14


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> KeptHome:
    home = KeptHome(tmp_path_factory.mktemp("thieves"), postgresql)
    home.work(people=CANARIES // OF_A_PERSON + 2)
    assert len(home.canaries) >= CANARIES
    return home


def unpacked(file: Path, recovery_key: str, into: Path) -> Path:
    """Decrypt a backup as any program that knows the age format and tar would."""
    identity = pyrage.x25519.Identity.from_str(read_recovery_key(recovery_key).secret)
    content = pyrage.decrypt(file.read_bytes(), [identity])
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        tar.extractall(into, filter="data")
    return into


def test_both_files_as_they_lie_there_give_nothing_away(kept: KeptHome, backup: Backup) -> None:
    scanner = Scanner(kept.canaries)
    assert scanner.found_in_folder(backup.data.parent) == {}


def test_the_data_with_the_sheet_and_without_the_keys_give_no_name_away(
    kept: KeptHome, backup: Backup, tmp_path: Path
) -> None:
    opened = unpacked(backup.data, kept.recovery_key, tmp_path / "opened")
    assert any(opened.rglob("*.db")) or any(opened.rglob("tables/*"))
    assert Scanner(kept.canaries).found_in_folder(opened) == {}


def test_the_keys_with_the_sheet_and_without_the_data_give_nothing_away(
    kept: KeptHome, backup: Backup, tmp_path: Path
) -> None:
    opened = unpacked(backup.keys, kept.recovery_key, tmp_path / "opened")
    assert (opened / "keyring.db").exists()
    assert Scanner(kept.canaries).found_in_folder(opened) == {}


def test_the_keyring_of_the_home_without_its_passphrase_opens_no_backup(
    kept: KeptHome, backup: Backup, tmp_path: Path
) -> None:
    thief = tmp_path / "thief"
    thief.mkdir()
    for name in ("keyring.db", "passphrase.json", "recovery.json", "backups.json"):
        shutil.copy(kept.home.home / name, thief)
    for passphrase in ("", "seven quiet boats upon the sea"):
        refused = kept.restore(
            backup.data,
            into=thief,
            database_url=kept.another_database(),
            KIMBILIO_RECOVERY_KEY="",
            KIMBILIO_PASSPHRASE=passphrase,
        )
        assert refused.returncode == 3
    assert Scanner(kept.canaries).found_in_folder(thief) == {}


def test_a_disk_without_passphrase_and_sheet_gives_no_name_away(kept: KeptHome, backup: Backup) -> None:
    scanner = Scanner(kept.canaries)
    assert scanner.found_in_folder(kept.home.home) == {}
    assert scanner.found_in_folder(kept.home.temporary) == {}
    if kept.server is not None:
        assert scanner.found_in_folder(Path(kept.server.pgdata)) == {}


def test_the_scanner_finds_a_name_that_lies_there(kept: KeptHome, tmp_path: Path) -> None:
    word = next(iter(kept.canaries.words))
    (tmp_path / "left").write_text(f"and then {word} came")
    assert Scanner(kept.canaries).found_in_folder(tmp_path)


def test_no_scratch_is_left_and_the_sheet_is_nowhere(kept: KeptHome, backup: Backup) -> None:
    secret = read_recovery_key(kept.recovery_key).secret.encode()
    assert not list(kept.home.home.glob("scratch-*"))
    for path in kept.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret not in content, path
            assert secret.lower() not in content, path

"""A backup is put back whole: on another computer from two files and the sheet, or beside the keys that are here."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.kept import Backup, KeptHome, everything, opened_there
from tests.faults import soundness
from tests.running import PASSPHRASE


def test_a_home_is_made_anew_from_two_files_and_the_sheet(kept: KeptHome, backup: Backup) -> None:
    before = everything(kept.home)
    made = kept.made_from(backup, "elsewhere")
    after = everything(made)
    assert before.keys() == after.keys()
    # After the backup its making was written down; after it was put back, that was.
    for table in before.keys() - {"audit_auditevent", "django_content_type", "auth_permission"}:
        assert after[table] == before[table], table
    (count,) = made.rows("SELECT count(*) FROM audit_auditevent")[0]
    assert count == backup.said["entries"] + 1
    with made:
        day = made.session("desk_officer")
        page = day.get("/")
        assert page.status == 200
    soundness.check_files(made)
    soundness.check_audit(made)


@pytest.mark.long_on_postgresql
def test_names_are_read_in_a_home_that_was_made_anew(kept: KeptHome, backup: Backup) -> None:
    made = kept.made_from(backup, "names")
    with made:
        desk = made.session("desk_officer")
        (code,) = made.rows("SELECT code FROM people_client ORDER BY code LIMIT 1")[0]
        shown = desk.post(f"/p/{code}/name", {})
        assert shown.status == 200
        assert any(word in shown.text.lower() for word in kept.canaries.words)


@pytest.mark.long_on_postgresql
def test_every_sign_in_is_ended(kept: KeptHome, backup: Backup) -> None:
    made = kept.made_from(backup, "sign-ins")
    for table in ("django_session", "usersessions_usersession"):
        assert made.rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.long_on_postgresql
def test_only_its_owner_reads_a_home_that_was_made_anew_or_a_backup(kept: KeptHome, backup: Backup) -> None:
    made = kept.made_from(backup, "modes")
    for path in [made.home, *made.home.rglob("*"), backup.data, backup.keys, backup.data.parent]:
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.long_on_postgresql
def test_nothing_is_overwritten_silently_and_nothing_is_deleted(
    kept: KeptHome, backup: Backup, nowhere: Path
) -> None:
    url = kept.another_database()
    assert kept.restore(backup.data, "--keyring", backup.keys, into=nowhere, database_url=url).returncode == 0
    home = opened_there(nowhere.parent / "running", nowhere, url)
    before = everything(home)
    for arguments in ([backup.data], [backup.data, "--keyring", backup.keys]):
        refused = kept.restore(*arguments, into=home.home, database_url=url)
        assert refused.returncode == 1
        assert "never overwritten" in refused.stderr
        assert everything(home) == before
    done = kept.restore(backup.data, "--replace", "--json", into=home.home, database_url=url)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["people"] == 3
    assert said["organisations"][0]["gone"] == 1
    assert said["aside"]
    verified = home.command("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["organisations"][0]["put_back"][0]["gone"] == 1
    if not url:
        aside = next(home.home.glob("before-restore-*"))
        assert {"kimbilio.db", "anchors.db"} <= {path.name for path in aside.iterdir()}


@pytest.mark.long_on_postgresql
def test_a_home_is_not_put_back_while_it_is_served(kept: KeptHome, backup: Backup) -> None:
    made = kept.made_from(backup, "served")
    with made:
        refused = kept.restore(backup.data, "--replace", into=made.home, database_url=made.database_url)
    assert refused.returncode == 1
    assert "running" in refused.stderr


@pytest.mark.long_on_postgresql
def test_a_backup_is_made_while_the_home_is_served(kept: KeptHome) -> None:
    with kept.home:
        desk = kept.home.session("desk_officer")
        backup = kept.back_up("while-served")
        assert desk.get("/").status == 200
    assert backup.said["proved"]
    assert backup.said["people"] == 3


@pytest.mark.long_on_postgresql
def test_the_holder_of_the_passphrase_needs_no_sheet_where_the_keys_are(
    kept: KeptHome, backup: Backup
) -> None:
    made = kept.made_from(backup, "no-sheet")
    done = kept.restore(
        backup.data,
        "--replace",
        into=made.home,
        database_url=made.database_url,
        KIMBILIO_RECOVERY_KEY="",
        KIMBILIO_PASSPHRASE=PASSPHRASE,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.long_on_postgresql
def test_each_of_several_sheets_opens_a_backup_alone_and_a_removed_one_no_later_one(
    kept: KeptHome, tmp_path: Path
) -> None:
    second = kept.home.command("recovery", "new").stdout
    key = next(line.strip() for line in second.splitlines() if "AGE-SECRET-KEY-" in line)
    (number,) = [one["number"] for one in json.loads(kept.home.command("recovery", "list", "--json").stdout)][
        -1:
    ]
    with_it = kept.back_up("with-second")
    assert kept.home.command("recovery", "remove", str(number)).returncode == 0
    without_it = kept.back_up("without-second")
    for backup, expected in ((with_it, 0), (without_it, 3)):
        done = kept.restore(
            backup.data,
            "--keyring",
            backup.keys,
            into=tmp_path / backup.data.parent.name,
            database_url=kept.another_database(),
            KIMBILIO_RECOVERY_KEY=key,
        )
        assert done.returncode == expected, done.stderr
        shutil.rmtree(tmp_path / backup.data.parent.name, ignore_errors=True)


@pytest.mark.long_on_postgresql
def test_a_home_without_a_recovery_key_makes_no_backup_and_says_so(kept: KeptHome, backup: Backup) -> None:
    made = kept.made_from(backup, "no-key")
    (made.home / "recovery.json").unlink()
    refused = made.command("backup", str(kept.folder / "none"))
    assert refused.returncode == 1
    assert "recovery new" in refused.stderr
    assert not list((kept.folder / "none").glob("data-*"))
    doctor = json.loads(made.command("doctor", "--json").stdout)
    assert [check["check"] for check in doctor["checks"] if not check["ok"]] == ["backups"]


@pytest.mark.long_on_postgresql
def test_data_come_back_with_older_keys_but_for_who_was_registered_in_between(tmp_path: Path) -> None:
    kept = KeptHome(tmp_path / "own", None)
    kept.work(people=1)
    earlier = kept.back_up("earlier")
    kept.work(people=1)
    later = kept.back_up("later")
    done = kept.restore(later.data, "--keyring", earlier.keys, "--json", into=tmp_path / "made")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["people"] == 2
    assert "older than the data" in said["notes"][0]


@pytest.mark.long_on_postgresql
def test_a_folder_of_a_setting_must_be_there_and_one_that_is_typed_is_made(
    kept: KeptHome, tmp_path: Path
) -> None:
    stick, typed = tmp_path / "stick", tmp_path / "typed"
    refused = kept.home.command("backup", "--json", KIMBILIO_BACKUP_FOLDER=str(stick))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"There is no folder {stick}" in refused.stderr
    assert not stick.exists()
    refused = kept.home.command(
        "backup", KIMBILIO_BACKUP_FOLDER=str(tmp_path), KIMBILIO_KEYRING_BACKUP_FOLDER=str(stick)
    )
    assert refused.returncode == 1
    assert not stick.exists()
    assert kept.home.command("backup", str(typed), KIMBILIO_BACKUP_FOLDER=str(stick)).returncode == 0
    assert list(typed.glob("data-*.age"))


@pytest.mark.long_on_postgresql
def test_homes_that_share_a_folder_destroy_nothing_of_each_other(kept: KeptHome) -> None:
    ours = kept.back_up("shared")
    letters = ours.keys.stem.rpartition("-")[2]
    assert ours.data.stem.endswith(letters)
    theirs = [ours.keys.parent / f"keys-2020-01-01-080000-{'x' * 5}.age"]
    theirs += [path.with_name(f"{path.name}.part") for path in theirs]
    theirs += [ours.data.parent / f"data-2020-01-01-080000-{'x' * 5}.age.part"]
    our_old = [ours.keys.parent / f"keys-2020-01-01-080000-{letters}.age"]
    our_old += [ours.data.parent / f"data-2020-01-01-080000-{letters}.age.part"]
    for path in (*theirs, *our_old):
        path.write_bytes(b"sealed")
    diary, today = kept.home.home / "backups.json", timezone.localdate()
    remembered = json.loads(diary.read_text("utf-8"))
    diary.write_text(json.dumps(remembered | {"seen_on": str(today - timedelta(days=3650))}), "utf-8")
    unsure = kept.back_up("shared").said
    assert unsure["keys_destroyed"] == 0, "a clock that runs ahead destroys nothing on its first day"
    assert "today is far from the last day seen here" in " ".join(unsure["notes"])
    remembered |= {"seen_on": str(today), "is_doubted": False}
    diary.write_text(json.dumps(remembered), "utf-8")
    assert kept.back_up("shared").said["keys_destroyed"] == 1
    assert [path.exists() for path in theirs] == [True] * 3
    assert [path.exists() for path in our_old] == [False] * 2

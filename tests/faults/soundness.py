"""What must hold of a home after whatever happened to it: looked at in its tables and files, and by its own command."""

import json
import sqlite3
from collections import Counter
from contextlib import closing

from tests.faults.story import Story
from tests.running import RunningHome

_BY_HALF = """
SELECT code FROM people_client WHERE
    id NOT IN (SELECT client_id FROM people_consent)
    OR id NOT IN (SELECT client_id FROM identity_personaldetails)
    OR id NOT IN (SELECT client_id FROM identity_phone)
    OR id NOT IN (SELECT client_id FROM identity_outsidenumber)
    OR id NOT IN (SELECT about FROM audit_auditevent WHERE event = 'person.registered' AND about IS NOT NULL)
    OR id NOT IN (SELECT record_id FROM accounts_receipt WHERE record_kind = 'people.client')
"""
_STANDING = """
SELECT client_id FROM {table} WHERE replaced_at IS NULL GROUP BY client_id HAVING count(*) > 1
"""
_EVENTS = """
SELECT event FROM audit_auditevent WHERE about IN (SELECT id FROM people_client WHERE code = '{code}')
"""
ONLY_LOOKED = {"person.opened", "identity.opened"}


def check_home(home: RunningHome, *, chain: bool = True) -> None:
    """Fail unless files are sound, nobody is there by half, and the chain of entries holds (where it is asked)."""
    check_files(home)
    assert not home.rows(_BY_HALF), "somebody is there by half"
    for table in ("identity_personaldetails", "identity_locator"):
        assert not home.rows(_STANDING.format(table=table)), f"two rows of {table} stand at once"
    check_anchors(home)
    if chain:
        check_audit(home)


def check_files(home: RunningHome) -> None:
    """Fail unless both encrypted files pass SQLite's own check."""
    files = {"keyring.db": "keyring file"} | ({} if home.database_url else {"kimbilio.db": "database"})
    for name, purpose in files.items():
        with closing(home.open_file(name, purpose)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], name


def check_anchors(home: RunningHome) -> None:
    """Fail when an anchor stands before its chain: it is written after the commit, so it may only lag behind."""
    with closing(sqlite3.connect(home.home / "anchors.db")) as connection:
        anchored = connection.execute("SELECT max(seq) FROM anchor").fetchone()[0]
    (last,) = home.rows("SELECT max(seq) FROM audit_auditevent")[0]
    assert anchored <= last, f"the anchor says {anchored}, the chain ends at {last}"


def check_audit(home: RunningHome) -> None:
    """Fail unless `kimbilio audit verify` finds every chain whole."""
    verified = home.command("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout)["ok"]


def check_once(home: RunningHome, story: Story) -> None:
    """Fail unless each form of a finished story took effect once, and stands in the audit once."""
    written = Counter(
        event for (event,) in home.rows(_EVENTS.format(code=story.code)) if event not in ONLY_LOOKED
    )
    sent = Counter(step.event for step in story.steps)
    # What came with the registration is written down one by one.
    sent.update(["identity.details_recorded", "identity.phone_recorded", "identity.number_recorded"])
    assert written == sent
    counts = {
        table: home.rows(
            f"SELECT count(*) FROM {table} WHERE client_id IN"
            f" (SELECT id FROM people_client WHERE code = '{story.code}')"
        )[0][0]
        for table in (
            "identity_personaldetails identity_phone identity_outsidenumber identity_locator "
            "identity_emergencycontact people_consent"
        ).split()
    }
    assert counts == {
        "identity_personaldetails": 2,
        "identity_phone": 2,
        "identity_outsidenumber": 2,
        "identity_locator": 2,
        "identity_emergencycontact": 1,
        "people_consent": 2,
    }

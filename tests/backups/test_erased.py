"""Whoever was erased stays erased when a backup of before is put back, with today's keyring or with an older one.

Proves 'Done when' 2 of issue 5.
"""

import subprocess
import sys

import pytest

from tests.backups.kept import Backup, KeptHome, opened_there
from tests.privacy.canaries import Canaries
from tests.privacy.scanner import Scanner
from tests.running import PASSPHRASE, ROOT, RunningHome

_ERASE = """
import sys
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.config.command_line.opening import open_here
open_here()
from kimbilio.accounts.queries import actor_named
from kimbilio.people.models import Client
from kimbilio.privacy.actions import erase_person
from kimbilio.privacy.choices import WhyForgotten
client = Client.objects.get(code=sys.argv[1])
erase_person(by=actor_named("programme_manager"), client=client, why=next(iter(WhyForgotten)))
"""
_READ = """
import sys
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.config.command_line.opening import open_here
open_here()
from django.apps import apps
from kimbilio.core.encryption import CannotUnseal
from kimbilio.core.keyring import KeyringError
from kimbilio.core.sealed import SealedText
for model in apps.get_models():
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedText):
            for row in model._default_manager.all():
                try:
                    print(getattr(row, field.attname))
                except (CannotUnseal, KeyringError):
                    pass
"""


def run(code: str, home: RunningHome, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def readable(canaries: Canaries, home: RunningHome) -> set[str]:
    """Return the canaries that the holder of every key of a home can read in its tables."""
    plain = "\n".join(str(row) for row in home.rows("SELECT * FROM people_client"))
    return Scanner(canaries).found_in_text(run(_READ, home) + plain)


@pytest.fixture
def erased(
    kept: KeptHome, backup: Backup, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RunningHome, Canaries]:
    """A home in which somebody was erased after the backup, and what had been known of them."""
    folder = tmp_path_factory.mktemp("erased")
    into, url = folder / "restored", kept.another_database()
    assert kept.restore(backup.data, "--keyring", backup.keys, into=into, database_url=url).returncode == 0
    home = opened_there(folder / "running", into, url)
    theirs = kept.people[0]
    assert len(readable(theirs.canaries, home)) > 5
    run(_ERASE, home, theirs.code)
    assert readable(theirs.canaries, home) == set()
    return home, theirs.canaries


@pytest.mark.parametrize("keyring", ["today's", pytest.param("an older one", marks=pytest.mark.soak)])
def test_an_erased_person_stays_erased_and_the_counts_are_the_same(
    kept: KeptHome, backup: Backup, erased: tuple[RunningHome, Canaries], keyring: str
) -> None:
    home, canaries = erased
    before = home.rows("SELECT count(*) FROM people_client")
    arguments = ["--keyring", backup.keys] if keyring != "today's" else []
    done = kept.restore(
        backup.data,
        *arguments,
        "--replace",
        "--json",
        into=home.home,
        database_url=home.database_url,
        KIMBILIO_PASSPHRASE=PASSPHRASE,
    )
    assert done.returncode == 0, done.stderr
    assert '"erased_again": 1' in done.stdout
    assert readable(canaries, home) == set()
    assert home.rows("SELECT count(*) FROM people_client") == before
    others = kept.people[1].canaries
    assert readable(others, home), "nobody else was erased"

"""What fails after a backup was proved does not unmake it."""

import pytest
from django.db import DatabaseError

from kimbilio.safekeeping.backup import _afterwards


@pytest.mark.parametrize("why", [OSError(28, "No space left on device"), DatabaseError("disk I/O error")])
def test_a_proved_backup_is_said_to_be_one_whatever_fails_afterwards(why):
    def fails():
        raise why

    (said,) = _afterwards("written down", fails)
    assert said.startswith("The backup is made and proved, but could not be written down: ")
    assert _afterwards("written down", lambda: None) == []

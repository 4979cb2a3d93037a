"""Copies of encrypted files: what goes wrong is an error of the system, which whoever copies can say in words."""

import pytest

from kimbilio.core.encryption import random_key
from kimbilio.core.sqlcipher.connection import WrongKey, make_private_file
from kimbilio.core.sqlcipher.copying import CopyFailed, open_database
from kimbilio.core.trouble import Trouble, trouble_of


def test_a_full_disk_is_an_error_of_the_system_and_told_as_one(tmp_path):
    path = tmp_path / "copy.db"
    make_private_file(path)
    with pytest.raises(CopyFailed) as full, open_database(path, random_key()) as database:
        database.executescript("PRAGMA max_page_count = 1; CREATE TABLE more (than TEXT);")
    assert trouble_of(full.value) is Trouble.FULL


def test_another_key_is_told_apart_from_that(tmp_path):
    path = tmp_path / "copy.db"
    make_private_file(path)
    with open_database(path, random_key()) as database:
        database.execute("CREATE TABLE some (thing TEXT)")
    with pytest.raises(WrongKey), open_database(path, random_key()):
        pass

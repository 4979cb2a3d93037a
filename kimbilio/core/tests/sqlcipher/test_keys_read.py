"""Keys that were read are kept for the next reading, until the home locks."""

from uuid import uuid4

from kimbilio.core import vault
from kimbilio.core.sqlcipher import base, operations


def test_the_text_of_a_key_is_taken_apart_once():
    text, reads = uuid4().hex, base.DatabaseWrapper.ops_class(None)
    read = reads.convert_uuidfield_value(text, None, None)
    assert read.hex == text
    assert reads.convert_uuidfield_value(text, None, None) is read
    assert reads.convert_uuidfield_value(None, None, None) is None


def test_no_key_is_kept_once_the_home_locks():
    base.DatabaseWrapper.ops_class(None).convert_uuidfield_value(uuid4().hex, None, None)
    assert operations._key.cache_clear in vault._to_drop
    operations._key.cache_clear()
    assert operations._key.cache_info().currsize == 0

"""Encrypted files: read as they were written, by whom they are for, and whatever was changed in them is found."""

import random
from pathlib import Path

import pytest

from kimbilio.core.encryption.age_files import (
    FileDamaged,
    NotForThisKey,
    reading_encrypted,
    write_encrypted,
)
from kimbilio.core.encryption.recovery_keys import new_recovery_key

OURS, ALSO, OTHER = (new_recovery_key() for _ in range(3))
CONTENT = random.Random("what is in a backup").randbytes(300_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "written.age"
    parts = [CONTENT[start : start + 7000] for start in range(0, len(CONTENT), 7000)]
    with path.open("wb") as to:
        write_encrypted([b"", *parts], to, [OURS.recipient, ALSO.recipient])
    return path


def read(path: Path, secret: str) -> bytes:
    with reading_encrypted(path, [secret]) as stream:
        return stream.read()


@pytest.mark.parametrize("key", [OURS, ALSO])
def test_each_of_those_it_is_for_reads_it(file, key):
    assert read(file, key.secret) == CONTENT
    assert CONTENT[:100] not in file.read_bytes()


def test_nobody_else_reads_it(file):
    with pytest.raises(NotForThisKey):
        read(file, OTHER.secret)


def test_every_cut_and_flipped_bit_is_found(file):
    whole = file.read_bytes()
    chance = random.Random("damage")
    cuts = [whole[: chance.randrange(len(whole))] for _ in range(40)]
    for _ in range(60):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        cuts.append(bytes(flipped))
    for damaged in cuts:
        file.write_bytes(damaged)
        with pytest.raises((FileDamaged, NotForThisKey)):
            read(file, OURS.secret)


def test_what_was_not_read_is_looked_at_too(file):
    whole = bytearray(file.read_bytes())
    whole[-20] ^= 1
    file.write_bytes(bytes(whole))
    with pytest.raises(FileDamaged), reading_encrypted(file, [OURS.secret]) as stream:
        assert stream.read(10) == CONTENT[:10]


def test_whoever_stops_reading_hears_their_own_fault(file):
    with pytest.raises(ZeroDivisionError), reading_encrypted(file, [OURS.secret]) as stream:
        stream.read(10 // 0)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a book", b"age-encryption.org/v1\n"])
def test_what_is_no_such_file_is_said(tmp_path, content):
    path = tmp_path / "another.file"
    path.write_bytes(content)
    with pytest.raises(FileDamaged):
        read(path, OURS.secret)


def test_what_fails_while_it_is_written_is_raised_as_it_was(tmp_path):
    def parts():
        yield b"first"
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"), (tmp_path / "half").open("wb") as to:
        write_encrypted(parts(), to, [OURS.recipient])

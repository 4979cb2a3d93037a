"""Files encrypted for recovery keys, in the age format, which other programs open too. Read and written as a stream.

Source: the age format, version 1 (age-encryption.org/v1): each 64 KiB is authenticated, and so is the end.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage

_BEGINNING = b"age-encryption.org/v1"


class NotForThisKey(Exception):
    """The file is whole as far as can be seen, and is encrypted for other keys."""


class FileDamaged(Exception):
    """The file is cut, changed, or no backup at all."""


def write_encrypted(parts: Iterable[bytes], to: BinaryIO, recipients: Iterable[str]) -> None:
    """Encrypt what comes, for each of the recipients. Raises what the parts or the disk raise."""
    flow = _Flow(iter(parts))
    public = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    try:
        pyrage.encrypt_io(flow, to, public)
    except (pyrage.EncryptError, OSError) as error:
        raise flow.failed or error from error


@contextmanager
def reading_encrypted(path: Path, secrets: Iterable[str]) -> Iterator[BinaryIO]:
    """Give what is in the file as a stream. What was read is vouched for only once this ends without an error.

    Raises NotForThisKey, FileDamaged, OSError.
    """
    check_beginning(path)
    into, out_of = _Decrypting(path, secrets), None
    try:
        out_of = into.start()
        yield out_of
        while out_of.read(1 << 20):
            pass  # the end of the file vouches for the end of what is in it
    except BaseException:
        into.stop(out_of)
        if into.failed is not None:
            raise into.failed from None
        raise
    into.stop(out_of)
    if into.failed is not None:
        raise into.failed


def check_beginning(path: Path) -> None:
    """Raise FileDamaged for what is no such file at all, without any key."""
    with path.open("rb") as file:
        begins = file.read(len(_BEGINNING))
    if begins != _BEGINNING:
        raise FileDamaged("This file is not a backup of Kimbilio, or its beginning is damaged.")


class _Flow:
    """Parts of bytes as something that can be read from."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left = parts, b""
        self.failed: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                self._left = next(self._parts)
        except StopIteration:
            return b""
        except BaseException as error:
            self.failed = error  # the library would make a sentence of it
            raise
        now, self._left = self._left[:size], self._left[size:]
        return now


class _Decrypting:
    """A thread that decrypts into a pipe, so that whoever reads the other end reads at their own pace."""

    def __init__(self, path: Path, secrets: Iterable[str]) -> None:
        self._path = path
        self._identities = [pyrage.x25519.Identity.from_str(secret) for secret in secrets]
        self._thread: threading.Thread | None = None
        self._is_stopped = False
        self.failed: Exception | None = None

    def start(self) -> BinaryIO:
        read_end, write_end = os.pipe()
        self._thread = threading.Thread(target=self._run, args=(write_end,), daemon=True)
        self._thread.start()
        return os.fdopen(read_end, "rb")

    def stop(self, out_of: BinaryIO | None) -> None:
        self._is_stopped = True
        if out_of is not None:
            out_of.close()
        if self._thread is not None:
            self._thread.join()

    def _run(self, write_end: int) -> None:
        with suppress(BrokenPipeError), os.fdopen(write_end, "wb", buffering=1 << 16) as sink:
            try:
                with self._path.open("rb") as file:
                    pyrage.decrypt_io(file, sink, self._identities)
                sink.flush()
            except (pyrage.DecryptError, OSError) as error:
                # Whoever stopped reading has what they wanted, or failed by themselves.
                if not self._is_stopped:
                    self.failed = _in_words(error)


_DAMAGED = "This file was cut or changed since it was written, so nothing of it is used."


def _in_words(error: Exception) -> Exception:
    if "No matching keys" in str(error):
        return NotForThisKey("This recovery key does not open this file.")
    if isinstance(error, OSError) and error.errno is not None:
        return error
    return FileDamaged(_DAMAGED)

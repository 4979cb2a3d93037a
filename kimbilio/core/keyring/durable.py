"""Write a small file so that a power cut leaves the old one or the new one, never a half."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl

    @contextmanager
    def alone_in(folder: Path) -> Iterator[None]:
        """Keep others out, threads and processes, who would read and replace a small file of this folder meanwhile.

        Never within itself.
        """
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

except ImportError:  # Windows, where one must see to it oneself

    @contextmanager
    def alone_in(folder: Path) -> Iterator[None]:
        """Keep nobody out: there is no such lock here."""
        yield


def replace_durably(path: Path, content: bytes) -> None:
    """Put the content at the path, readable by its owner alone, and return once the disk has it."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)  # of an attempt that was cut short
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable. Where a platform can't open folders, it needs no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""How far imports are that this process has under way. Kept in memory alone, and only numbers.

One process serves a home (config/serving.py), so whoever asks by a later request asks the same process.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.models import BookImport, Upload

_MOST_REMEMBERED = 200
_logger = logging.getLogger("kimbilio.exchange")


@dataclass(frozen=True)
class Progress:
    """How far an import is; `import_number` once it is done, `refused` once it cannot be."""

    part: float = 0.0
    import_number: int | None = None
    refused: str = ""

    @property
    def percent(self) -> int:
        """Return it as a whole number from 0 to 100."""
        return round(self.part * 100)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.import_number is not None or bool(self.refused)


_under_way: dict[UUID, Progress] = {}
# Which file an address means, and whose it is: the file itself is gone once it was taken in.
_files: dict[str, tuple[UUID, UUID]] = {}
_lock = threading.Lock()


def progress_of(upload_id: UUID) -> Progress | None:
    """Return how far the import of a chosen file is; None where none is under way or was lately."""
    return _under_way.get(upload_id)


def progress_referred_to(by: Actor, reference: str) -> Progress | None:
    """Return how far the file of an address is; None while it lies there. NotHere for others', and unknown ones."""
    upload_id, site_id = _files.get(reference, (None, None))
    if upload_id is None or site_id is None:
        raise NotHere
    if site_id not in by.sites_where(Permission.IMPORT_BOOKS):
        raise NotHere
    return progress_of(upload_id)


@contextmanager
def watched(upload: Upload) -> Iterator[Callable[[float], None]]:
    """Let others see how far the import of a file is."""

    def tell(part: float) -> None:
        _set(upload.pk, replace(_under_way.get(upload.pk, Progress()), part=part))

    _remember(upload)
    tell(0.0)
    try:
        yield tell
    except BaseException:
        _under_way.pop(upload.pk, None)
        raise


def is_done(upload: Upload, made: BookImport) -> BookImport:
    """Let whoever asks once more be led to what came of a file."""
    _set(upload.pk, Progress(1.0, import_number=made.number))
    return made


def in_background(upload: Upload, take_in: Callable[[], BookImport]) -> None:
    """Take a file in on a thread of its own, unless that is under way already."""
    with _lock:
        now = _under_way.get(upload.pk)
        if now is not None and not now.is_over:
            return
        _remember(upload)
        _under_way[upload.pk] = Progress()
    language = translation.get_language()
    threading.Thread(target=_run, args=(upload, take_in, language), daemon=False).start()


def _run(upload: Upload, take_in: Callable[[], BookImport], language: str | None) -> None:
    try:
        with translation.override(language):
            take_in()
    except (Refused, NotHere) as why:
        _set(upload.pk, Progress(refused=str(why) or _("This file is no longer here.")))
    except Exception as fault:
        # Its kind alone: what it says may hold what stands in the book.
        _logger.error("An import failed: %s", type(fault).__name__)
        _set(upload.pk, Progress(refused=_("Something went wrong. Nothing was taken in.")))
    finally:
        connection.close()


def _remember(upload: Upload) -> None:
    while len(_files) >= _MOST_REMEMBERED:
        _files.pop(next(iter(_files)))
    _files[upload.reference] = (upload.pk, upload.site_id)


def _set(upload_id: UUID, progress: Progress) -> None:
    while len(_under_way) >= _MOST_REMEMBERED and upload_id not in _under_way:
        _under_way.pop(next(iter(_under_way)))
    _under_way[upload_id] = progress

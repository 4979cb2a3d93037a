"""What is done to data that were put back, before anybody works with them again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kimbilio.accounts import sign_ins
from kimbilio.accounts.queries import organisation_names
from kimbilio.audit.actions import record
from kimbilio.audit.anchors import AnchorsUnreadable, anchor_of, set_anchor
from kimbilio.audit.queries import newest_link
from kimbilio.core import vault
from kimbilio.safekeeping.archive import About


@dataclass(frozen=True)
class CameBack:
    """An organisation whose records came back: the entry up to which, and how many later ones are not in the backup."""

    name: str
    entries: int
    gone: int


def come_back(erase: Callable[[], int], about: About, *, ready: Path) -> tuple[list[CameBack], int]:
    """Anchor each chain where it came back to, erase again, end every sign-in, and write down that this was done.

    Returns what came back, and how many people were erased again.
    """
    names = organisation_names()
    anchored = {pk: _anchored(pk) for pk in names}
    with _anchors_in(ready):
        ends = {pk: _anchor_where_it_ends(pk) for pk in names}
        erased = erase()
        with transaction.atomic():
            sign_ins.end_everybodys()
        back = []
        for pk, name in names.items():
            gone = max(anchored[pk] - ends[pk], 0)
            _write_down(pk, {"back_to": ends[pk], "made_at": about.made_at, "gone": gone})
            back.append(CameBack(name, ends[pk], gone))
    return back, erased


def _anchored(organisation_id: UUID) -> int:
    """Return the newest entry that the home's own anchors know of; 0 where they know nothing."""
    if not (Path(settings.HOME) / "anchors.db").exists():
        return 0  # asking would make an empty file
    with suppress(AnchorsUnreadable):
        anchor = anchor_of(organisation_id)
        return anchor.seq if anchor else 0
    return 0


def _anchor_where_it_ends(organisation_id: UUID) -> int:
    seq, digest = newest_link(organisation_id)
    if seq:
        key = vault.keyring().audit_key(organisation_id)
        set_anchor(organisation_id, seq=seq, digest=digest, key=key)
    return seq


def _write_down(organisation_id: UUID, detail: dict[str, Any]) -> None:
    with transaction.atomic():
        record(organisation_id=organisation_id, actor_id=None, event="home.restored", detail=detail)


@contextmanager
def _anchors_in(folder: Path) -> Iterator[None]:
    """Have anchors written into the home that is being made ready."""
    usual, settings.HOME = settings.HOME, folder
    try:
        yield
    finally:
        settings.HOME = usual

"""Closing by somebody who is signed in, and the first start after: every stored sign-in is deleted before it serves."""

import logging
from pathlib import Path

from django.db import DatabaseError, transaction

from kimbilio.accounts import sign_ins
from kimbilio.accounts.action import note
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import organisation_names
from kimbilio.audit.actions import record
from kimbilio.core.keyring import KeyringError
from kimbilio.safekeeping.locking import is_marked_closed, mark_closed, take_mark_away

logger = logging.getLogger("kimbilio.closing")


def write_down_closing(by: Actor, home: Path) -> None:
    """Write down who closes, and mark the home. Nothing that fails here keeps anybody from closing."""
    try:
        note(by, "home.closed")
    except (DatabaseError, KeyringError) as why:
        logger.error("Closing could not be written down: %s", type(why).__name__)
    try:
        mark_closed(home)
    except OSError as why:
        logger.error("Closing could not be marked: %s", why.strerror)


def end_sign_ins_if_closed(home: Path) -> bool:
    """End every sign-in if the home was locked since it last served, and write it down; say whether it was.

    The mark goes last: killed at any moment before, the next start does it again.
    """
    if not is_marked_closed(home):
        return False
    with transaction.atomic():
        ended = sign_ins.end_everybodys()
        for organisation_id in organisation_names():
            record(
                organisation_id=organisation_id,
                actor_id=None,
                event="home.sign_ins_ended",
                detail={"sign_ins": ended},
            )
    take_mark_away(home)
    return True

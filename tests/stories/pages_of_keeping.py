"""The page of backups, and a recovery sheet."""

from tests.stories.homes import MANAGER
from tests.stories.pages import open_with_password, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=MANAGER)
def backups(v: Visitor) -> None:
    v.opens("/keeping")


@shown_to(to=MANAGER)
def backups_with_a_copy_elsewhere(v: Visitor) -> None:
    v.opens("/keeping")
    send(v, "button[value=copied]")


@shown_to(to=MANAGER, alone=True)
def before_a_recovery_sheet(v: Visitor) -> None:
    open_with_password(v, "/keeping/sheet")


@shown_to(to=MANAGER, alone=True)
def recovery_sheet(v: Visitor) -> None:
    open_with_password(v, "/keeping/sheet")
    send(v)

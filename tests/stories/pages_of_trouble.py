"""Pages for bad days and for other devices: closing, what to do, joining, passkeys."""

from tests.stories.homes import ADMINISTRATOR, DESK
from tests.stories.pages import NOBODY, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def close_on_this_machine(v: Visitor) -> None:
    v.opens("/close")


@shown_to(to=DESK)
def what_to_do(v: Visitor) -> None:
    v.opens("/trouble")


@shown_to(to=NOBODY)
def what_to_do_for_a_stranger(v: Visitor) -> None:
    v.opens("/trouble")


@shown_to(to=DESK)
def join_where_this_machine_alone_is_served(v: Visitor) -> None:
    v.opens("/join")


@shown_to(to=ADMINISTRATOR, at="office")
def passkeys(v: Visitor) -> None:
    v.opens("/account/passkeys")


@shown_to(to=NOBODY)
def sign_in_with_a_passkey_by_number(v: Visitor) -> None:
    v.opens("/sign-in")
    send(v, "form[action$='/passkey'] button")

"""The pages of a person's rights, and what the manager answers for."""

from tests.stories.homes import DESK, MANAGER
from tests.stories.pages import fill, open_with_password, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def rights_of_a_person(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights")


@shown_to(to=DESK)
def copy_of_a_record(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights/copy")


@shown_to(to=DESK)
def copy_of_a_record_with_a_mistake(v: Visitor) -> None:
    copy_of_a_record(v)
    send(v)


@shown_to(to=DESK)
def who_looked_at_a_record(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights/looked")


@shown_to(to=DESK)
def nothing_told_to_others(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody_joined}/rights/told")


@shown_to(to=DESK)
def note_what_was_told(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights/told/new")


@shown_to(to=DESK)
def note_what_was_told_with_mistakes(v: Visitor) -> None:
    note_what_was_told(v)
    fill(v, what="", occurred_on="")
    send(v)


@shown_to(to=DESK)
def words_of_ones_own(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights/words")


@shown_to(to=DESK)
def asks_to_be_forgotten(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody}/rights/end")


@shown_to(to=MANAGER)
def peoples_rights(v: Visitor) -> None:
    v.opens("/rights")


@shown_to(to=MANAGER)
def told_to_others(v: Visitor) -> None:
    v.opens("/rights/told")


@shown_to(to=MANAGER)
def how_long_things_are_kept(v: Visitor) -> None:
    v.opens("/rights/kept")


@shown_to(to=MANAGER)
def period_of_a_kind(v: Visitor) -> None:
    v.opens("/rights/kept/names")


@shown_to(to=MANAGER)
def period_of_a_kind_with_what_would_go(v: Visitor) -> None:
    period_of_a_kind(v)
    fill(v, months="24")
    send(v, "button[value=look]")


@shown_to(to=MANAGER, alone=True)
def forget_a_person(v: Visitor) -> None:
    open_with_password(v, f"/p/{v.home.somebody}/rights/end")

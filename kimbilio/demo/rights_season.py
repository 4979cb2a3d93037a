"""What people of the season ask for by their rights, and what was told about one of them."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.people.models import Client
from kimbilio.privacy.actions import (
    NewDisclosure,
    amend_told,
    ask_to_be_forgotten,
    note_disagreement,
    note_told,
)
from kimbilio.privacy.choices import Ground, ToldWhom, WhyForgotten


def make_rights_season(*, by: Actor, clients: Sequence[Client]) -> None:
    """Have one person ask to be forgotten, another disagree, and a court be told of a third, amended once."""
    asks, disagrees, told_of = clients[3], clients[7], clients[11]
    ask_to_be_forgotten(by=by, client=asks, why=WhyForgotten.WITHDREW)
    note_disagreement(by=by, client=disagrees, text="Sikuja siku hiyo: nilikuwa Murang'a kwa shangazi.")
    on = timezone.localdate() - timedelta(days=6)
    new = NewDisclosure(
        ToldWhom.COURT, Ground.COURT_ORDER, "Siku tano za kliniki, Mei.", on, whom="Kiambu, faili 114"
    )
    wrong = note_told(by=by, client=told_of, told=new)
    right = NewDisclosure(
        ToldWhom.COURT, Ground.COURT_ORDER, "Siku nne za kliniki, Mei.", on, whom="Kiambu, faili 114"
    )
    amend_told(by=by, disclosure=wrong, told=right)

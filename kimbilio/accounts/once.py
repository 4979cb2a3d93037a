"""Doing a thing once, however often the same form arrives: after a double tap, a lost answer or a kill."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Receipt

Made = TypeVar("Made", bound=models.Model)


def once(by: Actor, token: UUID, do: Callable[[], Made]) -> Made:
    """Do the thing and return what it made; for a token seen before, return what it made then.

    `token` is random and comes hidden in the form. The receipt is written in the transaction of the
    thing itself, so there is never the one without the other.
    """
    try:
        with transaction.atomic():
            earlier = _made_earlier(by, token)
            return earlier if earlier is not None else _do_with_receipt(by, token, do)  # type: ignore[return-value]  # as below
    except IntegrityError:
        # Two of the same form at the same moment: the other one won, and what it made is the answer.
        earlier = _made_earlier(by, token)
        if earlier is None:
            raise
        return earlier  # type: ignore[return-value]  # the same form makes the same kind of thing


def _do_with_receipt(by: Actor, token: UUID, do: Callable[[], Made]) -> Made:
    made = do()
    Receipt.objects.create(
        organisation_id=by.organisation_id, token=token, record_kind=made._meta.label_lower, record_id=made.pk
    )
    return made


def _made_earlier(by: Actor, token: UUID) -> models.Model | None:
    receipts = Receipt.objects.filter(organisation=by.organisation_id, token=token)
    for kind, record_id in receipts.values_list("record_kind", "record_id"):
        return apps.get_model(kind)._default_manager.get(pk=record_id)
    return None

"""Whoever asked to be forgotten and changed their mind while the page stood open is not forgotten by it."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.core.references import reference_to
from kimbilio.people.models import Client
from kimbilio.privacy.models import Erasure
from tests.programme import PASSWORD, Programme, actor_with, person


@pytest.fixture
def client(programme: Programme) -> Client:
    return person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)


def of(name: str, client: Client, *more: str) -> str:
    return reverse(name, args=[client.code, *more])


def test_a_request_that_was_taken_back_meanwhile_is_not_carried_out(sign_in: Any, client: Client) -> None:
    desk, manager = sign_in(Role.DESK_OFFICER), sign_in(Role.PROGRAMME_MANAGER)
    address = of("rights_forget", client)
    desk.post(address, {"why": "asked", "token": str(uuid4())})
    asked = Erasure.objects.get()
    manager.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    shown = manager.get(address).content.decode()
    assert f'value="{asked.pk}"' in shown
    desk.post(of("rights_withdraw", client, reference_to(asked)))
    typed = {"why": "asked", "explained": "on", "asked": str(asked.pk), "token": str(uuid4())}
    refused = manager.post(address, typed)
    assert refused.status_code == 403
    assert "they no longer ask to be forgotten" in refused.content.decode()
    assert not Client.objects.get(pk=client.pk).forgotten_at
    del typed["asked"]
    assert manager.post(address, typed).status_code == 302, "of one's own accord it can still be done"

"""The password typed once more before what is most sensitive: a sign-in of a moment ago does not count.

Source: OWASP ASVS 5.0, 7.5.3.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kimbilio.accounts.request import Request

View = Callable[..., HttpResponse]


def password_again(view: View) -> View:
    """Ask for the password before this page, where it was not typed again within the last minutes, and lead back.

    What a form had sent is not kept: such a page asks before it shows its form.
    """

    @wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if was_typed_again(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")

    return asked


def was_typed_again(request: Request) -> bool:
    """Tell whether the password was typed again in this sign-in within the last minutes."""
    records = get_authentication_records(request, request.user)
    again = [record["at"] for record in records if record.get("reauthenticated")]
    return any(0 <= time.time() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for at in again)

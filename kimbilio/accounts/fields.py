"""What is asked at every sign-in, and how it is read: a password, a code, a passkey that a browser shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts import passwords

# Many times what a device sends of a passkey.
_MOST_OF_A_CREDENTIAL = 20_000


class PasswordField(forms.CharField):
    """A password, taken whole: spaces count, and a letter is the same letter on every keyboard."""

    def __init__(self, *, known: bool = True, **kwargs: Any) -> None:
        attributes = {"autocomplete": "current-password" if known else "new-password"}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the password as it is kept."""
        return passwords.normalised(super().to_python(value) or "")


class CodeField(forms.CharField):
    """Six digits from a phone, or a recovery code."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        super().__init__(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)


class CredentialField(forms.JSONField):
    """What a browser sends of a passkey; None where it sends nothing that could be one, too much, or too deep."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def to_python(self, value: Any) -> Any:
        """Return what the browser told of the passkey."""
        if isinstance(value, str) and len(value) > _MOST_OF_A_CREDENTIAL:
            return None
        try:
            return super().to_python(value)
        except RecursionError:
            return None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return nothing: what was no passkey is not sent back with the page."""
        return None

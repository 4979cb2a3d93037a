"""What is typed to sign in and to look after sign-ins, and how it is explained when wrong."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts import passkeys, passwords, second_factor
from kimbilio.accounts.fields import CodeField, CredentialField, PasswordField
from kimbilio.accounts.limits import note_refused
from kimbilio.accounts.models import Staff
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Role
from kimbilio.core.forms import Form

_USERNAME_HINT = _("Small letters, digits, dots and dashes, such as w.kamau. It is typed at every sign-in.")


class SignInForm(Form, LoginForm):
    """A name and a password."""

    password = PasswordField(label=_("Password"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Sign-in name")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class SecondStepForm(Form, AuthenticateForm):
    """The code that the phone shows, at sign-in."""

    code = CodeField()

    def clean_code(self) -> str:
        """Refuse a code that let somebody in already: whoever looked on may have it."""
        code: str = super().clean_code()
        if not second_factor.is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note_refused(self.user.username, how="second step")


class SecondStepSetUpForm(Form, ActivateTOTPForm):
    """The first code of a phone. allauth would keep the secret readable in the stored sign-in; this keeps it sealed."""

    code = CodeField()

    def __init__(self, *args: Any, user: Staff, request: Request, **kwargs: Any) -> None:
        self.user = user
        super(ActivateTOTPForm, self).__init__(*args, **kwargs)
        self.secret = second_factor.secret_on_offer(request)


class NewPasskeyForm(Form):
    """A passkey that the device has made, and what its owner calls it."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=40,
        required=False,
        help_text=_("So that you know it again, such as: phone, or key on my ring."),
    )
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        """Refuse what is not the passkey that was asked for."""
        typed = super().clean() or {}
        if not passkeys.was_made(typed.get("credential")):
            raise forms.ValidationError(
                _("No passkey was made. Try again, on a device that has a lock of its own.")
            )
        typed["name"] = typed.get("name") or str(_("Passkey"))
        return typed


class PasskeyNameForm(Form):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=40)


class PasskeyForm(Form):
    """A passkey that is shown: by this person as their second step, or by whoever it belongs to."""

    credential = CredentialField()

    def __init__(self, *args: Any, user: Staff | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Refuse one that is nobody's, or not this person's; each refusal is counted and written down."""
        typed = super().clean() or {}
        self.passkey = passkeys.accepted(self.user, typed.get("credential"))
        if self.passkey is None:
            raise forms.ValidationError(
                _("This passkey was not taken. Try again, or sign in with your password.")
            )
        return typed

    def save(self) -> None:
        """Count it as the second step of this sign-in."""
        post_authentication(context.request, self.passkey)


class NewRecoveryCodesForm(Form, GenerateRecoveryCodesForm):
    """Nothing to type: the button alone."""


class AgainForm(Form, ReauthenticateForm):
    """One's password once more, before a change to one's own sign-in."""

    password = PasswordField(label=_("Your password"))


class UnlockForm(Form, ReauthenticateForm):
    """One's password, after the page was put away. Its field is named so that no page's own form can hold it."""

    prefix = "unlock"
    password = PasswordField(label=_("Your password"))


class NewPasswordForm(Form):
    """A new password, twice."""

    password1 = PasswordField(label=_("New password"), help_text=passwords.HELP, known=False)
    password2 = PasswordField(label=_("The new password again"), known=False)

    def names(self) -> list[str]:
        """Return the words that others would try first for this person."""
        return []

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ, and one that is easy to guess."""
        typed = super().clean() or {}
        first, second = typed.get("password1"), typed.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        for fault in passwords.faults(first, self.names()) if first else []:
            self.add_error("password1", fault)
        return typed


class ChangePasswordForm(NewPasswordForm):
    """The old password, and a new one twice."""

    field_order = ["password", "password1", "password2"]
    password = PasswordField(label=_("Your password now"))

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def names(self) -> list[str]:
        """Return this person's own names."""
        return passwords.names_of(self.staff)

    def clean_password(self) -> str:
        """Refuse a wrong password; each wrong one counts towards the limit."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.staff, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ResetForm(NewPasswordForm):
    """A manager's one-time code, and a new password twice."""

    field_order = ["username", "code", "password1", "password2"]
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Sixteen letters and digits. Small letters and missing dashes do no harm."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
    )

    def names(self) -> list[str]:
        """Return the sign-in name as typed."""
        return [self.cleaned_data.get("username", "")]


class OwnNameForm(Form):
    """The name that colleagues see."""

    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=80)


class RoleForm(Form):
    """A role, and the site where it is held."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: Any, sites: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("role", [(role.value, role.label) for role in roles])
        self._offer("site", [(site.name, site.name) for site in sites])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class NewStaffForm(RoleForm):
    """Somebody who starts to work here."""

    field_order = ["display_name", "username", "role", "site"]
    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=80)
    username = forms.CharField(label=_("Sign-in name"), max_length=60, help_text=_USERNAME_HINT)

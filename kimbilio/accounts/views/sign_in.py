"""Signing in and out, the second step, a new password by code, and the locked page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import consume
from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kimbilio.accounts import passkeys, second_factor, sign_ins
from kimbilio.accounts.actions import set_password_with_code
from kimbilio.accounts.entry import entry
from kimbilio.accounts.forms import AgainForm, PasskeyForm, ResetForm, SecondStepForm, SignInForm
from kimbilio.accounts.idle import locked_page
from kimbilio.accounts.limits import limit_of
from kimbilio.accounts.request import Request
from kimbilio.core.refusals import NotHere, Refused

View = Callable[..., HttpResponse]


class _SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm


class _SignOut(LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out, and have the browser forget the pages it kept."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class _SecondStep(AuthenticateView):
    template_name = "accounts/second_step.html"

    def _build_forms(self) -> SecondStepForm | PasskeyForm | None:
        """Take a code, or one of this person's passkeys."""
        user, posted = self.stage.login.user, self.request.POST if self.request.method == "POST" else None
        by_passkey = posted is not None and "credential" in posted and "code" not in posted
        # The page's own part for passkeys is ours: what allauth would add to the page is not used.
        self.webauthn_form = None
        self.auth_form = SecondStepForm(None if by_passkey else posted, user=user)
        self.passkey_form = PasskeyForm(posted if by_passkey else None, user=user)
        return None if posted is None else self.passkey_form if by_passkey else self.auth_form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the browser needs to show a passkey, where this person has one and this page can take it."""
        user, page = self.stage.login.user, super().get_context_data(**kwargs)
        has_passkey = bool(passkeys.passkeys_of(user))
        usable = has_passkey and passkeys.can_be_used(self.request)
        return {
            **page,
            "passkey_form": self.passkey_form,
            "options": passkeys.to_show_one(user) if usable else "",
            "passkey_elsewhere": has_passkey and not usable,
            "has_code_app": second_factor.has_code_app(user),
        }


class _Again(ReauthenticateView):
    template_name = "accounts/again.html"
    form_class = AgainForm

    def form_valid(self, form: AgainForm) -> HttpResponse:
        """Go on under a new key: whoever had the old one has nothing."""
        response: HttpResponse = super().form_valid(form)
        sign_ins.renew_key(self.request)
        return response


sign_in = entry.anyone(methods="GET POST")(_SignIn.as_view())
sign_out = entry.anyone(methods="POST")(_SignOut.as_view())
second_step = entry.anyone(methods="GET POST")(_SecondStep.as_view())
again = entry.signed_in(methods="GET POST", before_second_factor=True)(_Again.as_view())


def password_first(back_to: str) -> Callable[[View], View]:
    """Ask for the password once more, where allauth wants it, and lead back to this page.

    allauth would keep what was posted, readable, in the stored sign-in.
    """

    def make(view: View) -> View:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except ReauthenticationRequired:
                return redirect(
                    f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse(back_to)})}"
                )

        return asked

    return make


@entry.anyone(methods="POST")
def sign_in_with_passkey(request: Request) -> HttpResponse:
    """Ask for a passkey; once it is shown, sign in: the device has asked who its owner is, so nothing else is."""
    if not consume(request, app="allauth.mfa", action="webauthn_login"):
        return render(request, "429.html", status=429)
    asked = "credential" in request.POST
    form = PasskeyForm(request.POST if asked else None)
    if asked and form.is_valid() and form.passkey:
        return passkeys.sign_in_by(request, form.passkey)
    options = passkeys.to_show_one() if passkeys.can_be_used(request) else ""
    return render(request, "accounts/passkey_sign_in.html", {"form": form, "options": options})


@entry.anyone(methods="GET POST")
def reset(request: Request) -> HttpResponse:
    """Set a new password with a manager's one-time code."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_try(request, form):
        typed = form.cleaned_data
        try:
            set_password_with_code(
                username=typed["username"], code=typed["code"], password=typed["password1"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your new password is set. Sign in with it."))
            return redirect("account_login")
    return render(request, "accounts/reset.html", {"form": form})


def _may_try(request: Request, form: ResetForm) -> bool:
    """Say whether one more code may be tried for this name and from this computer."""
    key = limit_of(form.cleaned_data["username"])
    if ratelimit.consume(request, action="reset_password", key=key):
        return True
    form.add_error(None, _("Too many tries. Wait a few minutes and try again."))
    return False


@entry.signed_in(methods="GET POST", before_second_factor=True)
def locked(request: Request) -> HttpResponse:
    """Lock this sign-in now. The script comes here when nobody has touched the page for a while."""
    return locked_page(request)


@entry.anyone(methods="GET POST")
def not_here(request: Request) -> HttpResponse:
    """Answer for the pages of allauth that we do not have."""
    raise NotHere

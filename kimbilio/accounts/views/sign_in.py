"""Signing in and out, the second step, a new password by code, and the locked page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kimbilio.accounts.actions import set_password_with_code
from kimbilio.accounts.entry import entry
from kimbilio.accounts.forms import AgainForm, ResetForm, SecondStepForm, SignInForm
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
        response["Clear-Site-Data"] = '"cache"'
        return response


class _SecondStep(AuthenticateView):
    template_name = "accounts/second_step.html"

    def _build_forms(self) -> SecondStepForm | None:
        """Offer codes alone: allauth would also look for a security key."""
        user, self.webauthn_form = self.stage.login.user, None
        posted = SecondStepForm(self.request.POST, user=user) if self.request.method == "POST" else None
        self.auth_form = posted or SecondStepForm(user=user)
        return posted


class _Again(ReauthenticateView):
    template_name = "accounts/again.html"
    form_class = AgainForm


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

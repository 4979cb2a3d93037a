"""One's own sign-in: name, language, site, password, second step, and where one is signed in."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts import actions, passkeys, second_factor, sign_ins
from kimbilio.accounts.entry import choose_site, entry
from kimbilio.accounts.forms import ChangePasswordForm, NewRecoveryCodesForm, OwnNameForm, SecondStepSetUpForm
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.language import is_offered, remember_language
from kimbilio.accounts.own_pages import own_page
from kimbilio.accounts.request import Request
from kimbilio.accounts.views.sign_in import password_first
from kimbilio.core.refusals import NotHere


@entry.signed_in(methods="GET POST")
def account(request: Request) -> HttpResponse:
    """Show one's own sign-in, and change the name that colleagues see."""
    name = {"display_name": request.user.display_name}
    form = OwnNameForm(request.POST or None, initial=draft_or_none(request) or name)
    if request.method == "POST" and form.is_valid():
        actions.change_own_name(by=request.actor, staff=request.user, **form.cleaned_data)
        messages.success(request, _("Your name is changed."))
        return redirect("account")
    return render(request, "accounts/account.html", _account_page(request, form))


def _account_page(request: Request, form: OwnNameForm) -> dict[str, Any]:
    return {
        "staff": request.user,
        "form": form,
        "roles": [
            {"role": role.label, "site": site.name}
            for site in request.sites
            for role in sorted(request.actor.roles[site.pk])
        ],
        "sites": [
            {"id": site.name, "name": site.name, "current": site == request.site} for site in request.sites
        ],
        "site_url": reverse("site"),
        "password_url": reverse("account_change_password"),
        "second_step": _second_step(request),
        "open_sign_ins": [
            _open_sign_in(request, session) for session in sign_ins.open_sign_ins(request.user)
        ],
        "end_others_url": reverse("end_other_sign_ins"),
        "history": [
            {
                "when": event.recorded_at,
                "what": sign_ins.in_words(event),
                "failed": event.event == "sign_in_refused",
            }
            for event in sign_ins.history(request.user)
        ],
    }


def _second_step(request: Request) -> dict[str, Any]:
    return {
        "on": second_factor.is_set_up(request.user),
        "has_code_app": second_factor.has_code_app(request.user),
        "passkeys": len(passkeys.passkeys_of(request.user)),
        "passkeys_url": reverse("passkeys"),
        "asked": second_factor.is_asked_of(request.actor),
        "url": reverse("mfa_activate_totp"),
        "codes_left": second_factor.recovery_codes_left(request.user),
        "codes_url": reverse("mfa_view_recovery_codes"),
        "another_phone_url": reverse("mfa_deactivate_totp"),
    }


def _open_sign_in(request: Request, session: Any) -> dict[str, Any]:
    is_this = session.session_key == request.session.session_key
    return {
        "when": session.created_at,
        "from": sign_ins.browser_of(session.user_agent) or session.ip,
        "current": is_this,
        "end_url": None if is_this else reverse("end_sign_in", args=[session.pk]),
    }


@entry.signed_in(methods="POST")
@password_first("account")
def end_sign_in(request: Request, number: int) -> HttpResponse:
    """End one of one's open sign-ins."""
    session = sign_ins.open_sign_in(request.user, number)
    second_factor.require_fresh_sign_in(request)
    actions.end_own_sign_in(by=request.actor, session=session)
    return redirect("account")


@entry.signed_in(methods="POST")
@password_first("account")
def end_other_sign_ins(request: Request) -> HttpResponse:
    """End every open sign-in of one's own but this one."""
    second_factor.require_fresh_sign_in(request)
    actions.end_own_other_sign_ins(by=request.actor, request=request)
    return redirect("account")


@entry.signed_in(methods="GET POST")
def password(request: Request) -> HttpResponse:
    """Change one's password."""
    form = ChangePasswordForm(request.POST or None, staff=request.user)
    if request.method == "POST" and form.is_valid():
        actions.set_own_password(by=request.actor, request=request, password=form.cleaned_data["password1"])
        messages.success(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("account")
    return render(request, "accounts/password.html", {"form": form})


class _SetUp(ActivateTOTPView):
    template_name = "accounts/second_step_set_up.html"
    form_class = SecondStepSetUpForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the request, whose sign-in keeps the secret sealed."""
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret as it is typed by hand, and whether one's role asks for it."""
        page: dict[str, Any] = super().get_context_data(**kwargs)
        secret = second_factor.in_fours(page["form"].secret)
        return {**page, "secret": secret, "asked": second_factor.is_asked_of(self.request.actor)}

    def form_valid(self, form: SecondStepSetUpForm) -> HttpResponse:
        """Turn it on, and show the recovery codes."""
        actions.set_up_second_factor(by=self.request.actor, request=self.request, form=form)
        return redirect("mfa_view_recovery_codes")


class _RecoveryCodes(ViewRecoveryCodesView):
    template_name = "accounts/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the codes once, when they are new; after that only how many are left."""
        page: dict[str, Any] = super().get_context_data(**kwargs)
        codes = page["unused_codes"]
        return {
            "unused_codes": codes if page["can_view_codes"] else [],
            "codes_left": len(codes),
            "new_codes_url": reverse("mfa_generate_recovery_codes"),
            "done_url": reverse("account"),
        }


class _NewRecoveryCodes(GenerateRecoveryCodesView):
    form_class = NewRecoveryCodesForm

    def form_valid(self, form: NewRecoveryCodesForm) -> HttpResponse:
        """Make new codes and show them."""
        actions.make_recovery_codes(by=self.request.actor, request=self.request)
        return redirect("mfa_view_recovery_codes")

    def form_invalid(self, form: NewRecoveryCodesForm) -> HttpResponse:
        """Lead back: without a second step there is nothing to recover."""
        return redirect("account")


set_up_second_step = entry.signed_in(methods="GET POST", before_second_factor=True)(
    password_first("mfa_activate_totp")(_SetUp.as_view())
)
recovery_codes = entry.signed_in()(password_first("mfa_view_recovery_codes")(_RecoveryCodes.as_view()))
new_recovery_codes = entry.signed_in(methods="POST")(
    password_first("mfa_view_recovery_codes")(_NewRecoveryCodes.as_view())
)


@entry.signed_in(methods="GET POST", before_second_factor=True)
@password_first("account")
def another_phone(request: Request) -> HttpResponse:
    """Take off one's second step, to set it up on another phone. allauth leads here when it is on already."""
    if request.method != "POST":
        return redirect("account")
    second_factor.require_fresh_sign_in(request)
    actions.remove_own_second_factor(by=request.actor, staff=request.user)
    return redirect("mfa_activate_totp")


@entry.signed_in(methods="POST")
def site(request: Request) -> HttpResponse:
    """Work at another of one's sites from now on."""
    chosen = next((site for site in request.sites if site.name == request.POST.get("site")), None)
    if chosen is None:
        raise NotHere
    choose_site(request, chosen.pk)
    return redirect(own_page(request.POST.get("next", "")))


@entry.anyone(methods="POST")
def language(request: Request) -> HttpResponse:
    """Read on in another language, here and at the next sign-in."""
    chosen = request.POST.get("language", "")
    if not is_offered(chosen):
        raise NotHere
    if request.actor is not None:
        actions.choose_language(staff=request.user, language=chosen)
    response = redirect(own_page(request.POST.get("next", "")))
    remember_language(response, chosen)
    return response

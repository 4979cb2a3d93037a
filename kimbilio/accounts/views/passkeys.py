"""One's own passkeys: added on the device that keeps them, renamed, and taken off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts import actions
from kimbilio.accounts import passkeys as kept
from kimbilio.accounts.entry import entry
from kimbilio.accounts.forms import NewPasskeyForm, PasskeyNameForm
from kimbilio.accounts.request import Request
from kimbilio.accounts.views.sign_in import password_first


@entry.signed_in(before_second_factor=True)
def passkeys(request: Request) -> HttpResponse:
    """List one's passkeys."""
    rows = [
        {
            "name": passkey.wrap().name,
            "made": passkey.created_at,
            "used": passkey.last_used_at,
            "rename_url": reverse("rename_passkey", args=[passkey.pk]),
            "remove_url": reverse("remove_passkey", args=[passkey.pk]),
        }
        for passkey in kept.passkeys_of(request.user)
    ]
    page = {"rows": rows, "usable": kept.can_be_used(request), "new_url": reverse("new_passkey")}
    return render(request, "accounts/passkeys.html", page)


@entry.signed_in(methods="POST", before_second_factor=True)
@password_first("passkeys")
def new_passkey(request: Request) -> HttpResponse:
    """Ask the device for a passkey; once it is made, keep it."""
    if not kept.can_be_used(request):
        return redirect("passkeys")
    asked = "credential" in request.POST
    form = NewPasskeyForm(request.POST if asked else None)
    if asked and form.is_valid():
        has_codes = actions.add_own_passkey(by=request.actor, request=request, **form.cleaned_data)
        messages.success(request, _("The passkey is added. You are signed out everywhere else."))
        return redirect("mfa_view_recovery_codes" if has_codes else "passkeys")
    page = {"form": form, "options": kept.to_make_one(request), "back_url": reverse("passkeys")}
    return render(request, "accounts/new_passkey.html", page)


@entry.signed_in(methods="GET POST")
def rename_passkey(request: Request, passkey: int) -> HttpResponse:
    """Call a passkey otherwise."""
    name = kept.passkey_of(request.user, passkey).wrap().name
    form = PasskeyNameForm(request.POST or None, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        actions.rename_own_passkey(by=request.actor, request=request, number=passkey, **form.cleaned_data)
        return redirect("passkeys")
    words = {"heading": name, "back_url": reverse("passkeys"), "back_words": _("Passkeys")}
    return render(request, "core/one_form.html", {"form": form, **words})


@entry.signed_in(methods="POST")
@password_first("passkeys")
def remove_passkey(request: Request, passkey: int) -> HttpResponse:
    """Take a passkey off."""
    actions.remove_own_passkey(by=request.actor, request=request, number=passkey)
    messages.success(request, _("The passkey opens nothing any more."))
    return redirect("passkeys")

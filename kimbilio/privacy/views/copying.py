"""A person is handed what is held of them. Nothing of it is kept on this machine."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.people.queries import client_by_code
from kimbilio.privacy.actions import give_copy, show_looks
from kimbilio.privacy.forms import CopyForm
from kimbilio.privacy.record import as_file, pdf_of
from kimbilio.privacy.showing import heading_of

_TYPES = {"pdf": "application/pdf", "json": "application/json"}


@entry(Permission.USE_RIGHTS, methods="GET POST")
def copy(request: Request, code: str) -> HttpResponse:
    """Ask whether it is made sure whose record it is, and give it as a PDF to read or a file for another programme."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    form = CopyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "privacy/copy.html", heading_of(client) | {"form": form})
    kind = form.cleaned_data["kind"]
    # All of it is read in their language: what an answer or a kind is called, as well as what is said around it.
    with translation.override(form.cleaned_data["language"]):
        record, looks = give_copy(by=request.actor, client=client)
        content = pdf_of(record, looks) if kind == "pdf" else as_file(record, looks)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="copy.{kind}"'
    return response


@entry(Permission.USE_RIGHTS)
def looked(request: Request, code: str) -> HttpResponse:
    """Show who looked at a person's record, to be printed for them."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    days = show_looks(by=request.actor, client=client)
    return render(request, "privacy/looked.html", heading_of(client) | {"days": days})

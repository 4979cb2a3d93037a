"""Addresses with the mistakes that the matrix is there to find. Only tests ever put them in force."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Staff
from kimbilio.accounts.roles import Permission
from kimbilio.identity.models import PersonalDetails
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code


@entry(Permission.OPEN_PERSON)
def forgets_to_scope(request: HttpRequest, code: str) -> HttpResponse:
    """Show a person, wherever they are known."""
    return HttpResponse(Client.objects.get(code=code).sex)


@entry(Permission.FIND_PERSON)
def shows_names(request: HttpRequest, code: str) -> HttpResponse:
    """Show names to everybody who may open a page."""
    client = client_by_code(request.actor, code)
    return HttpResponse(PersonalDetails.objects.get(client=client).first)


@entry.signed_in()
def breaks(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise LookupError("nothing there")


@entry.signed_in(methods="GET")
def changes_by_looking(request: HttpRequest) -> HttpResponse:
    """Change something although nothing was posted."""
    Staff.objects.filter(pk=request.user.pk).update(display_name="Somebody")
    return HttpResponse()


@entry.signed_in(methods="GET POST")
def takes_head_for_a_form(request: HttpRequest) -> HttpResponse:
    """Take whatever is not GET for a form that was sent."""
    if request.method == "GET":
        return HttpResponse()
    Staff.objects.filter(pk=request.user.pk).update(display_name="Somebody")
    return HttpResponse(status=201)


@entry.anyone()
def says_too_much(request: HttpRequest) -> HttpResponse:
    """Show a title that stays in the browser's history."""
    return HttpResponse("<title>Methadone today</title>")


def silent(request: HttpRequest) -> HttpResponse:
    """Say nothing of who may enter."""
    return HttpResponse()


urlpatterns = [
    path("", include("kimbilio.config.urls")),
    path("forgets-to-scope/<slug:code>", forgets_to_scope),
    path("shows-names/<slug:code>", shows_names),
    path("breaks", breaks),
    path("changes-by-looking", changes_by_looking),
    path("takes-head-for-a-form", takes_head_for_a_form),
    path("says-too-much", says_too_much),
    path("silent", silent),
]

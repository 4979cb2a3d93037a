"""A person's sign-ins: those that are open, what was written down of them, and how they are ended."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Staff
from kimbilio.accounts.request import Request
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import events_by
from kimbilio.core.refusals import NotHere

_WORDS = {
    "sign_in": _("Signed in"),
    "sign_in_refused": _("Not let in"),
    "sign_in.ended": _("Signed out elsewhere"),
    "sign_out": _("Signed out"),
    "account.locked": _("Locked"),
    "account.unlocked": _("Unlocked"),
    "password.set": _("New password"),
    "second_factor.set": _("Second step set up"),
    "second_factor.removed": _("Second step taken off"),
    "second_factor.passkey_added": _("Passkey added"),
    "second_factor.passkey_removed": _("Passkey taken off"),
    "second_factor.codes_made": _("New recovery codes"),
}
_SHOWN = 30

# What a browser calls itself, most telling first: nearly every one also claims to be Chrome and Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def open_sign_ins(staff: Staff) -> list[UserSession]:
    """Return this person's open sign-ins, newest first. One query; those that ran out go at the next sign-in."""
    standing = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user=staff, session_key__in=standing).order_by("-created_at"))


def open_sign_in(staff: Staff, number: int) -> UserSession:
    """Return one of this person's open sign-ins; NotHere for any other."""
    session = UserSession.objects.filter(user=staff, pk=number).first()
    if session is None:
        raise NotHere
    return session


def history(staff: Staff) -> list[AuditEvent]:
    """Return what was last written down about this person's signing in, newest first."""
    return list(events_by(staff.organisation_id, staff.pk, list(_WORDS))[:_SHOWN])


def in_words(event: AuditEvent) -> str:
    """Return what happened, as its own person reads it."""
    return str(_WORDS[event.event])


def end_all(staff: Staff, *, but: str | None = None) -> None:
    """End every open sign-in of this person's at once, but the one with this session key."""
    for session in UserSession.objects.filter(user=staff).exclude(session_key=but or ""):
        session.end()


def end_everybodys() -> int:
    """End every open sign-in of everybody at once; return how many there were."""
    UserSession.objects.all().delete()
    return Session.objects.all().delete()[0]


def renew_key(request: Request) -> None:
    """Go on with this sign-in under a new key, as after every proof of who sits here. The old one opens nothing."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def browser_of(user_agent: str) -> str:
    """Return the browser and the device in words a person knows, such as 'Firefox, Windows'."""
    found = [
        next((name for sign, name in names if sign in user_agent), "") for names in (_BROWSERS, _DEVICES)
    ]
    return ", ".join(name for name in found if name)


def forget_ended() -> None:
    """Delete stored sign-ins that have run out."""
    call_command("clearsessions", verbosity=0)

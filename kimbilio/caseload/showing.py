"""How who opened whom is told."""

from kimbilio.audit.choices import Event, words_for
from kimbilio.audit.models import AuditEvent
from kimbilio.caseload.choices import words_for_why


def in_words(entry: AuditEvent) -> str:
    """Return what was done in words; where a person was opened outside one's own work, with the reason."""
    if entry.event == Event.PERSON_OPENED_OUTSIDE:
        return f"{words_for(entry.event)}: {words_for_why(entry.detail.get('why'))}"
    return words_for(entry.event)

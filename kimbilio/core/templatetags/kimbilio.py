"""The few tags our templates use: an icon, a card code, a moment, a form's problems."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.defaultfilters import date as in_words
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kimbilio.core.forms import problems
from kimbilio.core.icons import ICONS

register = template.Library()

CODE_LENGTH = 7
CODE_BREAK = 3


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our own drawings, said to nobody: the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308  (our own constant, never anything typed)
    )


@register.filter
def code(text: str) -> str:
    """A card code as it is printed and read aloud: K7M49RW becomes K7M-49RW; any other text stays as it is."""
    plain = str(text)
    if len(plain) == CODE_LENGTH and plain.isalnum():
        return f"{plain[:CODE_BREAK]}-{plain[CODE_BREAK:]}"
    return plain


@register.simple_tag
def moment(when: date | datetime | str | None) -> str:
    """A day, or a day with its time in numerals (07:00, never 'saa moja'), in the page's language and our time zone."""
    if isinstance(when, datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        words = in_words(local, "j F Y, H:i")
        return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)
    if isinstance(when, date):
        return format_html('<time datetime="{}">{}</time>', when.isoformat(), in_words(when, "j F Y"))
    return when or ""


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """What needs putting right on this page, each with a link to its field; nothing when nothing does."""
    return {"problems": [problem for form in forms if form for problem in problems(form)]}

"""The tags of reports: where a number opens to its records, and how a number is written."""

from django import template

from kimbilio.reports.addresses import records_url
from kimbilio.reports.figures import Figure
from kimbilio.reports.wording import number

register = template.Library()


@register.simple_tag
def records_behind(figure: Figure, month: str, place_query: str) -> str:
    """The address of the records behind a figure."""
    return records_url(figure.code, figure.split, month, place_query)


@register.filter
def thousands(value: int) -> str:
    """A number with its thousands parted, the same in both languages: 2,054."""
    return number(value)

"""The fields by which pieces of a batch are written down: how many, the maker's number, until when they are good."""

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import NumberField
from kimbilio.core.references import reference_to
from kimbilio.stock.models import Item

MOST = 1_000_000


def number_field(label: Any, *, most: int = MOST, **more: Any) -> forms.IntegerField:
    """Return a field for a number, empty unless something else is said."""
    wrong = _("Type a number in numerals, such as 144.")
    more.setdefault("required", False)
    return NumberField(
        label=label,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "class": "short"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": _("This is too high a number.")},
        **more,
    )


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _names(item: Item) -> tuple[str, str, str]:
    reference = reference_to(item)
    return f"n-{reference}-new", f"b-{reference}", f"e-{reference}"


def new_batch_fields(item: Item) -> dict[str, forms.Field]:
    """Return the three fields of an item, by their names."""
    pieces, number, expires = _names(item)
    return {
        pieces: number_field(f"{item.title}, {gettext('how many')}"),
        number: forms.CharField(
            label=f"{item.title}, {gettext('batch number')}", max_length=60, required=False
        ),
        expires: day_field(f"{item.title}, {gettext('good until')}", required=False),
    }


def new_batch_controls(form: forms.Form, item: Item) -> list[BoundField]:
    """Return the same three as a page shows them."""
    return [form[name] for name in _names(item)]


def new_batch_typed(form: forms.Form, item: Item) -> tuple[int | None, str, date | None]:
    """Return what was typed in the three."""
    pieces, number, expires = (form.cleaned_data.get(name) for name in _names(item))
    return pieces, number or "", expires


def needs_pieces(form: forms.Form, item: Item) -> None:
    """Refuse a batch or an expiry without the pieces."""
    pieces, number, expires_on = new_batch_typed(form, item)
    name = _names(item)[0]
    if pieces is None and (number or expires_on) and not form.errors.get(name):
        form.add_error(name, gettext("Write down how many there are of this batch."))

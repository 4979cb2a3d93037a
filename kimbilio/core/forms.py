"""The form every page uses: nothing remembered by the browser, fields in groups, mistakes listed with their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# The browser offers nothing from the last person's visit, and sends no typed name to a spelling service.
QUIET_ATTRIBUTES = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
TYPED_WIDGETS = (forms.TextInput, forms.Textarea, forms.MultiWidget)
_EMPTY: tuple[Any, ...] = (None, "", [])
CHOICES_ON_SHOW = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class FieldRenderer(TemplatesSetting):
    """Draws each field with our own part: label, hint, error, control."""

    field_template_name = "core/parts/field.html"


class QuietField(BoundField):
    """A field whose control asks the browser to remember and suggest nothing, unless its widget says otherwise."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the quiet attributes that the widget did not set itself."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if isinstance(widget, TYPED_WIDGETS) and not widget.is_hidden:
            for name, value in QUIET_ATTRIBUTES.items():
                if name not in widget.attrs:
                    attrs.setdefault(name, value)
        return attrs


_IN_THOUSANDS = re.compile(r"\d{1,3}(?:[,\s]\d{3})+")


class NumberField(forms.IntegerField):
    """A whole number, also as people write a long one: 2,000 and 2 000 are 2000. 1,5 is none."""

    def to_python(self, value: Any) -> int | None:
        """Return the number that was typed."""
        if isinstance(value, str) and _IN_THOUSANDS.fullmatch(value.strip()):
            value = re.sub(r"\D", "", value)
        return super().to_python(value)


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A few fields that belong together, named in a form's `groups`."""

    title: Words
    names: tuple[str, ...]
    hint: Words = ""


def words_for_missing(field: forms.Field) -> Words:
    """Say plainly what to do about a field that was left empty."""
    if isinstance(field, forms.BooleanField):
        return _("Tick this to go on.")
    if isinstance(field, forms.ChoiceField):
        return _("Choose one.")
    return _("Fill this in.")


@dataclass(frozen=True, slots=True)
class Group:
    """A field set of one particular form, ready to be shown."""

    title: Words
    hint: Words
    fields: list[BoundField]


class Form(forms.Form):
    """A form as every room should use it: `{{ field.as_field_group }}` draws a field whole."""

    default_renderer = FieldRenderer
    bound_field_class = QuietField
    # Mistakes are explained by us, in the worker's language, not by the browser in its own.
    use_required_attribute = False
    groups: ClassVar[tuple[FieldSet, ...]] = ()
    # Fields that the page itself puts somewhere (such as beside a list they are about).
    placed_by_page: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = words_for_missing(field)  # type: ignore[assignment]  # stubs

    @property
    def fieldsets(self) -> list[Group]:
        """Every visible field once, in the order of `groups`; a field nobody grouped comes last, never nowhere."""
        left = {field.name: field for field in self.visible_fields() if field.name not in self.placed_by_page}
        shown = [
            Group(group.title, group.hint, [left.pop(name) for name in group.names if name in left])
            for group in self.groups
        ]
        return [group for group in [*shown, Group("", "", list(left.values()))] if group.fields]


class OnceForm(Form):
    """A form that makes something: its hidden random token lets the same form, sent twice, do it once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def sent(self, where: str) -> UUID:
        """Return the token of exactly this: the same form with other content, or elsewhere, is another thing.

        A field that is empty says nothing, so that what is offered beside it since makes no other form of it.
        """
        content = sorted(
            (name, str(value))
            for name, value in self.cleaned_data.items()
            if name != "token" and value not in _EMPTY
        )
        return uuid5(self.cleaned_data["token"], repr((where, content)))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: which field, what is said, and the id of its control (both '' for the whole form)."""

    label: str
    message: str
    place: str


def problems(form: forms.BaseForm) -> Iterator[Problem]:
    """Every message of a form in the order of its fields, those about the whole form first; any Django form will do."""
    for message in form.non_field_errors():
        yield Problem("", str(message), "")
    for field in form:
        for message in field.errors:
            yield Problem(str(field.label), str(message), first_control(field))


def first_control(field: BoundField) -> str:
    """The id of the control that a link to this field should reach ('' when there is none to see)."""
    widget = field.field.widget
    if widget.is_hidden or not field.auto_id:
        return ""
    if isinstance(widget, (*CHOICES_ON_SHOW, forms.MultiWidget)):
        return f"{field.auto_id}_0"
    return field.id_for_label

"""The form of a visit: a number for each item, needles brought back, services by chip, for whom, on which day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.core.references import reference_to
from kimbilio.stock.models import Item
from kimbilio.visits.actions import Given, NewVisit
from kimbilio.visits.choices import Service, Topic, VisitFault
from kimbilio.visits.models import SiteService
from kimbilio.visits.rules import MOST_OTHERS, MOST_PIECES

_ITEM, _OF_SITE = "item_", "site_"
_BAG, _STORE = "bag", "store"
# Health education is of a topic, and a service of the site is named itself.
_CHIPS = [(one.value, one.label) for one in Service if one != Service.OTHER]
_TOPICS = [(one.value, one.label) for one in Topic if one]


@dataclass(frozen=True)
class Offered:
    """What a site has to give and to do, as the form names it."""

    items: list[Item]
    services: list[SiteService]
    from_own_bag: bool = False


def _name(item: Item) -> str:
    """Return the name of the field for an item: the same whenever it is asked for."""
    return f"{_ITEM}{reference_to(item)}"


def asks_beside(data: Mapping[str, Any], offered: Collection[Item]) -> set[str]:
    """Return the fields of items that a form sent though the page offers them no more."""
    return {name for name in data if name.startswith(_ITEM)} - {_name(item) for item in offered}


def items_meant(names: Collection[str], known: Iterable[Item]) -> list[Item]:
    """Return those of these items that the fields are of: what was typed is not dropped."""
    return [item for item in known if _name(item) in names]


class VisitForm(OnceForm):
    """What was given and done at one visit. Each item is a field, named by a reference that tells nothing."""

    services = forms.MultipleChoiceField(
        label=_("What was done"), choices=_CHIPS, required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("What the health education was about"),
        choices=_TOPICS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items = {_name(item): item for item in offered.items}
        self._services = {f"{_OF_SITE}{reference_to(one)}": one.pk for one in offered.services}
        self._short: dict[str, str] = {}
        for name, item in self._items.items():
            self.fields[name] = _number(item.title, MOST_PIECES)
        self.fields["needles_returned"] = _number(_("Needles brought back"), MOST_PIECES)
        self.fields["for_others"] = _number(_("Others they collect for"), MOST_OTHERS)
        first = next(iter(self._items), "needles_returned")
        self.fields[first].widget.attrs["autofocus"] = True
        own = [(f"{_OF_SITE}{reference_to(one)}", one.name) for one in offered.services]
        cast("forms.MultipleChoiceField", self.fields["services"]).choices = [*_CHIPS, *own]
        self.fields["occurred_on"] = _day()
        if offered.from_own_bag:
            self.fields["out_of"] = forms.ChoiceField(
                label=_("Where the supplies came from"),
                choices=[(_BAG, _("My bag")), (_STORE, _("The store"))],
                initial=_BAG,
                widget=forms.RadioSelect,
            )

    def steppers(self) -> Iterator[BoundField]:
        """Yield the numbers in their order: items, needles brought back, others collected for."""
        for name in (*self._items, "needles_returned", "for_others"):
            field = self[name]
            field.short = self._short.get(name, "")  # type: ignore[attr-defined]  # for the page alone
            yield field

    def shout_about(self, in_store: Mapping[UUID, int]) -> None:
        """Say beside an item that the store has none of it, or less than none. It may be given all the same."""
        for name, item in self._items.items():
            pieces = in_store.get(item.pk)
            if pieces is not None and pieces < 0:
                self._short[name] = gettext("%(pieces)d below zero: count again") % {"pieces": -pieces}

    def given(self) -> Given:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        ticked = set(typed["services"])
        topics = [Topic(one) for one in typed["topics"]] or [Topic.NOT_STATED]
        return Given(
            supplies={item.pk: typed[name] or 0 for name, item in self._items.items() if typed[name]},
            needles_returned=typed["needles_returned"] or 0,
            services=frozenset(
                (service, topic)
                for service in map(Service, ticked - self._services.keys())
                for topic in (topics if service == Service.HEALTH_EDUCATION else [Topic.NOT_STATED])
            ),
            site_services=frozenset(self._services[one] for one in ticked & self._services.keys()),
            for_others=typed["for_others"] or 0,
        )

    @property
    def is_from_own_bag(self) -> bool:
        """Tell whether what was given came out of the bag of whoever fills this in."""
        return self.cleaned_data.get("out_of") == _BAG

    def new_visit(self, client_id: UUID) -> NewVisit:
        """Return the visit of this person as it was typed."""
        return NewVisit(client_id, self.cleaned_data["occurred_on"], self.given())

    @staticmethod
    def initial_of(
        offered: Offered, supplies: Mapping[UUID, int], given: Given | None = None, on: date | None = None
    ) -> dict[str, Any]:
        """Return what the form shows of these supplies, or of a visit that is put right."""
        shown: dict[str, Any] = {_name(item): supplies.get(item.pk, 0) for item in offered.items}
        shown |= {"needles_returned": 0, "for_others": 0, "occurred_on": on or timezone.localdate()}
        if given is not None:
            own = [
                f"{_OF_SITE}{reference_to(one)}" for one in offered.services if one.pk in given.site_services
            ]
            shown |= {
                "needles_returned": given.needles_returned,
                "for_others": given.for_others,
                "services": [*sorted({service.value for service, _topic in given.services}), *own],
                "topics": sorted(topic.value for _service, topic in given.services if topic),
            }
        return shown


def _number(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    attributes = {"inputmode": "numeric", "step": 1, "autocomplete": "off", "class": "step-number"}
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=most,
        required=False,
        initial=0,
        widget=forms.NumberInput(attrs=attributes),
        error_messages={
            "invalid": _("Type a number, such as 10."),
            "min_value": VisitFault.LESS_THAN_NOTHING.label,
            "max_value": VisitFault.TOO_MANY.label,
        },
    )


def _day() -> forms.DateField:
    return _Day(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Fill this in.")},
    )


class _Day(forms.DateField):
    """A day that has come."""

    def clean(self, value: Any) -> Any:
        """Refuse a day that has not come yet."""
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(VisitFault.IN_THE_FUTURE.label)
        return day


class MoveForm(OnceForm):
    """Who a visit was: looked for as on the first page, then chosen from what was found."""

    q = forms.CharField(
        label=_("Code, name, phone or number of the person it was"),
        max_length=100,
        error_messages={"required": _("Type who it was.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    to = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class SiteServiceForm(OnceForm):
    """A service of the site's own, by the name that staff use."""

    name = forms.CharField(label=_("Name of the service"), max_length=60)

"""The words of the month's report, in the reader's language: numbers, titles, parts, how stays are counted."""

from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kimbilio.community.choices import Activity
from kimbilio.people.choices import PopulationType, Sex
from kimbilio.reports.choices import NOT_KNOWN, Split, Where
from kimbilio.reports.indicators import INDICATORS
from kimbilio.reports.queries.staying import Staying

_CHOICES: Mapping[str, type[TextChoices]] = {
    Split.SEX: Sex,
    Split.POPULATION: PopulationType,
    Split.ACTIVITY: Activity,
    Split.WHERE: Where,
}
_LABELS: dict[tuple[str, str], str | Promise] = {
    (split, one.value): one.label for split, choices in _CHOICES.items() for one in choices
}
_LABELS |= {(split.value, NOT_KNOWN): gettext_lazy("Not known") for split in (Split.AGE, Split.WARD)}
_NOT_SAID = (NOT_KNOWN, "not_stated")


def number(value: int) -> str:
    """Return a number with its thousands parted, the same in both languages."""
    return f"{value:,}"


def title_of(code: str) -> str:
    """Return what an indicator is called; of one that is counted no more, its code."""
    return _(INDICATORS[code].title) if code in INDICATORS else code


def split_words(split: Mapping[str, str]) -> str:
    """Return a part in words, such as 'Male' or 'Clean-up, Female'; what has no words of ours stands as it is."""
    return ", ".join(_part(name, part) for name, part in split.items())


def _part(name: str, part: str) -> str:
    """Return one part in words; where it is not known, also of what: 'Not known (Ward)'."""
    words = str(_LABELS.get((name, part), part))
    return f"{words} ({Split(name).label})" if part in _NOT_SAID else words


def how_stays_count(staying: Staying) -> Sequence[str]:
    """Return, in sentences, what a stay is and what counts as leaving. Source: docs/sources.md, 'Staying on MAT'."""
    sentences = [
        _("A stay begins on the day of the start, and again with each start anew."),
        _(
            "Leaving is: they chose to stop, the clinic stopped it, they went out of touch, or they started again "
            "after a gap that nobody recorded."
        ),
        _(
            "Whoever died, moved to another clinic or completed MAT has not left: they are watched until that day. "
            "Whoever came back without a new start never left."
        ),
    ]
    if staying.start_unknown:
        said = ngettext(
            "%(count)s stay of somebody who was on MAT already when we met is left out, since its start is not known.",
            "%(count)s stays of people who were on MAT already when we met are left out, since their start is not "
            "known.",
            staying.start_unknown,
        )
        sentences.append(said % {"count": number(staying.start_unknown)})
    if staying.undated:
        said = _(
            "Of %(left)s who left, %(undated)s are known from earlier books, which tell the day of the book and not "
            "the day on which they left: people seem to have stayed longer than they did."
        )
        sentences.append(said % {"left": number(staying.left), "undated": number(staying.undated)})
    return sentences

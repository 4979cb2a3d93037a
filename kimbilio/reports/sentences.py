"""The findings and gaps of the month's report as sentences, in the reader's language."""

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.reports.rules.findings import Finding, FindingKind
from kimbilio.reports.wording import number, title_of


def in_words(finding: Finding) -> str:
    """Return a finding as one sentence."""
    return _SENTENCES[finding.kind](finding)


def _people(one: Finding) -> str:
    people, visits = one.numbers["people"], one.numbers["visits"]
    if not people:
        return _("Nobody is recorded as having come.")
    came = ngettext("%(people)s person came", "%(people)s people came", people) % {"people": number(people)}
    times = ngettext("%(visits)s time", "%(visits)s times", visits) % {"visits": number(visits)}
    return _("%(came)s, %(times)s in all.") % {"came": came, "times": times}


def _more(one: Finding) -> str:
    said = _("That is %(by)s more people than in the month before, when %(before)s came.")
    return said % _numbers(one)


def _more_than_nobody(_one: Finding) -> str:
    return _("In the month before, nobody is recorded as having come.")


def _fewer(one: Finding) -> str:
    said = _("That is %(by)s fewer people than in the month before, when %(before)s came.")
    return said % _numbers(one)


def _new(one: Finding) -> str:
    return _("%(part)s of %(whole)s came for the first time.") % _numbers(one)


def _women(one: Finding) -> str:
    return _("%(part)s of %(whole)s were women.") % _numbers(one)


def _need_part(one: Finding) -> str:
    said = _("%(title)s: %(given)s, which is %(per_hundred)s of every 100 that were needed.")
    return said % {"title": title_of(one.about), **_numbers(one)}


def _need_met(one: Finding) -> str:
    said = _("%(title)s: %(given)s, and the need of %(need)s was met.")
    return said % {"title": title_of(one.about), **_numbers(one)}


def _needles_back(one: Finding) -> str:
    said = _("%(back)s used needles and syringes came back: %(per_hundred)s for every 100 that were given.")
    return said % _numbers(one)


def _support(one: Finding) -> str:
    people, legal = one.numbers["people"], one.numbers["legal"]
    if not legal:
        return _("%(people)s people had psychosocial support.") % _numbers(one)
    if not people:
        return _("%(legal)s people had legal aid.") % _numbers(one)
    return _("%(people)s people had psychosocial support, and %(legal)s had legal aid.") % _numbers(one)


def _active(one: Finding) -> str:
    if not one.numbers["per_hundred"]:
        return _("%(part)s of the %(whole)s who ever started MAT are active on it.") % _numbers(one)
    said = _("%(part)s of the %(whole)s who ever started MAT are active on it: %(per_hundred)s of 100.")
    return said % _numbers(one)


def _missing(one: Finding) -> str:
    if not one.numbers["long"]:
        return _(
            "%(people)s people missed doses as the month ended, none of them 5 days or more."
        ) % _numbers(one)
    said = _("%(people)s people missed doses as the month ended, %(long)s of them 5 days or more.")
    return said % _numbers(one)


def _came_back(one: Finding) -> str:
    return _("%(people)s people came back to the clinic after missed days.") % _numbers(one)


def _staying(one: Finding) -> str:
    said = _("Of 100 people who start MAT, %(s)s stay for a year or longer (between %(low)s and %(high)s).")
    return said % _numbers(one)


def _undated(one: Finding) -> str:
    said = _(
        "How long people stay cannot be said yet: of %(left)s who left, %(undated)s are known from earlier books, "
        "which do not tell the day."
    )
    return said % _numbers(one)


def _community(one: Finding) -> str:
    heads = one.numbers["heads"]
    said = ngettext(
        "%(heads)s person took part in community events.",
        "%(heads)s people took part in community events.",
        heads,
    )
    return said % _numbers(one)


def _reach(one: Finding) -> str:
    said = _(
        "%(people)s people came in twelve months: %(s)s of every 100 that there are by the estimate (between %(low)s "
        "and %(high)s)."
    )
    return said % _numbers(one)


def _reach_beyond(one: Finding) -> str:
    said = _(
        "%(people)s people came in twelve months, more than the %(estimate)s that there are by the estimate: it is to "
        "be looked at again."
    )
    return said % _numbers(one)


def _no_start(one: Finding) -> str:
    months = one.numbers["months"]
    said = ngettext(
        "Nobody has started MAT for %(months)s month, since %(since)s.",
        "Nobody has started MAT for %(months)s months, since %(since)s.",
        months,
    ) % {"months": months, "since": date_format(one.since, "j F Y") if one.since else ""}
    return f"{said} {_waiting(one.numbers['waiting'])}".strip()


def _no_start_ever(one: Finding) -> str:
    return f"{_('Nobody has started MAT yet.')} {_waiting(one.numbers['waiting'])}".strip()


def _waiting(people: int) -> str:
    if not people:
        return ""
    said = ngettext("%(people)s person waits to start.", "%(people)s people wait to start.", people)
    return said % {"people": number(people)}


def _nobody_came_for(one: Finding) -> str:
    months = one.numbers["months"]
    said = ngettext(
        "Nobody is recorded as having come for %(months)s month.",
        "Nobody is recorded as having come for %(months)s months.",
        months,
    )
    return said % _numbers(one)


def _nothing_for(one: Finding) -> str:
    said = ngettext(
        "%(title)s: nothing is recorded for %(months)s month.",
        "%(title)s: nothing is recorded for %(months)s months.",
        one.numbers["months"],
    )
    return said % {"title": title_of(one.about), **_numbers(one)}


def _no_need(_one: Finding) -> str:
    return _("How much of each supply is needed has not been set, so nothing tells whether it was enough.")


def _numbers(one: Finding) -> dict[str, str]:
    return {name: number(value) for name, value in one.numbers.items()}


_SENTENCES: dict[FindingKind, Callable[[Finding], str]] = {
    FindingKind.PEOPLE: _people,
    FindingKind.MORE_PEOPLE: _more,
    FindingKind.MORE_THAN_NOBODY: _more_than_nobody,
    FindingKind.FEWER_PEOPLE: _fewer,
    FindingKind.NEW: _new,
    FindingKind.WOMEN: _women,
    FindingKind.NEED_MET: _need_met,
    FindingKind.NEED_PART: _need_part,
    FindingKind.NEEDLES_BACK: _needles_back,
    FindingKind.SUPPORT: _support,
    FindingKind.ACTIVE: _active,
    FindingKind.MISSING: _missing,
    FindingKind.CAME_BACK: _came_back,
    FindingKind.STAYING: _staying,
    FindingKind.STAYING_UNDATED: _undated,
    FindingKind.COMMUNITY: _community,
    FindingKind.REACH: _reach,
    FindingKind.REACH_BEYOND: _reach_beyond,
    FindingKind.NO_START: _no_start,
    FindingKind.NO_START_EVER: _no_start_ever,
    FindingKind.NOBODY_CAME_FOR: _nobody_came_for,
    FindingKind.NOTHING_FOR: _nothing_for,
    FindingKind.NO_NEED_SET: _no_need,
}

"""How each table about people is told to whom it is about: under which heading, which columns, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Section:
    """A heading, and the columns that are told, in order, each with what is said before it ('' for nothing)."""

    title: Words
    columns: Mapping[str, Words]


def _plainly(*columns: str) -> dict[str, Words]:
    return dict.fromkeys(columns, "")


OF_CARD = Section(
    _("About you"),
    {
        "sex": _("Sex"),
        "gender": _("Gender"),
        "birth_year": _("Year of birth"),
        "birth_precision": _("How sure the year is"),
        "ward": _("Ward"),
        "population": _("Would say they are"),
        "how_they_came": _("How they came"),
        "first_contact_on": _("First met"),
        "site": _("Known at"),
    },
)

SECTIONS: Mapping[str, Section] = {
    "identity.PersonalDetails": Section(
        _("Your names and date of birth"),
        _plainly("first", "middle", "last") | {"nickname": _("Called"), "birth_date": _("Born")},
    ),
    "identity.Phone": Section(
        _("Phones"),
        _plainly("number", "belongs_to")
        | {"may_call": _("Who may call"), "safe_to_say": _("What is safe to say")},
    ),
    "identity.Locator": Section(_("Where to find you"), _plainly("where")),
    "identity.EmergencyContact": Section(
        _("Whom to call in an emergency"),
        _plainly("name", "relationship", "phone") | {"knows_of_programme": _("Knows of the programme")},
    ),
    "identity.OutsideNumber": Section(_("Numbers given elsewhere"), _plainly("kind", "number")),
    "people.Consent": Section(
        _("What you were asked, and what you said"),
        _plainly("purpose", "answer", "manner") | {"asked_by": _("Asked by")},
    ),
    "visits.Visit": Section(
        _("Visits"),
        _plainly("at_site")
        | {"needles_returned": _("Needles brought back"), "recorded_by": _("Written down by")},
    ),
    "visits.GivenSupply": Section(_("What you were given"), _plainly("item", "quantity")),
    "visits.GivenService": Section(_("What was done for you"), _plainly("service", "topic", "site_service")),
    "support.Attendance": Section(
        _("Sessions you came to"), _plainly("session") | {"recorded_by": _("Written down by")}
    ),
    "mat.JourneyStep": Section(
        _("Your journey on MAT"),
        _plainly("kind", "reason", "clinic", "source") | {"recorded_by": _("Written down by")},
    ),
    "mat.StandingMonth": Section(_("Your days at the MAT clinic, by month"), _plainly("clinic", "signs")),
    "mat.DoseLine": Section(
        _("Lists of the MAT clinic on which you stood"), _plainly("clinic_list", "signs")
    ),
    "followup.ContactWish": Section(
        _("What you wish about being looked for"),
        {"only_worker": _("Only by"), "hotspot": _("At"), "asked_by": _("Asked by")},
    ),
    "followup.Assignment": Section(_("Who looks for you"), _plainly("worker", "because")),
    "followup.Attempt": Section(
        _("When we looked for you"),
        _plainly("how", "result", "outcome", "why_stopped") | {"made_by": _("By")},
    ),
    "followup.WayBack": Section(
        _("Ways back that were agreed"), _plainly("planned_at", "goes_with", "worker")
    ),
    "followup.WayBackEnd": Section(_("What came of them"), _plainly("how")),
    "followup.SheetLine": Section(_("Sheets on which you stood"), _plainly("sheet", "group", "days", "told")),
    "exchange.BookLine": Section(
        _("Lines of old books that are yours"),
        _plainly("book_import", "fate", "settlement") | {"contents": _("What was written there")},
    ),
    "people.ClientCorrection": Section(
        _("What was put right, and what stood there before"),
        _plainly("field") | {"before": _("Before"), "corrected_by": _("By")},
    ),
    "people.Alias": Section(
        _("Records that were joined because both are you"), _plainly("joined_to") | {"joined_by": _("By")}
    ),
    "people.TwoPeople": Section(
        _("When we looked whether another record is yours, and it was not"), {"judged_by": _("By")}
    ),
    "privacy.Disagreement": Section(
        _("What you disagree with"), _plainly("text") | {"recorded_by": _("Written down by")}
    ),
    "privacy.Disclosure": Section(
        _("What was told about you to others"),
        _plainly("told", "whom", "ground", "what") | {"told_by": _("Told by")},
    ),
    "privacy.Erasure": Section(_("When you asked to be forgotten"), _plainly("why")),
}

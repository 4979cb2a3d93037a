"""Some people of the season stand twice in its books, as they do in real ones: to be looked at, and joined or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
from kimbilio.identity.choices import NumberKind
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentManner, Gender, HowTheyCame, PopulationType, Sex
from kimbilio.places.models import Ward


@dataclass(frozen=True)
class Entry:
    """What one card says of somebody."""

    code: str
    first: str
    middle: str
    last: str
    born: str
    phone: str = ""


# Each pair is one person, but the last: brothers who share a phone, whom nobody should join.
ENTERED_TWICE = (
    (
        Entry("KSS-8101", "Rashid", "Baya", "Mwaringa", "1988-03-14", "0722000417"),
        Entry("KSS-8377", "Rashidi", "", "Mwaringa", "1988-03-15", "0722000417"),
    ),
    (
        Entry("KSS-8102", "Wafula", "Barasa", "Ngala", "1991-11-02"),
        Entry("KSS-8378", "Ngala", "", "Wafula", "1991-11-02", "0711000862"),
    ),
    (
        Entry("KSS-8103", "Kazungu", "Charo", "Katana", "1985-08-30", "0791000233"),
        Entry("KSS-8379", "Kadzungu", "Karisa", "Kathana", "1985-08-30", "0791000233"),
    ),
    (
        Entry("KSS-8104", "Mutua", "Kioko", "Musyoka", "1990-05-19", "0729000518"),
        Entry("KSS-8380", "Mutinda", "Kioko", "Musyoka", "1993-02-07", "0729000518"),
    ),
)


def enter_some_twice(*, by: Actor, site: Site, wards: Sequence[Ward]) -> None:
    """Register these people, the second card of each after all the first."""
    for cards in zip(*ENTERED_TWICE, strict=True):
        clients = register_clients(
            by=by,
            site=site,
            people=[
                NewClient(_about(card, wards[place]), ConsentManner.SPOKEN)
                for place, card in enumerate(cards)
            ],
        )
        record_many(
            by=by,
            site=site,
            people=[
                WhoTheyAre(
                    client,
                    Details(first=card.first, middle=card.middle, last=card.last, birth_date=card.born),
                    [PhoneDetails(number=card.phone)] if card.phone else [],
                    [(NumberKind.OLD_CODE, card.code)],
                )
                for client, card in zip(clients, cards, strict=True)
            ],
        )


def _about(card: Entry, ward: Ward) -> AboutClient:
    return AboutClient(
        sex=Sex.MALE,
        gender=Gender.MAN,
        birth_year=int(card.born[:4]),
        birth_precision=BirthPrecision.DATE,
        ward=ward,
        population=PopulationType.USES_DRUGS,
        how_they_came=HowTheyCame.PEER,
    )

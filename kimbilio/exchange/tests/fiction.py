"""Fictional people and a fictional month, the truth that books in many shapes are made from."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

FIRST = (
    "Kamau Juma Salim Peter Omar Baya Kahindi Rashid Mwangi Ali Hamisi Karisa Brian Otieno Said Musa".split()
)
WOMEN = "Esther Mary Fatuma Amina Grace Lucy Mwanaisha Wanjiru Rehema Zawadi".split()
NAMES = "Waweru Njoroge Kiarie Charo Ngala Mwaringa Kazungu Thuo Gitau Abdalla Nyale Chege Ng'ang'a Mureithi".split()
WARDS = ["Shella", "Barani", "Ganda", "Jilore", "Kakuyuni", "Sabaki"]
STATUSES = ["active"] * 6 + [
    "completed",
    "transferred",
    "out_of_touch",
    "died",
    "stopped_by_choice",
    "imprisoned",
]
MARKS = ["dosed"] * 30 + ["missed"] * 5 + ["take_home", "transit", "admitted", "imprisoned", ""]
AS_AT = date(2025, 6, 30)


@dataclass(frozen=True)
class Someone:
    """One fictional person, as the truth has them."""

    number: int
    first: str
    middle: str
    last: str
    sex: str
    born: date
    phone: str  # nine figures
    ward: str
    met: date
    mat: int | None
    inducted: date | None
    status: str
    remarks: str
    marks: dict[date, str]

    @property
    def full(self) -> str:
        """All names in their order."""
        return f"{self.first} {self.middle} {self.last}"


def some_people(
    count: int, seed: int = 1, month: date = date(2025, 6, 1), no_list: int = 21
) -> list[Someone]:
    """People of a programme; about a third are on methadone and have a month of days, with one day without a list."""
    chance = random.Random(seed)
    people = []
    for number in range(1, count + 1):
        woman = chance.random() < 0.2
        met = date(2019, 1, 1) + timedelta(days=chance.randrange(2200))
        on_mat = chance.random() < 0.35
        people.append(
            Someone(
                number,
                chance.choice(WOMEN if woman else FIRST),
                chance.choice(NAMES),
                chance.choice(NAMES),
                "female" if woman else "male",
                date(1962, 1, 1) + timedelta(days=chance.randrange(15_500)),
                f"7{chance.randrange(10**8):08d}" if chance.random() < 0.7 else "",
                chance.choice(WARDS),
                met,
                chance.randrange(100_000) if on_mat else None,
                min(met + timedelta(days=chance.randrange(10, 600)), AS_AT) if on_mat else None,
                chance.choice(STATUSES) if on_mat else "",
                chance.choice(["", "", "new card", "kadi mpya"]),
                _marks(chance, month, no_list) if on_mat else {},
            )
        )
    return people


def _marks(chance: random.Random, month: date, no_list: int) -> dict[date, str]:
    days = [month + timedelta(days=n) for n in range(31)]
    return {
        day: mark
        for day in days
        if day.month == month.month and day.day != no_list and (mark := chance.choice(MARKS))
    }


def without_repeated_numbers(people: list[Someone]) -> list[Someone]:
    """Those on methadone, each number once."""
    return list({someone.mat: someone for someone in people if someone.mat is not None}.values())

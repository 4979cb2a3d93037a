"""What people type into the one box, in all the ways they type it."""

from collections.abc import Callable, Sequence
from random import Random

from bench.fictional import Fictional
from bench.spelling import spelled_another_way

_FEWEST_TYPED = 3


def _exact(person: Fictional, chance: Random) -> str:
    return chance.choice(person.names)


def _misspelt(person: Fictional, chance: Random) -> str:
    return spelled_another_way(chance.choice(person.names), chance)


def _two_words(person: Fictional, chance: Random) -> str:
    words = [person.first, person.last]
    chance.shuffle(words)
    return " ".join(words)


def _two_words_misspelt(person: Fictional, chance: Random) -> str:
    return " ".join(spelled_another_way(word, chance) for word in (person.first, person.last))


def _beginning(person: Fictional, chance: Random) -> str:
    word = chance.choice(person.names)
    return word[: chance.randint(_FEWEST_TYPED, max(_FEWEST_TYPED, len(word) - 1))].lower()


def _word_and_beginning(person: Fictional, chance: Random) -> str:
    return f"{person.first} {person.last[:_FEWEST_TYPED]}"


def _all_names(person: Fictional, chance: Random) -> str:
    return " ".join(person.names)


NAME_SEARCHES: dict[str, Callable[[Fictional, Random], str]] = {
    "one word": _exact,
    "one word, misspelt": _misspelt,
    "two words": _two_words,
    "two words, misspelt": _two_words_misspelt,
    "a beginning": _beginning,
    "a word and a beginning": _word_and_beginning,
    "all names": _all_names,
}


def name_searches(
    people: Sequence[Fictional], count: int, chance: Random
) -> list[tuple[str, Fictional, str]]:
    """Return (kind, person meant, what is typed), each kind as often, in a mixed order."""
    kinds = list(NAME_SEARCHES.items())
    drawn = []
    for place in range(count):
        kind, typed = kinds[place % len(kinds)]
        person = chance.choice(people)
        drawn.append((kind, person, typed(person, chance)))
    chance.shuffle(drawn)
    return drawn


def typed_phone(phone: str, chance: Random) -> str:
    """Return a phone number in one of the ways people type one."""
    ways = (
        phone,
        f"{phone[:4]} {phone[4:7]} {phone[7:]}",
        f"+254{phone[1:]}",
        f"254 {phone[1:4]}-{phone[4:]}",
    )
    return chance.choice(ways)


def typed_number(number: str, chance: Random) -> str:
    """Return an old code in one of the ways people type one."""
    return chance.choice((number, number.lower(), number.replace("-", " "), number.replace("-", "/")))


def typed_code(code: str, chance: Random) -> str:
    """Return a card code in one of the ways people type one."""
    return chance.choice((code, code.lower(), f"{code[:3]}-{code[3:]}", f"{code[:3]} {code[3:]}"))

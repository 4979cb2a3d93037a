"""How alike two words of a name are, and how well what was typed fits a person's names.

Two words are alike when few and small slips lead from the sounds of one to those of the other. A slip is small
when Kenyan speakers and clerks make it (r and l, o and u, a lost final i) and too big where it makes another name:
Wanjiru and Wanjiku, Otieno and Atieno, Salim and Salima differ by one letter and are different people.
"""

from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

from kimbilio.identity.rules.name_sounds import fold_word

# The least likeness of two words that may be one name. Below it nothing is worth showing.
ALIKE = 0.8
SAME_LETTERS, SAME_SOUND = 1.0, 0.97
BEGINS = 0.9  # what was typed so far begins the word; more of it typed brings this towards 0.98
INITIAL = 0.8  # K. beside Kamau: fits, and says little

# Jaro-Winkler below which two words are never alike by the rules here: a quick first look, with room to spare.
WORTH_A_LOOK = 0.7

_FAR = 1.2  # a slip that alone makes another name, however long

# What it takes to hear or write one sound as another. Pairs not named are far.
_NEAR: dict[str, float] = {}
for _cost, _pairs in {
    0.2: "yi wu Tt",
    0.25: "Jj Zz Ng",
    0.3: "jg fv Dd Bb Td Ee",
    0.35: "ei ou rl sz CS JN Nn",
    0.4: "Tz Ts Ss",
    0.45: "kg pb td Ea",
    0.5: "ae ao Cs Yn Yy Bm Nk bv",
    0.55: "Cj",
    0.6: "Ck Ei Dn YJ wv jy",
    0.7: "ai au",
    0.8: "mn",
    0.9: "iu eo",
}.items():
    for _pair in _pairs.split():
        _NEAR[_pair] = _NEAR[_pair[::-1]] = _cost

_VOWELS = frozenset("aeiouE")
# Neighbours of one kind change places in a clerk's hand (Kamua); a vowel and a consonant make a name (Hasna).
_CHANGED_PLACES, _CHANGED_PLACES_OF_TWO_KINDS = 0.6, 0.9
# A vowel at the end is added or dropped by habit (Omar, Omari; Yusuf, Yusufu), except a: Salima is not Salim.
_LOST_AT_END = {"i": 0.15, "u": 0.25, "e": 0.35, "o": 0.4, "a": 0.9, "E": 0.6}


def word_likeness(one: str, other: str) -> float:
    """Return how alike two folded words are: SAME_SOUND, or from ALIKE up, or 0 where they are not alike."""
    if one == other:
        return SAME_SOUND
    if JaroWinkler.similarity(one, other, score_cutoff=WORTH_A_LOOK) == 0:
        return 0.0
    return _likeness_looked_at(one, other)


def _likeness_looked_at(one: str, other: str) -> float:
    most = _allowance(min(len(one), len(other)))
    apart = _apart(one, other, most)
    return SAME_SOUND - (SAME_SOUND - ALIKE) * apart / most if apart <= most else 0.0


def _allowance(sounds: int) -> float:
    """Return how far apart alike words may be: the longer the name, the less one slip makes it another."""
    if sounds <= 4:
        return 0.5
    return 0.75 if sounds <= 6 else 1.0


def _apart(one: str, other: str, most: float) -> float:
    """Return the least cost of slips between two folded words, or more than `most` once that is certain.

    An edit distance (insertion, deletion, substitution, two neighbours swapped) with a cost for each slip.
    """
    lost_one, lost_other = _costs_of_losing(one), _costs_of_losing(other)
    before: list[float] = []
    row = [0.0]
    for cost in lost_other:
        row.append(row[-1] + cost)
    for i, sound in enumerate(one):
        last, row, older = row, [row[0] + lost_one[i]], before
        before = last
        for j, heard in enumerate(other):
            swap = last[j] + (0.0 if sound == heard else _cost_of_changing(one, i, other, j))
            best = min(swap, last[j + 1] + lost_one[i], row[j] + lost_other[j])
            if i and j and sound == other[j - 1] and heard == one[i - 1]:
                of_a_kind = (sound in _VOWELS) == (heard in _VOWELS)
                best = min(
                    best, older[j - 1] + (_CHANGED_PLACES if of_a_kind else _CHANGED_PLACES_OF_TWO_KINDS)
                )
            row.append(best)
        if min(row) > most and min(last) > most:
            return min(row)
    return row[-1]


def _cost_of_changing(one: str, i: int, other: str, j: int) -> float:
    cost = _NEAR.get(one[i] + other[j], _FAR)
    if cost < 0.4 or not (one[i] in _VOWELS and other[j] in _VOWELS):
        return cost
    if i == j == 0:
        return _FAR  # Otieno and Atieno
    if i == len(one) - 1 and j == len(other) - 1:
        return max(cost, 0.8)  # Pendo and Penda
    return cost


def _costs_of_losing(word: str) -> list[float]:
    return [_cost_of_losing(word, i) for i in range(len(word))]


def _cost_of_losing(word: str, i: int) -> float:
    sound, at_end = word[i], i == len(word) - 1
    if sound in _VOWELS:
        if not at_end:  # at the start or beside another vowel it is heard: Juma and Jumwa, John and Joan
            return 0.5 if sound != "E" and i and not {word[i - 1], word[i + 1]} & _VOWELS else 0.6
        return max(_LOST_AT_END[sound], 0.6 if i and word[i - 1] in _VOWELS else 0.0)
    if sound == "h":
        return 0.35 if i == 0 else 0.2
    if sound in "yw":
        return 0.5
    if sound in "rnm" and 0 < i < len(word) - 1 and word[i + 1] not in _VOWELS:
        return 0.4 if sound == "r" else 0.5  # Magaret, Visent
    return 0.9


def score_word(typed: str, word: str) -> float:
    """Return how well one typed word of `name_words` fits a word of a person's name, from 0 to 1."""
    if len(typed) == 1 or len(word) == 1:
        return score_initial(typed, word)
    if typed == word:
        return SAME_LETTERS
    begins = score_beginning(typed, word) if word.startswith(typed) else 0.0
    return max(begins, word_likeness(fold_word(typed), fold_word(word)))


def score_initial(typed: str, word: str) -> float:
    """Return INITIAL where one of the two is a single letter and begins the other, else 0."""
    return INITIAL if (len(typed) == 1 or len(word) == 1) and typed[0] == word[0] else 0.0


def score_beginning(typed: str, word: str) -> float:
    """Return how well a typed beginning fits a word that begins with it: the more of it, the better."""
    return BEGINS + 0.08 * len(typed) / len(word)


def score_names(typed: Sequence[str], words: Sequence[str]) -> float:
    """Return how well typed words fit a person's words, in any order, from 0 to 1.

    Every typed word must find a word of its own, and one of them at least must be more than an initial;
    otherwise 0. A word may be half typed: 'wanj' finds Wanjiku.
    """
    if len(typed) > len(words) or not typed:
        return 0.0
    pairing = pair_up([[score_word(one, other) for other in words] for one in typed])
    if pairing is None:
        return 0.0
    scores = [score_word(one, words[place]) for one, place in zip(typed, pairing, strict=True)]
    return sum(scores) / len(scores) if max(scores) > INITIAL else 0.0


def pair_up(scores: Sequence[Sequence[float]]) -> tuple[int, ...] | None:
    """Return for each row a column of its own so that the scores add up highest; None where 0 must be taken.

    Tries all ways, which for the few words of a name is the quickest.
    """
    if len(scores) == 1:
        best = max(range(len(scores[0])), key=scores[0].__getitem__, default=None)
        return None if best is None or scores[0][best] == 0 else (best,)
    return _pair_rest(scores, 0, frozenset())[1]


def _pair_rest(
    scores: Sequence[Sequence[float]], row: int, taken: frozenset[int]
) -> tuple[float, tuple[int, ...] | None]:
    if row == len(scores):
        return 0.0, ()
    best: tuple[float, tuple[int, ...] | None] = (0.0, None)
    for place, score in enumerate(scores[row]):
        if score and place not in taken:
            rest, places = _pair_rest(scores, row + 1, taken | {place})
            if places is not None and score + rest > best[0]:
                best = score + rest, (place, *places)
    return best

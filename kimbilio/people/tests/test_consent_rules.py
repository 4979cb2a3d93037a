"""What stands of a purpose: a no always wins, in every order, over joined and parted records, until asked anew."""

from dataclasses import dataclass, field
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.people.choices import ConsentStands
from kimbilio.people.rules import Answered, what_stands

AGREED, SAID_NO, NOT_ASKED = ConsentStands.AGREED, ConsentStands.SAID_NO, ConsentStands.NOT_ASKED
RECORDS = 3


def yes() -> Answered:
    return Answered(uuid4(), is_yes=True)


def no(lifted_by: Answered | None = None) -> Answered:
    return Answered(uuid4(), is_yes=False, lifted_by=lifted_by.id if lifted_by else None)


def test_nobody_who_was_not_asked_agreed():
    assert what_stands([]) == NOT_ASKED


def test_a_yes_alone_agrees():
    assert what_stands([yes(), yes()]) == AGREED


@pytest.mark.parametrize("answers", [*permutations([yes(), no(), yes()])])
def test_a_no_wins_before_after_and_between_yeses(answers: list[Answered]):
    assert what_stands(answers) == SAID_NO


def test_asked_anew_a_yes_lifts_the_no_it_had_in_sight_and_no_other():
    anew = yes()
    assert what_stands([no(anew), anew]) == AGREED
    assert what_stands([no(anew), no(anew), anew]) == AGREED
    assert what_stands([no(anew), anew, no()]) == SAID_NO
    assert what_stands([no(), no(anew), anew]) == SAID_NO


def test_a_yes_that_is_not_of_this_person_lifts_nothing():
    assert what_stands([no(yes()), yes()]) == SAID_NO


@dataclass
class History:
    """Answers on some records, which are joined and parted meanwhile; and, told slowly, who said no last."""

    on_record: dict[int, list[Answered]] = field(default_factory=lambda: {n: [] for n in range(RECORDS)})
    group: dict[int, int] = field(default_factory=lambda: {n: n for n in range(RECORDS)})
    anew: list[tuple[UUID, set[UUID]]] = field(default_factory=list)

    def together(self, record: int) -> list[int]:
        return [other for other in range(RECORDS) if self.group[other] == self.group[record]]

    def answers(self, record: int) -> list[Answered]:
        return [one for other in self.together(record) for one in self.on_record[other]]

    def noes(self, record: int) -> list[Answered]:
        """The noes that stand: of those in these answers, whoever was not in sight of a yes among them."""
        told = self.answers(record)
        seen = {key for one, sight in self.anew if one in {answer.id for answer in told} for key in sight}
        return [one for one in told if not one.is_yes and one.id not in seen]

    def do(self, what: str, record: int, other: int) -> None:
        if what == "yes":
            self.on_record[record].append(yes())
        elif what == "no":
            self.on_record[record].append(no())
        elif what == "anew" and self.noes(record):
            self.ask_anew(record)
        elif what == "join":
            old, new = self.group[record], self.group[other]
            self.group = {one: new if group == old else group for one, group in self.group.items()}
        elif what == "part":
            self.group[record] = record if self.group[record] != record else RECORDS + record

    def ask_anew(self, record: int) -> None:
        said, sight = yes(), {one.id for one in self.noes(record)}
        for row in self.on_record.values():
            row[:] = [Answered(one.id, False, said.id) if one.id in sight else one for one in row]
        self.on_record[record].append(said)
        self.anew.append((said.id, sight))


steps = st.lists(
    st.tuples(
        st.sampled_from(["yes", "yes", "no", "anew", "join", "part"]),
        st.integers(0, RECORDS - 1),
        st.integers(0, RECORDS - 1),
    ),
    max_size=20,
)


@given(steps, st.randoms(use_true_random=False))
def test_every_history_stands_alike_in_every_order(steps, chance):
    history = History()
    for step in steps:
        history.do(*step)
    for record in range(RECORDS):
        answers = history.answers(record)
        said = what_stands(answers)
        assert (said == SAID_NO) == bool(history.noes(record))
        assert (said == NOT_ASKED) == (not answers)
        for _time in range(5):
            chance.shuffle(answers)
            assert what_stands(answers) == said


@given(steps, st.integers(0, RECORDS - 1), st.integers(1, 4))
def test_no_yes_that_arrives_late_brings_a_purpose_back(steps, record, late):
    history = History()
    for step in steps:
        history.do(*step)
    history.do("no", record, 0)
    assert what_stands([*(yes() for _one in range(late)), *history.answers(record)]) == SAID_NO
    for other in range(RECORDS):
        history.do("yes", other, 0)
        history.do("join", other, record)
    assert what_stands(history.answers(record)) == SAID_NO


@given(steps, st.integers(0, RECORDS - 1))
def test_asked_anew_they_agree_and_the_next_no_wins_again(steps, record):
    history = History()
    for step in [*steps, ("no", record, 0)]:
        history.do(*step)
    history.do("anew", record, 0)
    assert what_stands(history.answers(record)) == AGREED
    history.do("no", record, 0)
    assert what_stands(history.answers(record)) == SAID_NO

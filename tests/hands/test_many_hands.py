"""Several processes record visits and keep the same store at once: the ledger balances, nothing is lost or doubled.

Hypothesis draws what each hand does. What they did is then written on paper, one thing after another in the order of
the audit, and the tables must say the same as the paper: every visit, every place on every day, every account.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hands.paper import BEGAN, DAYS, KINDS, PEOPLE, Paper
from tests.running import INIT, PASSWORD, ROOT, RunningHome

PROGRAM = [sys.executable, "-m", "tests.hands.hand"]
HANDS, FORMS = 3, 3
MAY_BE_REFUSED = {"correct", "move", "undo", "nameless_back"}


class _Home(RunningHome):
    """A home with nobody but its administrator, who manages the programme too: it is made quickly."""

    def _make(self) -> None:
        self.several(INIT, environment={"KIMBILIO_ADMIN_PASSWORD": PASSWORD})


class Hand:
    """A process that does what it is told."""

    def __init__(self, home: RunningHome, complaints: IO[str]) -> None:
        self.complaints = complaints
        self.process = subprocess.Popen(
            PROGRAM,
            cwd=ROOT,
            env=home.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )

    def asked(self, do: str, **told: Any) -> "Hand":
        """Ask it to do something, and do not wait."""
        assert self.process.stdin
        with suppress(BrokenPipeError):  # it says why in its answer
            print(json.dumps({"do": do} | told), file=self.process.stdin, flush=True)
        return self

    def says(self) -> Any:
        """Return what came of it."""
        assert self.process.stdout
        said = self.process.stdout.readline()
        if not said:
            self.complaints.seek(0)
            pytest.fail(self.complaints.read())
        return json.loads(said)

    def goes(self) -> None:
        """Let it end."""
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[list[Hand]]:
    with ExitStack() as stack:
        url = postgresql.get_uri() if postgresql else ""
        home = _Home(tmp_path_factory.mktemp("hands"), database_url=url)
        many = [Hand(home, stack.enter_context(tempfile.TemporaryFile("w+"))) for _ in range(HANDS)]
        yield many
        for hand in many:
            hand.goes()


people, items, pieces = st.integers(0, PEOPLE - 1), st.sampled_from(KINDS), st.integers(1, 40)
given_pieces = st.dictionaries(items, st.integers(1, 20))
kept_days, any_days, which = st.integers(0, BEGAN), st.integers(0, DAYS - 1), st.integers(0, 30)
which_form, times = st.integers(0, FORMS - 1), st.integers(1, 2)
bags = st.booleans()
forms = st.lists(st.tuples(people, any_days, given_pieces, bags), min_size=FORMS, max_size=FORMS)
step = st.tuples


def changes_of(form: Any) -> Any:
    """Return what can be done about the visit of a form."""
    return st.one_of(
        step(st.just("correct"), form, any_days, given_pieces, times),
        step(st.just("correct"), form, kept_days, given_pieces, times),
        step(st.just("move"), form, people, times),
        step(st.just("undo"), form, times),
        step(st.just("visit"), form),
    )


of_people = changes_of(which_form) | st.one_of(
    step(st.just("nameless"), any_days, items, pieces),
    step(st.just("nameless_back"), which),
    step(st.just("receive"), kept_days, items, pieces, st.sampled_from(["A", "B"])),
)
of_stock = st.one_of(
    step(st.just("leave"), st.sampled_from(["bag", "other", "lost", "store"]), kept_days, items, pieces),
    step(st.just("count"), st.sampled_from(["store", "bag"]), kept_days, items, st.integers(0, 600)),
    step(st.just("reverse"), which),
)


def rounds_of(steps: Any, longest: int) -> Any:
    """Return what the hands do at the same moment, again and again.

    Each does its own, or all of them something about one visit, or all take of one item in the store.
    """
    about_one = which_form.flatmap(lambda form: st.tuples(*[changes_of(st.just(form))] * HANDS))
    from_one = items.flatmap(
        lambda item: st.tuples(*[step(st.just("nameless"), st.just(0), st.just(item), pieces)] * HANDS)
    )
    each = st.tuples(*[steps] * HANDS)
    return st.lists(each | about_one | from_one, min_size=longest // 2, max_size=longest)


def days_of(longest: int) -> Any:
    """Return the forms of visits and the rounds of a day, half of the time with no paper but what comes."""
    rounds = rounds_of(of_people, longest) | rounds_of(of_people | of_stock, longest)
    return st.tuples(forms, rounds)


def all_at_once(hands: Sequence[Hand], began: Any, sent: Any, rounds: Sequence[Any]) -> list[Any]:
    """Let the hands go through the rounds, each with the others at its side, and return what was done.

    They begin by sending each form of a visit, all of them the same at once.
    """
    done = []
    for number, steps in enumerate([*([["visit", form]] * HANDS for form in range(FORMS)), *rounds]):
        for hand, its in enumerate(steps):
            hands[hand].asked("work", name=f"{number}.{hand}", began=began, forms=sent, step=its)
        for hand, its in enumerate(steps):
            said = hands[hand].says()
            assert its[0] in MAY_BE_REFUSED or "refused" not in said, (its, said)
            done.append(said)
    return [one for one in done if "event" in one]


@pytest.mark.parametrize(("days", "longest"), [(6, 8), pytest.param(300, 30, marks=pytest.mark.soak)])
def test_whatever_many_hands_do_at_once_is_done_once_and_balances(
    hands: list[Hand], days: int, longest: int
) -> None:
    @settings(
        max_examples=days,
        # Another time the hands meet otherwise: what is found is shown as it was.
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(days_of(longest))
    def the_tables_say_what_the_paper_says(day: Any) -> None:
        sent, rounds = day
        began = hands[0].asked("begin").says()
        done = all_at_once(hands, began, sent, rounds)
        told = hands[0].asked("tell", began=began).says()
        paper = Paper(began, sent)
        paper.write([(event, record) for event, record in told["entries"]], done)
        assert told["faults"] == []
        assert told["visits"] == paper.visits()
        assert told["given"] == paper.given()
        assert sorted(told["lies"]) == sorted(paper.lies())
        assert told["balances"] == paper.balances()

    the_tables_say_what_the_paper_says()

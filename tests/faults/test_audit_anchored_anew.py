"""What the command says of tampering, and what a chain still tells after its anchors were lost and written anew."""

import json
import random
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kimbilio.accounts.actions import anchor_audit_anew
from kimbilio.accounts.roles import Role
from kimbilio.config.command_line.audit import run_verify
from kimbilio.config.command_line.saying import Failed
from tests.faults import tampering
from tests.faults.chains import Chain, faulty_entries
from tests.faults.tampering import tampered_with
from tests.programme import Programme, actor_with


def test_the_command_tells_a_program_where_each_way_of_tampering_was(
    chain: Chain, undone: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random("what the command says")
    for way in tampering.WAYS:
        with undone():
            at = way(chain, chance)
            with pytest.raises(Failed):
                run_verify(Namespace(json=True))
            told = json.loads(capsys.readouterr().out)
            places = [fault["seq"] for one in told["organisations"] for fault in one["faults"]]
            assert not told["ok"]
            assert at in places, f"{way.__name__} at entry {at} was told of as {places}"


def test_a_chain_that_was_anchored_anew_says_so_and_is_watched_as_before(
    chain: Chain,
    undone: Callable[[], Any],
    programme: Programme,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    """Whoever loses the anchors cannot see a cut end of before; from then on, it is seen again."""
    (tmp_path / "anchors.db").unlink()
    with django_capture_on_commit_callbacks(execute=True):
        anchor_audit_anew(by=actor_with(Role.ADMINISTRATOR, programme.site))
    anchored = Chain(chain.organisation_id, chain.other_organisation_id)
    assert anchored.rows()[-1]["event"] == "audit.anchored"
    assert faulty_entries(anchored) == []
    for how, at, found in tampered_with(anchored, 3 * len(tampering.WAYS), "anchored anew"):
        assert at in found, f"{how} at entry {at} was found at {found}"


def test_an_entry_changed_before_the_anchors_were_lost_is_still_found_once_it_is_anchored_anew(
    chain: Chain,
    undone: Callable[[], Any],
    programme: Programme,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with undone():
        at = tampering.edit_a_column(chain, random.Random("before"))
        (tmp_path / "anchors.db").unlink()
        with django_capture_on_commit_callbacks(execute=True):
            anchor_audit_anew(by=actor_with(Role.ADMINISTRATOR, programme.site))
        assert faulty_entries(chain) == [at]

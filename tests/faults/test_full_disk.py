"""A disk that is full: a plain page, nothing lost that was acknowledged, and work goes on once there is room."""

import subprocess
from pathlib import Path

import pytest

from kimbilio.core.trouble import Trouble
from tests.browsing import Session
from tests.faults import soundness
from tests.faults.injecting import fails_from, injected, needs_strace
from tests.faults.kill_points import WRITES
from tests.faults.story import Step, Story
from tests.privacy.canaries import Canaries
from tests.running import KIMBILIO, ROOT, RunningHome

pytestmark = needs_strace
MORE_WRITES_THAN_A_FORM_MAKES = 150
SAYS = {"ENOSPC": str(Trouble.FULL.title), "EIO": str(Trouble.FAILING.title)}


def sent_with_a_bad_disk(step: Step, story: Story, session: Session, said: str) -> bool:
    """Send a form; says whether it was saved. Where it was not, a plain page says so, and why."""
    answer = session.post(step.path.format(code=story.code), step.fields)
    if answer.status == 302:
        story.code = answer.header("Location").removeprefix("/p/")
        step.acknowledged = True
        session.cookies.pop("messages", None)
        return True
    assert answer.status == 503, answer.text
    assert said in answer.text
    assert "nothing is saved twice" in answer.text
    assert story.name not in answer.text
    return False


def survives_a_disk_that_fills_up_at(
    write: int, error: str, home: RunningHome, session: Session, people: Canaries
) -> bool:
    """Have each write fail from the so many-th on, then make room. Says whether a form was refused."""
    story, refused = Story(people), False
    with injected(home, f"{WRITES}:error={error}:when={write}+"):
        for step in story.steps[:4]:
            refused = not sent_with_a_bad_disk(step, story, session, SAYS[error])
            if refused:
                break
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    story.send_everything_again(session)
    soundness.check_once(home, story)
    return refused


@pytest.mark.kill
@pytest.mark.parametrize(("write", "error"), [(1, "ENOSPC"), (40, "ENOSPC"), (90, "ENOSPC"), (40, "EIO")])
def test_work_goes_on_after_a_disk_was_full_or_failed(
    write: int, error: str, home: RunningHome, session: Session, people: Canaries
) -> None:
    assert survives_a_disk_that_fills_up_at(write, error, home, session, people)
    soundness.check_home(home)


COMMANDS = {
    "keys passphrase": ["keys", "passphrase"],
    "keys rotate": ["keys", "rotate", "--by", "administrator"],
    "user add": ["user", "add", "one.more", "--role", "counsellor"],
}


@pytest.mark.kill
@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_says_that_the_disk_is_full_and_can_be_given_again(
    what: str, tmp_path: Path, home: RunningHome
) -> None:
    other = RunningHome(tmp_path / "other", copy_of=home)
    new = {"KIMBILIO_NEW_PASSPHRASE": "four slow ferries cross the water"}
    failed = subprocess.run(
        [*fails_from(other, 1, "ENOSPC"), *KIMBILIO, *COMMANDS[what]],
        cwd=ROOT,
        env=other.environment | new,
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode == 1, failed.stderr
    # SQLite does not tell a full disk from a bad one where it makes the memory beside its log.
    assert any(said in failed.stderr for said in SAYS.values())
    assert "Traceback" not in failed.stderr
    soundness.check_home(other)
    done = other.command(*COMMANDS[what], **new)
    assert done.returncode == 0, done.stderr


@pytest.mark.soak
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_work_goes_on_after_a_disk_filled_up_or_failed_at_any_write(
    error: str, home: RunningHome, session: Session, people: Canaries
) -> None:
    refused = [
        survives_a_disk_that_fills_up_at(write, error, home, session, people)
        for write in range(1, MORE_WRITES_THAN_A_FORM_MAKES, 3)
    ]
    assert any(refused)
    soundness.check_home(home)
    home.restart()
    soundness.check_home(home)

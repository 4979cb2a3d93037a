"""A disk that is full: a plain page, nothing lost that was acknowledged, and work goes on once there is room."""

import pytest

from tests.browsing import Session
from tests.faults import soundness
from tests.faults.injecting import injected, needs_strace
from tests.faults.story import Step, Story
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

pytestmark = needs_strace
MORE_WRITES_THAN_A_FORM_MAKES = 150


def sent_with_a_full_disk(step: Step, story: Story, session: Session) -> bool:
    """Send a form; says whether it was saved. Where it was not, a plain page says so."""
    answer = session.post(step.path.format(code=story.code), step.fields)
    if answer.status == 302:
        story.code = answer.header("Location").removeprefix("/p/")
        step.acknowledged = True
        session.cookies.pop("messages", None)
        return True
    # 400 where all was saved but the sign-in's own row, which Django takes for a sign-in that ended meanwhile.
    assert answer.status in (400, 500, 503, 507), answer.text
    assert "Traceback" not in answer.text
    assert story.name not in answer.text
    return False


def survives_a_disk_that_fills_up_at(
    write: int, error: str, home: RunningHome, session: Session, people: Canaries
) -> bool:
    """Have each write fail from the so many-th on, then make room. Says whether a form was refused."""
    story, refused = Story(people), False
    with injected(home, f"error={error}:when={write}+"):
        for step in story.steps[:4]:
            refused = not sent_with_a_full_disk(step, story, session)
            if refused:
                break
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    story.send_everything_again(session)
    soundness.check_once(home, story)
    return refused


@pytest.mark.kill
@pytest.mark.parametrize("write", [1, 40, 90])
def test_work_goes_on_after_a_disk_was_full(
    write: int, home: RunningHome, session: Session, people: Canaries
) -> None:
    assert survives_a_disk_that_fills_up_at(write, "ENOSPC", home, session, people)
    soundness.check_home(home)


@pytest.mark.soak
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_work_goes_on_after_a_disk_filled_up_or_failed_at_any_write(
    error: str, home: RunningHome, session: Session, people: Canaries
) -> None:
    refused = [
        survives_a_disk_that_fills_up_at(write, error, home, session, people)
        for write in range(1, MORE_WRITES_THAN_A_FORM_MAKES, 2)
    ]
    assert any(refused)
    soundness.check_home(home)
    home.restart()
    soundness.check_home(home)

"""Runs a list of commands one after the other, each under a title, all of them even when one fails."""

import os
import shlex
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Step:
    """One command. A value of None in `environment` takes a variable away."""

    title: str
    command: tuple[str, ...]
    environment: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a step ended: its exit code, and how long it took in seconds."""

    step: Step
    code: int
    seconds: float

    @property
    def line(self) -> str:
        """Return the outcome as one line of a summary."""
        word = "passed" if self.code == 0 else "FAILED"
        return f"  {word}  {self.step.title} ({self.seconds:.0f} s)"


def run_steps(steps: Iterable[Step]) -> list[Outcome]:
    """Run every step with its output straight to the terminal, and return how each ended."""
    return [_run(step) for step in steps]


def _run(step: Step) -> Outcome:
    """Run one step under its title."""
    print(f"\n== {step.title}\n   {shlex.join(step.command)}", flush=True)
    started = time.monotonic()
    code = subprocess.run(step.command, cwd=ROOT, env=environment_of(step), check=False).returncode
    return Outcome(step, code, time.monotonic() - started)


def environment_of(step: Step) -> dict[str, str]:
    """Return this process's environment with the step's changes."""
    changed: dict[str, str | None] = {**os.environ, **step.environment}
    return {name: value for name, value in changed.items() if value is not None}

"""How many visits a second several processes save together."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from bench.run import ROOT
from bench.timing import percentile


def rate(how: str, processes: int, seconds: float, seed: int, environment: dict[str, str]) -> dict[str, Any]:
    """Have so many processes save visits at the same time, and return what they did together."""
    started = [_started(how, seconds, seed + number, environment) for number in range(processes)]
    for one in started:
        assert one.stdout
        one.stdout.readline()
    for one in started:
        assert one.stdin
        print(file=one.stdin, flush=True)
    answers = [one.communicate()[0] for one in started]
    assert not any(one.returncode for one in started)
    return _together([json.loads(answer) for answer in answers])


def _started(how: str, seconds: float, seed: int, environment: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.visit_rate", how, str(seconds), str(seed)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)


def _together(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    took = [one for part in parts for one in part["took_ms"]]
    return {
        "processes": len(parts),
        "a_second": round(sum(part["visits"] / part["seconds"] for part in parts), 1),
        "p50": percentile(took, 50),
        "p95": percentile(took, 95),
        "cpu_ms": round(sum(part["cpu_ms"] for part in parts) / len(parts), 2),
    }

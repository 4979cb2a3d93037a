"""`make test`: the checks, then the tests in four runs of pytest; all are run, and the last line counts them."""

import sys
from pathlib import Path
from xml.etree import ElementTree

from tools.steps import ROOT, Outcome, Step, run_steps

RESULTS = ROOT / "test-results"
# Whatever this shell says of a real home or database must not reach a test.
OF_A_HOME = ("HOME", "PASSPHRASE", "PASSPHRASE_FILE", "ADMIN_PASSWORD", "USER_PASSWORD")
NO_HOME: dict[str, str | None] = {f"KIMBILIO_{name}": None for name in OF_A_HOME}
ON_SQLCIPHER: dict[str, str | None] = {
    **NO_HOME,
    "KIMBILIO_TEST_DATABASE": "sqlcipher",
    "KIMBILIO_DATABASE_URL": None,
}
# With KIMBILIO_DATABASE_URL set, that server is used; otherwise the suite starts its own.
ON_POSTGRESQL: dict[str, str | None] = {**NO_HOME, "KIMBILIO_TEST_DATABASE": "postgresql"}
# Each begins with one half, so that what a file's tests share is mostly made once.
TWO_AT_A_TIME = ("-n", "2", "--dist", "worksteal")
# Stories and kills of one file share a home that is served.
TWO_FILES_AT_A_TIME = ("-n", "2", "--dist", "loadfile")


def pytest_step(title: str, name: str, *arguments: str, environment: dict[str, str | None]) -> Step:
    """Return one run of pytest, leaving its counts in test-results/<name>.xml."""
    report = f"--junit-xml={RESULTS / name}.xml"
    return Step(title, (sys.executable, "-m", "pytest", *arguments, report), environment)


def steps() -> list[Step]:
    """Return what `make test` does, quickest to fail first."""
    return [
        Step("Checks", (sys.executable, "-m", "tools.checks")),
        pytest_step("Fast suite on SQLCipher", "sqlcipher", *TWO_AT_A_TIME, environment=ON_SQLCIPHER),
        pytest_step("Fast suite on PostgreSQL", "postgresql", *TWO_AT_A_TIME, environment=ON_POSTGRESQL),
        pytest_step(
            "Stories in a browser",
            "stories",
            "-m",
            "story and not soak",
            *TWO_FILES_AT_A_TIME,
            environment=ON_SQLCIPHER,
        ),
        pytest_step(
            "Kills", "kills", "-m", "kill and not soak", *TWO_FILES_AT_A_TIME, environment=ON_SQLCIPHER
        ),
    ]


def counts(report: Path) -> tuple[int, int, int]:
    """Return passed, failed and skipped from one of pytest's reports."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 (written by our own run)
    passed = failed = skipped = 0
    for suite in suites:
        broken = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        failed += broken
        skipped += left_out
        passed += int(suite.get("tests", 0)) - broken - left_out
    return passed, failed, skipped


def summary(outcomes: list[Outcome], reports: list[Path]) -> str:
    """Return how each step went, and one line that counts all tests.

    A step that failed without a failed test (a check, a run that broke off, a run without tests) counts as one.
    """
    columns = zip((0, 0, 0), *map(counts, reports), strict=True)
    passed, failed, skipped = (sum(column) for column in columns)
    failed = max(failed, sum(outcome.code != 0 for outcome in outcomes))
    lines = [outcome.line for outcome in outcomes]
    return "\n".join(["\n== Summary", *lines, f"{passed} passed, {failed} failed, {skipped} skipped"])


def main() -> int:
    """Run everything; answer 1 when anything failed or found no test."""
    RESULTS.mkdir(exist_ok=True)
    for old in RESULTS.glob("*.xml"):
        old.unlink()
    outcomes = run_steps(steps())
    print(summary(outcomes, sorted(RESULTS.glob("*.xml"))), flush=True)
    return int(any(outcome.code != 0 for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

"""`make check`: everything that can be said about the code without running it."""

import sys

from tools.steps import Outcome, Step, run_steps

PYTHON = (sys.executable, "-m")
# The linter has no module to run, only a script that a moved .venv would lose.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"

CHECKS = (
    Step("Code: mistakes (ruff)", (*PYTHON, "ruff", "check", "--quiet", ".")),
    Step("Code: layout (ruff format)", (*PYTHON, "ruff", "format", "--quiet", "--diff", ".")),
    Step("Code: types (mypy)", (*PYTHON, "mypy")),
    Step("House: who imports whom (import-linter)", (sys.executable, "-c", LINT_IMPORTS, "--no-logo")),
    Step("Dependencies: declared and used (deptry)", (*PYTHON, "deptry", "kimbilio")),
    Step("Templates: mistakes (djlint)", (*PYTHON, "djlint", "kimbilio", "--lint", "--quiet")),
    Step("Templates: layout (djlint)", (*PYTHON, "djlint", "kimbilio", "--check", "--quiet")),
    Step("Templates: they compile; nothing inline, foreign or untranslated", (*PYTHON, "tools.templates")),
    Step("Translations: whole and well-formed", (*PYTHON, "tools.messages", "--check")),
)


def main() -> int:
    """Run all checks; the last lines say how each went."""
    outcomes = run_steps(CHECKS)
    print("\n== Checks")
    print("\n".join(outcome.line for outcome in outcomes), flush=True)
    return int(any(failed(outcome) for outcome in outcomes))


def failed(outcome: Outcome) -> bool:
    """Say whether the step did not end well."""
    return outcome.code != 0


if __name__ == "__main__":
    sys.exit(main())

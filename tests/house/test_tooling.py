"""The tooling keeps its promises: locks, templates, steps, and what it says when something is missing."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import system_packages
from tools.steps import Outcome, Step, environment_of, run_steps
from tools.suite import counts, summary
from tools.templates import faults_of, gone_by_then

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements/run.txt", "requirements/develop.txt")
NOT_OURS_TO_NAME = re.compile(r"https?:|file:|index-url|find-links|(?<![\w.])/(?:root|home|tmp|work|opt)/")
REPORT = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'


def locked(lock: str) -> dict[str, str]:
    """The packages of a lock file, each with its version."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def normal(name: str) -> str:
    """A package's name as the locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# Locks


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_machine_and_no_place_on_the_network(lock):
    assert not NOT_OURS_TO_NAME.search((ROOT / lock).read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    entries = re.split(r"^(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_satisfy_what_the_project_declares():
    groups = PROJECT["dependency-groups"]
    tested_with = [*groups["build"], *groups["test"], *groups["lint"]]
    for lock, declared in (
        ("requirements/run.txt", [*PROJECT["project"]["dependencies"], *groups["build"]]),
        ("requirements/develop.txt", [*PROJECT["project"]["dependencies"], *tested_with]),
    ):
        packages = locked(lock)
        for requirement in map(Requirement, declared):
            found = packages.get(normal(requirement.name))
            assert found, f"{requirement.name} is not in {lock}: make lock"
            assert requirement.specifier.contains(found), f"{requirement} but {lock} has {found}: make lock"


def test_tests_run_on_exactly_the_versions_that_people_get():
    develop = locked("requirements/develop.txt")
    assert {name: develop.get(name) for name in locked("requirements/run.txt")} == locked(
        "requirements/run.txt"
    )


def test_the_installed_package_says_the_version_that_its_source_says():
    source = (ROOT / "kimbilio" / "__init__.py").read_text("utf-8")
    assert f'__version__ = "{version("kimbilio")}"' in source


# Templates


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p>Save</p>", "words without a translation: 'Save'"),
        ("<button aria-label='Hide'></button>", "aria-label= without a translation: 'Hide'"),
        ("<p style='color: red'></p>", "an inline style="),
        ("<p onclick='x()'></p>", "an inline onclick="),
        ("<script>x()</script>", "an inline <script>"),
        ("<style>p {}</style>", "an inline <style>"),
        ("<img src='//example.org/x.png'>", "an address from outside: '//example.org/x.png'"),
        ("<a href='javascript:x()'></a>", "an address from outside: 'javascript:x()'"),
    ],
)
def test_a_fault_in_a_template_is_found(page, fault):
    assert faults_of(f"{{% load i18n %}}\n{page}") == [(2, fault)]


def test_a_name_that_another_block_set_is_found():
    sets = '{% block a %}{% url "x" as there %}<a href="{{ there }}">{% endblock a %}'
    assert gone_by_then(sets + '{% block b %}<a href="{{ there }}">{% endblock b %}') == ["there"]
    assert gone_by_then(sets + '{% block b %}{% translate "there" %}{{ page.there }}{% endblock b %}') == []


@pytest.mark.parametrize(
    "page",
    [
        "{% translate 'Save' %}",
        "{% blocktranslate %}Save <b>all</b>{% endblocktranslate %}",
        "{% comment %}Save{% endcomment %}{# Save #}",
        "<p title=\"{% translate 'Save' %}\">Kimbilio · 3 {{ code }}</p>",
        "{% extends 'x' %}{% block main_class %}narrow{% endblock %}",
        "<span translate='no'><span>Ward</span> 34 Ndenderu</span>",
        "{% extends 'x' %}{% block body_attributes %}data-says=\"a b\"{% endblock body_attributes %}",
        "<script src=\"{% static 'hide.js' %}\"></script><a href='/sign-in'></a><kbd>Esc</kbd>",
    ],
)
def test_a_template_in_good_order_passes(page):
    assert faults_of(page) == []


# Steps and the summary


def step(code: int) -> Step:
    """A step that ends with an exit code."""
    return Step(f"ends with {code}", (sys.executable, "-c", f"raise SystemExit({code})"))


def test_all_steps_run_even_when_the_first_fails(capfd):
    assert [outcome.code for outcome in run_steps([step(3), step(0)])] == [3, 0]
    assert "== ends with 3" in capfd.readouterr().out


def test_a_step_can_take_a_variable_away(monkeypatch):
    monkeypatch.setenv("KIMBILIO_HOME", "/a/real/home")
    assert "KIMBILIO_HOME" not in environment_of(Step("", (), {"KIMBILIO_HOME": None}))


def test_the_last_line_counts_every_test(tmp_path):
    reports = [tmp_path / "a.xml", tmp_path / "b.xml"]
    for report in reports:
        report.write_text(REPORT, "utf-8")
    assert counts(reports[0]) == (3, 2, 2)
    assert summary([Outcome(step(1), 1, 1.0)], reports).splitlines()[-1] == "6 passed, 4 failed, 4 skipped"


def test_a_step_that_broke_off_without_a_failed_test_is_counted_all_the_same():
    assert summary([Outcome(step(5), 5, 1.0)], []).splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


# What is said when something is missing


def test_a_missing_program_is_named_with_the_command_that_brings_it(monkeypatch, capsys):
    monkeypatch.setenv("KIMBILIO_NO_INSTALL", "1")
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    assert system_packages.main(["--install"]) == 1
    assert "Missing: chromium (apt-get install chromium)" in capsys.readouterr().err


def fake_apt(folder: Path) -> None:
    """Put an apt-get on the path that brings programs at once."""
    brings = (
        f'for name in chromium strace; do printf "#!/bin/sh" > {folder}/$name; chmod +x {folder}/$name; done'
    )
    executable(folder / "apt-get", f'[ "$1" = update ] || {{ {brings}; }}')


def executable(program: Path, script: str) -> None:
    """Write a shell script that can be run."""
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", "utf-8")
    program.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="only Debian and its kin have apt-get")
def test_the_superuser_gets_what_is_missing_unless_that_is_forbidden(tmp_path, monkeypatch, capsys):
    fake_apt(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    monkeypatch.setenv("KIMBILIO_NO_INSTALL", "1")
    assert system_packages.main(["--install"]) == 1
    monkeypatch.delenv("KIMBILIO_NO_INSTALL")
    assert system_packages.main(["--install"]) == 0
    assert "Installing chromium and strace with apt-get" in capsys.readouterr().out


def find_python(folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """Look for Python on a path that holds only these programs (shell scripts)."""
    for name, script in programs.items():
        executable(folder / name, script)
    command = ["/bin/sh", str(ROOT / "tools" / "find_python.sh")]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_a_python_that_is_too_old_is_named_with_what_to_install(tmp_path):
    answer = find_python(tmp_path, python3="echo 3.9")
    assert answer.returncode == 1
    assert "Missing: Python 3.11, 3.12, 3.13 or 3.14." in answer.stderr
    assert "3.9 (python3)" in answer.stderr
    assert "apt-get install python3" in answer.stderr


def test_a_python_without_its_venv_module_is_named_with_what_to_install(tmp_path):
    answer = find_python(tmp_path, python3='case "$2" in *ensurepip*) exit 1;; *) echo 3.12;; esac')
    assert answer.returncode == 1
    assert "Missing: the venv module of Python 3.12 (python3)." in answer.stderr
    assert "apt-get install python3.12-venv" in answer.stderr


def test_an_empty_shim_is_passed_over_for_a_python_that_answers(tmp_path):
    script = {"python3.11": "exit 127", "python3": 'case "$2" in *ensurepip*) ;; *) echo 3.13;; esac'}
    assert find_python(tmp_path, **script).stdout == "python3\n"


def test_a_measurement_makes_its_home_and_opens_it_with_nothing_made_ready_before(tmp_path):
    alone = {
        name: value for name, value in os.environ.items() if not name.startswith(("KIMBILIO_", "DJANGO_"))
    }
    opens = "from bench.home import new_root_key, open_again; {}(); print('open')"
    for what in ("new_root_key", "open_again"):
        command = [sys.executable, "-c", opens.format(what)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=alone | {"KIMBILIO_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "open\n", done.stderr

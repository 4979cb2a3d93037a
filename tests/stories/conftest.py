"""What stories need: a browser, the homes, and people at its windows who leave nothing behind."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import RunningHome
from tests.stories.homes import DemoHome, EmptyHome, Office
from tests.stories.visitor import Visitor
from tests.stories.window import leave_empty, open_window
from tools.system_packages import CHROMIUM

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium once for all stories."""
    chromium = CHROMIUM.found()
    assert chromium, f"There is no Chromium here: install the package {CHROMIUM.package}."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHome]:
    """Serve a demo safe space."""
    with DemoHome(tmp_path_factory.mktemp("demo") / "running") as home:
        yield home


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Serve a home made by `kimbilio init`, where some are asked for a second step."""
    with Office(tmp_path_factory.mktemp("office") / "running") as home:
        yield home


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyHome]:
    """Serve a home that nobody set up yet, and that stays so."""
    with EmptyHome(tmp_path_factory.mktemp("empty") / "running") as home:
        yield home


@pytest.fixture(scope="package")
def window(chromium: Browser) -> Iterator[Page]:
    """Open the window that stories share, one after another."""
    window = open_window(chromium)
    yield window
    window.context.close()


@pytest.fixture
def arrive(chromium: Browser, window: Page) -> Iterator[Callable[..., Visitor]]:
    """Return a function that seats somebody at the shared window, or `apart` at one of their own."""
    visitors: list[Visitor] = []
    windows: list[Page] = []

    def seat(
        home: RunningHome,
        *,
        kind: type[Visitor] = Visitor,
        apart: bool = False,
        script: bool = True,
        **options: Any,
    ) -> Visitor:
        if apart or not script:
            windows.append(open_window(chromium, script=script))
        at = windows[-1] if apart or not script else window
        if not script:
            windows.append(open_window(chromium))
            options["looking_glass"] = windows[-1]
        visitors.append(kind(at, home, **options))
        return visitors[-1]

    try:
        yield seat
        for visitor in visitors:
            visitor.leaves()
    finally:
        leave_empty(window)
        for own in windows:
            own.context.close()


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Return the folder that KIMBILIO_PICTURES names, for a picture of every page; None where it names none."""
    named = os.environ.get("KIMBILIO_PICTURES")
    if not named:
        return None
    Path(named).mkdir(parents=True, exist_ok=True)
    return Path(named)

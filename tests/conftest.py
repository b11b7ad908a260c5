"""Fixtures that more than one test file uses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[1]
SEEDS = REPOSITORY / "seeds"

# It finds no host but loopback.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Each new window would load two pages for its address bar, which nobody sees here: half of what a new profile takes.
    # The others are Playwright's, whose own list this one takes the place of.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--w3c", metavar="DIR", default=None, help="folder of the W3C suites (w3c/rdf-tests)")


def pytest_configure() -> None:
    # Some two hundred processes are started: none compiles anew what another has, whatever the environment says.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    from hypothesis import HealthCheck, settings

    # No test depends on the clock or on chance: the same examples every time, however busy the machine is.
    settings.register_profile(
        "kg", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("kg")


Kg = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def kg_command() -> Kg:
    """`kg` in a process of its own, as people run it: kg_command("stats", cwd=…) gives code, stdout, stderr."""

    def run(*arguments: object, cwd: Path | None = None, stdin: str = "", **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=cwd or REPOSITORY,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1", **environment},
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of seeds/, built once; do not write into it."""
    import kg

    folder = tmp_path_factory.mktemp("built") / "graph"
    kg.build([SEEDS], folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, one for all tests of a process: KG_CHROMIUM, or what the path has.

    Its headless shell, where there is one, draws the same and has no bars, menus and profiles to keep.
    """
    sync = pytest.importorskip("playwright.sync_api")
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("no Chromium: install it, or name it in KG_CHROMIUM")
    with sync.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM))
        yield started
        started.close()

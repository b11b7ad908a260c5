"""One browser for all tests of the page, offline and fresh for each."""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def load(name: str) -> ModuleType:
    """A module that stands beside this file."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """Two invented articles that do not agree; generated graphs."""
    return load("articles")


@pytest.fixture(scope="session")
def demo(invented: ModuleType) -> Any:
    """The page of the two articles."""
    from kg.view.page import picture

    return picture(
        invented.STATEMENTS,
        invented.ENTITIES,
        invented.DOCUMENTS,
        mentions=invented.MENTIONS,
        inferred=invented.INFERRED,
        background=invented.BACKGROUND,
        rules=invented.RULES,
    )


@pytest.fixture(scope="session")
def generated_page(invented: ModuleType) -> Callable[[int], Any]:
    """generated_page(count) is the page of a generated graph; each is made once."""
    from kg.view.page import picture

    return cache(lambda count: picture(*invented.generated(count)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window: KG_CHROMIUM, or `chromium` on the path."""
    sync = pytest.importorskip("playwright.sync_api")
    found = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no Chromium: install it, or name it in KG_CHROMIUM")
    with sync.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def swallowed(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A new tab whose requests are never answered, and what it asked for: a page that needed something would wait."""
    context = browser.new_context()
    asked: list[str] = []
    context.route(
        "**/*",
        lambda route: (
            route.continue_() if route.request.url.startswith("file:") else asked.append(route.request.url)
        ),
    )
    yield context.new_page(), asked
    context.close()


Open = Callable[..., Any]
SETTINGS = {"viewport": {"width": 1280, "height": 800}, "offline": True, "accept_downloads": True}
WATCH = (
    "window.__violations = []; document.addEventListener('securitypolicyviolation', "
    "e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI))"
)


def new_tab(browser: Any, *, init: str = "", **options: Any) -> Any:
    """A tab in a profile of its own; what happens in it is kept in `.kg`. `init` runs before the page does."""
    settings = {**SETTINGS, **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    tab = context.new_page()
    tab.kg = SimpleNamespace()
    tab.on("request", lambda request: tab.kg.requests.append(request.url))
    tab.on("pageerror", lambda error: tab.kg.errors.append(str(error)))
    tab.on("console", lambda message: tab.kg.console.append(message.text))
    if settings.get("java_script_enabled", True):
        tab.add_init_script(WATCH + ";" + init)
    return tab


@pytest.fixture(scope="session")
def tabs() -> list[Any]:
    """Tabs that are free: the page keeps nothing, so that the next test may have them; a new one takes a second."""
    return []


def until(tab: Any, expression: str, *, arg: Any = None, patience: float = 30.0) -> None:
    """Wait until an expression holds on a page; Playwright's own way evaluates text there, which the policy forbids."""
    end = time.monotonic() + patience
    while not tab.evaluate(expression, arg):
        assert time.monotonic() < end, expression
        tab.wait_for_timeout(20)


@pytest.fixture
def open_page(browser: Any, tabs: list[Any], tmp_path: Path) -> Iterator[Open]:
    """open_page(page, hash="", **context) opens it offline; the result has `.kg` with requests, errors, violations.

    With options of its own a tab is fresh and thrown away.
    """
    plain, special = [], []

    def open_(page: Any, address: str = "", *, ready: bool = True, **options: Any) -> Any:
        if options:
            tab = new_tab(browser, **options)
            special.append(tab)
        else:
            tab = tabs.pop() if tabs else new_tab(browser)
            plain.append(tab)
        tab.kg = SimpleNamespace(requests=[], errors=[], console=[], until=partial(until, tab))
        count = len(plain) + len(special)
        path = page if isinstance(page, Path) else page.save(tmp_path / f"page{count}.html")
        tab.goto(path.as_uri() + address)
        if ready and options.get("java_script_enabled", True):
            tab.wait_for_selector("html[data-ready]", state="attached")
        return tab

    yield open_
    for tab in special:
        tab.context.close()
    for tab in plain:
        assert tab.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        tab.goto("about:blank")
        tabs.append(tab)


@pytest.fixture(scope="session")
def place() -> Callable[[Any, float, float], tuple[float, float]]:
    """place(tab, x, y) is where the page draws a point of the drawing now."""

    def at(tab: Any, x: float, y: float) -> tuple[float, float]:
        tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        box = tab.locator("#canvas").bounding_box()
        left, top, scale = map(float, tab.get_attribute("#canvas", "data-view").split())
        return (
            box["x"] + box["width"] / 2 + (x - left) * scale,
            box["y"] + box["height"] / 2 + (y - top) * scale,
        )

    return at


@pytest.fixture(scope="session")
def spot(place: Callable[..., tuple[float, float]]) -> Callable[[Any, Any, str], tuple[float, float]]:
    """spot(tab, page, node) is where the page draws a node now, if it has not been dragged."""
    return lambda tab, page, key: place(tab, page.graph.nodes[key]["x"], page.graph.nodes[key]["y"])


# Down and up in one go: on a busy machine a click in two steps would pass for a long press.
TOUCH = """([x, y, shift, times]) => { const at = document.elementFromPoint(x, y), rest = { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', isPrimary: true, shiftKey: shift };
 for (let k = 0; k < times; k++) for (const [type, button, buttons] of [['pointermove', -1, 0], ['pointerdown', 0, 1], ['pointerup', 0, 0]]) at.dispatchEvent(new PointerEvent(type, { ...rest, button, buttons })); }"""


@pytest.fixture(scope="session")
def touch() -> Callable[..., None]:
    """touch(tab, x, y) clicks on the drawing; with shift held, or twice."""

    def on(tab: Any, x: float, y: float, *, shift: bool = False, times: int = 1) -> None:
        tab.evaluate(TOUCH, [x, y, shift, times])

    return on

"""Pages to look at, and tabs of the browser to open them in: offline, and as new for each test."""

from __future__ import annotations

import importlib.util
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


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
def crowded(invented: ModuleType) -> Any:
    """The page of 60 pairs, each with several relations."""
    from kg.view.page import picture

    return picture(*invented.parallel(60))


@pytest.fixture(scope="session")
def generated_page(invented: ModuleType) -> Callable[[int], Any]:
    """generated_page(count) is the page of a generated graph; each is made once."""
    from kg.view.page import picture

    return cache(lambda count: picture(*invented.generated(count)))


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
# What an open tab can be told before a page comes; for anything else it takes a profile of its own. Nothing moves
# where motion is not what is tested.
DAILY = {"color_scheme": "light", "reduced_motion": "reduce", "viewport": SETTINGS["viewport"]}
PATIENCE = 60_000
WATCH = (
    "window.__violations = []; document.addEventListener('securitypolicyviolation', "
    "e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI))"
)


def new_tab(browser: Any, **options: Any) -> Any:
    """A tab in a profile of its own; what happens in it is kept in `.kg`."""
    context = browser.new_context(**{**SETTINGS, **options})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.kg = SimpleNamespace()
    tab.on("request", lambda request: tab.kg.requests.append(request.url))
    tab.on("pageerror", lambda error: tab.kg.errors.append(str(error)))
    tab.on("console", lambda message: tab.kg.console.append(message.text))
    tab.add_init_script(WATCH)
    return tab


def tell(tab: Any, *, viewport: dict[str, int], **media: str) -> None:
    """Give a tab its size, and tell its pages what their reader prefers."""
    tab.set_viewport_size(viewport)
    tab.emulate_media(**media)


@pytest.fixture(scope="session")
def tabs() -> dict[float, list[Any]]:
    """Tabs that are free, by their pixels to a point: the page keeps nothing, so that the next test may have them."""
    return defaultdict(list)


def until(tab: Any, expression: str, *, arg: Any = None, patience: float = 30.0) -> None:
    """Wait until an expression holds on a page; Playwright's own way evaluates text there, which the policy forbids."""
    end = time.monotonic() + patience
    while not tab.evaluate(expression, arg):
        assert time.monotonic() < end, expression
        tab.wait_for_timeout(20)


@pytest.fixture
def open_page(browser: Any, tabs: dict[float, list[Any]], tmp_path: Path) -> Iterator[Open]:
    """open_page(page, hash="", **options) opens it offline; the result has `.kg` with requests, errors, violations.

    `init` runs before the page does; without `scripts` none do. A tab is `fresh`, and thrown away, where the test leaves
    it otherwise than it was, and where an option is one that only a profile has.
    """
    opened: list[tuple[Any, Any, list[Any] | None]] = []

    def open_(
        page: Any,
        address: str = "",
        *,
        ready: bool = True,
        fresh: bool = False,
        init: str = "",
        scripts: bool = True,
        device_scale_factor: float = 1,
        **options: Any,
    ) -> Any:
        shared = None if fresh or options.keys() - DAILY.keys() else tabs[device_scale_factor]
        tab = shared.pop() if shared else new_tab(browser, device_scale_factor=device_scale_factor, **options)
        if shared is not None:
            tell(tab, **{**DAILY, **options})
        # What a session of its own asks for ends with it: the tab is then as it was.
        session = tab.context.new_cdp_session(tab) if init or not scripts else None
        opened.append((tab, session, shared))
        if init:
            session.send("Page.enable")
            session.send("Page.addScriptToEvaluateOnNewDocument", {"source": init})
        if not scripts:
            session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        tab.kg = SimpleNamespace(requests=[], errors=[], console=[], until=partial(until, tab))
        path = page if isinstance(page, Path) else page.save(tmp_path / f"page{len(opened)}.html")
        tab.goto(path.as_uri() + address)
        if ready and scripts:
            tab.wait_for_selector("html[data-ready]", state="attached")
        return tab

    yield open_
    for tab, session, shared in opened:
        if session:
            session.detach()
        if shared is None:
            tab.context.close()
            continue
        assert tab.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        tab.goto("about:blank")
        shared.append(tab)


# As it is when it opens: what was folded out, written or chosen is gone, and all of the drawing is in view.
HOME = """address => { document.activeElement.blur(); const $ = id => document.getElementById(id), help = $('helpbox');
 if (help.open) help.close();
 for (const each of document.querySelectorAll('details[open]')) each.open = false;
 $('search').value = ''; $('search').dispatchEvent(new Event('input'));
 for (const each of ['', address]) { history.replaceState(null, '', each || '#'); window.dispatchEvent(new PopStateEvent('popstate')); if (!each) { $('tab-fiche').click(); $('fit').click(); } }
 $('panel').scrollTop = 0; }"""


@pytest.fixture(scope="session")
def revisit(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Open:
    """revisit(page, hash="") is it where an earlier test left it open, at its beginning again: it opens but once.

    For tests that ask nothing of how it opens, and leave in it nothing but what can be chosen, filtered and folded out;
    the hint to newcomers is gone with the first choice.
    """
    kept: dict[Any, Any] = {}

    def at(page: Any, address: str = "") -> Any:
        if page not in kept:
            folder = tmp_path_factory.mktemp("revisit")
            path = page if isinstance(page, Path) else page.save(folder / "page.html")
            kept[page] = new_tab(browser)
            kept[page].kg = SimpleNamespace(requests=[], errors=[], console=[])
            kept[page].goto(path.as_uri())
            kept[page].wait_for_selector("html[data-ready]", state="attached")
        tab = kept[page]
        tell(tab, **DAILY)
        tab.mouse.move(1, 1)
        tab.evaluate(HOME, address)
        tab.kg = SimpleNamespace(requests=[], errors=[], console=[], until=partial(until, tab))
        return tab

    return at


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

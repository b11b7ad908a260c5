"""The page against pyvis as shipped: time to build, size, first picture, selection, frames while dragging.

    python tests/benchmarks/bench_view.py [--pyvis] [SIZE…]      default sizes: 30 300 1000 3000 10000

Scale-free graphs with 1.5 statements an entity, each with its sentence. Headless Chromium, 1280×900, offline, no GPU.
"build" is the whole of `picture`, layout included, after the imports; "layout" is its part that places the nodes.
"first picture" counts from navigation to the first frame that holds drawn nodes; "whole" asks for all nodes at once
(`#v=all`) where the page would open on its communities. "select" is the time from choosing an entity to its card and the
next frame. "drag" is frames a second while the drawing is dragged; "idle" the part of a processor that the page takes
when left alone for five seconds. pyvis draws nothing before it has stabilised, so its
wait is cut at --limit seconds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
SIZES = (30, 300, 1000, 3000, 10000)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip
# The first frame whose canvas holds enough that is not its ground.
DRAWN = """limit => new Promise(done => { const look = () => { if (performance.now() > limit) return done(null); const c = document.querySelector('canvas');
 if (c && c.width > 10) { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;
  const g = [d[0], d[1], d[2], d[3]]; for (let i = 0; i < d.length && n < 400; i += 28) if (d[i] !== g[0] || d[i + 3] !== g[3]) n++;
  if (n >= 40) return done(performance.now()); } requestAnimationFrame(look); }; look(); })"""
SELECT = """async () => { const times = []; const items = [...document.querySelectorAll('#list button')].slice(5, 15);
 for (const item of items) { const start = performance.now(); item.click();
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0))); times.push(performance.now() - start); } return times; }"""
FRAMES = """() => new Promise(done => { let n = 0; const start = performance.now();
 const tick = () => { n++; performance.now() - start < 1500 ? requestAnimationFrame(tick) : done(n / 1.5); }; tick(); })"""


def articles() -> ModuleType:
    """The generator of graphs that the tests use."""
    spec = importlib.util.spec_from_file_location("articles", HERE.parent / "view" / "articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(size: int, folder: Path) -> tuple[dict[str, float], Path]:
    """Build time, layout time, size of our page."""
    from kg.view.layout import arrange
    from kg.view.network import network
    from kg.view.page import picture

    statements, entities, documents = articles().generated(size)
    graph = network(statements, entities)
    start = time.perf_counter()
    arrange(graph)
    layout = time.perf_counter() - start
    start = time.perf_counter()
    path = picture(statements, entities, documents).save(folder / f"ours-{size}.html")
    return {"build s": time.perf_counter() - start, "layout s": layout, "MB": path.stat().st_size / 1e6}, path


def stock(size: int, folder: Path) -> tuple[dict[str, float], Path]:
    """The same graph through pyvis as its documentation tells, resources in line."""
    from pyvis.network import Network

    statements, entities, _ = articles().generated(size)
    start = time.perf_counter()
    net = Network(directed=True, cdn_resources="in_line", height="880px")
    for entity in entities:
        net.add_node(entity.id, label=entity.label, title=entity.type)
    for statement in statements:
        net.add_edge(
            statement.subject.id,
            statement.object.id,
            label=statement.label,
            title=statement.evidence[0].quote,
        )
    html = net.generate_html()
    path = folder / f"pyvis-{size}.html"
    path.write_text(html, encoding="utf-8")
    return {"build s": time.perf_counter() - start, "MB": path.stat().st_size / 1e6}, path


def drag(tab: Any) -> float:
    """Frames a second while the ground is dragged back and forth."""
    box = tab.locator("canvas").first.bounding_box()
    x, y = box["x"] + 8, box["y"] + box["height"] - 12
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate("window.__frames = (" + FRAMES + ")().then(n => { window.__fps = n })")
    end = time.perf_counter() + 1.6
    step = 0
    while time.perf_counter() < end:
        step += 1
        tab.mouse.move(x + 80 + 60 * (step % 2), y - 40 * (step % 3))
    tab.mouse.up()
    tab.wait_for_function("window.__fps !== undefined", timeout=60_000)
    return float(tab.evaluate("window.__fps"))


def idle(tab: Any, seconds: float = 5.0) -> float:
    """Per cent of a processor that the page uses when nobody touches it."""
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    tab.wait_for_timeout(1000)
    before = busy()
    tab.wait_for_timeout(1000 * seconds)
    return 100 * (busy() - before) / seconds


def watch(browser: Any, path: Path, address: str, limit: float, select: bool) -> dict[str, float]:
    """What a reader waits for, in a fresh profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    tab = context.new_page()
    tab.set_default_timeout(limit * 1000)
    found = dict.fromkeys(("first picture s", "select ms", "drag fps", "idle %"), float("nan"))
    tab.goto(path.as_uri() + address, wait_until="commit")
    drawn = tab.evaluate(DRAWN, limit * 1000)
    if drawn is None:  # a page that does not draw in time is a result here
        print(f"  {path.name}: no picture within {limit:.0f} s", file=sys.stderr)
    else:
        found["first picture s"] = drawn / 1000
        if select:
            found["select ms"] = statistics.median(tab.evaluate(SELECT))
            tab.keyboard.press("Escape")
        found["drag fps"] = drag(tab)
        found["idle %"] = idle(tab)
    context.close()
    return found


def main() -> None:
    """Run the sizes and print one Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--pyvis", action="store_true", help="also pyvis as shipped (minutes)")
    parser.add_argument(
        "--limit", type=float, default=120.0, help="seconds to wait for pyvis's first picture"
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON instead of a table")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    import kg.view.drawing  # noqa: F401 - the imports are not the measure

    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        ours(30, Path(name))
        for size in given.sizes:
            built, path = ours(size, Path(name))
            rows.append({"page": "kg", "nodes": size, **built, **watch(browser, path, "", 60, True)})
            if size > 800:
                rows.append(
                    {"page": "kg, whole", "nodes": size, **built, **watch(browser, path, "#v=all", 60, True)}
                )
            if given.pyvis:
                built, path = stock(size, Path(name))
                rows.append(
                    {"page": "pyvis", "nodes": size, **built, **watch(browser, path, "", given.limit, False)}
                )
        browser.close()
    print(json.dumps(rows, indent=1) if given.json else table(rows))


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as a Markdown table; what was not reached is a dash."""
    heads = ["page", "nodes", "build s", "layout s", "MB"]
    heads += ["first picture s", "select ms", "drag fps", "idle %"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = [row.get(head, "–") for head in heads]
        texts = [
            "–" if cell != cell else f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells
        ]
        lines.append("| " + " | ".join(texts) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
